import { OpenRouterError } from '../openrouter/errors';
import { asRecord } from '../common/json';
import type { BatchJob } from '../batch/job';
import { BatchError } from '../batch/produce/batchError';
import { judge } from '../batch/produce/judge';
import type { BatchRuns } from '../batch/produce/runs';
import type { DelegateError } from '../common/delegateError';
import type { Outcome } from '../delegation/run/run';
import type { SyntaxService } from '../syntax/syntax';
import type { Asked, ComparisonPorts, Preferred } from './comparison';
import type { Place } from './place';
import { candidateRequest, preferenceRequest } from './requests';

export interface AskingOptions {
  readonly job: BatchJob;
  readonly runs: BatchRuns;
  readonly syntax: SyntaxService;
  readonly newId: () => string;
  readonly signal: AbortSignal;
}

/** Asks candidates and the orchestrator by real requests; proofs are those of production. */
export function askingPorts(options: AskingOptions): Pick<ComparisonPorts, 'ask' | 'prefer'> {
  return {
    ask: (model, place) => ask(options, model, place),
    prefer: (place, answers) => prefer(options, place, answers),
  };
}

async function ask(options: AskingOptions, model: string, place: Place): Promise<Asked> {
  const { job, runs, syntax, newId, signal } = options;
  const request = candidateRequest(newId(), { job, model }, place);
  const { result, isIntact } = await runs.run(request, {
    signal,
    isWorkerAlone: true,
    directNanoUsd: null,
  });
  const stop = stopCode(result.error);
  if (stop !== null) return { kind: 'stop', code: stop };
  const judged = await judge(place.part, result, { job, syntax, eol: place.eol, isIntact });
  const { record, outcome } = result;
  return {
    kind: 'answer',
    text: outcome ? textOf(outcome) : '',
    row: {
      model,
      place: place.id,
      isGood: judged.ok && !isIdle(judged, place, job),
      code: judged.ok ? '' : judged.code,
      costNanoUsd: record.wasSent ? (record.usage?.costNanoUsd ?? null) : 0,
      durationMs: Math.round(record.durationMs),
    },
  };
}

/** An answer that changes nothing where something was to be done is not good, though the code is true. */
function isIdle(
  judged: Extract<Awaited<ReturnType<typeof judge>>, { ok: true }>,
  { part }: Place,
  { task }: BatchJob,
): boolean {
  return (
    task.claim !== undefined &&
    judged.piece.kind === 'edit' &&
    judged.piece.text.trim() === part.selection.text.trim()
  );
}

async function prefer(
  { job, runs, newId, signal }: AskingOptions,
  place: Place,
  answers: readonly [string, string],
): Promise<Preferred> {
  const { settings } = job;
  const request = preferenceRequest(newId(), { job, settings }, { place, answers });
  const { result } = await runs.run(request, {
    signal,
    isWorkerAlone: false,
    directNanoUsd: null,
  });
  const stop = stopCode(result.error);
  if (stop !== null) return { kind: 'stop', code: stop };
  const { outcome } = result;
  const better = outcome?.format === 'json' ? asRecord(outcome.value)?.['better'] : undefined;
  // An answer that cannot be read prefers nobody.
  return { kind: 'choice', choice: better === 'first' || better === 'second' ? better : 'same' };
}

function textOf(outcome: Outcome): string {
  switch (outcome.format) {
    case 'text':
    case 'file':
    case 'replacement':
    case 'json':
      return outcome.text;
    case 'insertions':
      return outcome.insertions
        .map(({ line, text }) => `Line ${String(line)}: ${text}`)
        .join('\n\n');
  }
}

/** What ends the comparison: the limit, a budget, or an account that is served no more. */
function stopCode(error: DelegateError | null): string | null {
  if (error === null) return null;
  if (error instanceof BatchError) return error.code;
  if (error.code.startsWith('budget')) return error.code;
  if (!(error instanceof OpenRouterError)) return null;
  return error.code === 'authentication' ||
    error.code === 'insufficient-credits' ||
    error.code === 'connection'
    ? error.code
    : null;
}
