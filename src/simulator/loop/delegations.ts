import type { WorkerCall, WorkerResult } from '../orchestrators/policy';
import type { WorkerFailures } from '../models';
import type { SubagentEntry } from '../request/tools';
import type { DelegationRecord, Emit } from './events';
import { runSubagent, type WorkerContext } from './worker';

/**
 * Delegations per request (announcement of the tool, 2026-06-16). That the eleventh gets an error
 * result, and not the request an HTTP error, is an assumption.
 */
const MAX_DELEGATIONS = 10;

export interface DelegationContext {
  readonly subagents: readonly SubagentEntry[];
  readonly workerFailures: WorkerFailures;
  readonly emit: Emit;
  readonly newId: (prefix: string) => string;
  /** Delegations of earlier turns. */
  readonly startIndex: number;
  /** One after the other; by default all at the same time. */
  readonly runsInTurn: boolean;
  readonly worker: WorkerContext;
}

/** Runs all calls of one turn; results come back in the order of the calls. */
export async function runDelegations(
  calls: readonly WorkerCall[],
  context: DelegationContext,
): Promise<WorkerResult[]> {
  if (!context.runsInTurn) return runAtOnce(calls, context);
  const results: WorkerResult[] = [];
  for (const [index, call] of calls.entries()) {
    const startIndex = context.startIndex + index;
    results.push(...(await runAtOnce([call], { ...context, startIndex })));
  }
  return results;
}

async function runAtOnce(
  calls: readonly WorkerCall[],
  context: DelegationContext,
): Promise<WorkerResult[]> {
  const { meter } = context.worker;
  const started: { call: WorkerCall; entry: SubagentEntry | null; record: DelegationRecord }[] = [];
  for (const [position, call] of calls.entries()) {
    const entry = context.subagents.find((subagent) => subagent.name === call.workerName) ?? null;
    const record = newRecord(call, entry, {
      index: context.startIndex + position,
      callId: context.newId('call'),
    });
    meter.toolCallsRequested += 1;
    started.push({ call, entry, record });
    await context.emit({ type: 'delegation-start', delegation: record });
  }
  const settled = await Promise.allSettled(
    started.map(({ call, entry, record }) => delegate(call, { entry, record }, context)),
  );
  return settled.map((result) => {
    // The reason is the cancellation's; it ends the loop once every worker has stopped.
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

function newRecord(
  call: WorkerCall,
  entry: SubagentEntry | null,
  identity: { readonly index: number; readonly callId: string },
): DelegationRecord {
  return {
    ...identity,
    workerName: call.workerName,
    entryIndex: entry?.index ?? null,
    taskName: call.taskName,
    taskDescription: call.taskDescription,
    model: entry?.model.slug ?? null,
    outcome: null,
    error: null,
  };
}

async function delegate(
  call: WorkerCall,
  { entry, record }: { readonly entry: SubagentEntry | null; readonly record: DelegationRecord },
  context: DelegationContext,
): Promise<WorkerResult> {
  const end = await run(call, { entry, index: record.index }, context);
  const delegation: DelegationRecord = end.ok
    ? { ...record, outcome: end.outcome }
    : { ...record, error: end.error };
  await context.emit({ type: 'delegation-end', delegation });
  return end.ok
    ? { status: 'ok', model: record.model ?? '', task_name: call.taskName, outcome: end.outcome }
    : { status: 'error', task_name: call.taskName, error: end.error };
}

async function run(
  call: WorkerCall,
  { entry, index }: { readonly entry: SubagentEntry | null; readonly index: number },
  context: DelegationContext,
): ReturnType<typeof runSubagent> {
  if (!entry) return { ok: false, error: 'Unknown subagent' };
  if (index >= MAX_DELEGATIONS) {
    return { ok: false, error: `Subagent limit reached: ${MAX_DELEGATIONS} tasks per request` };
  }
  const fails =
    context.workerFailures === 'all' || (context.workerFailures === 'first' && index === 0);
  const subject = fails ? { ...entry, model: { ...entry.model, failsAsWorker: true } } : entry;
  const end = await runSubagent(subject, call, context.worker);
  context.worker.meter.toolCallsExecuted += 1;
  return end;
}
