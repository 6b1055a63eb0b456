import { asRecord, parseJson, readCount, readString } from '../common/json';
import type { NanoUsd } from '../common/money';
import type { RunRecord } from '../delegation/run';
import type { LedgerEntry } from './ledgerEntry';

/** What the ledger needs to know of a run besides its record. */
export interface EntryContext {
  /** As estimated before sending; null when there were no prices. */
  readonly directEstimateNanoUsd: NanoUsd | null;
  readonly demo: boolean;
}

/** A run that is about to be sent: enough to account for it should nothing more be heard of it. */
export interface PlannedRun extends EntryContext {
  readonly id: string;
  readonly route: string;
  readonly protocol: LedgerEntry['protocol'];
  readonly routing: LedgerEntry['routing'];
  readonly orchestratorModel: string;
  readonly workerModel: string;
  readonly didEnableDelegation: boolean;
  readonly startedAtMs: number;
}

/** The ledger line of a finished run that was sent. Recipes lose their names on the way. */
export function entryFromRecord(record: RunRecord, context: EntryContext): LedgerEntry {
  const cost = record.usage?.costNanoUsd ?? null;
  return {
    v: 1,
    id: record.id,
    at: new Date(record.startedAtMs).toISOString(),
    route: routeWithoutName(record.route),
    protocol: record.protocol,
    routing: record.routing,
    orchestrator_model: record.orchestratorModel,
    worker_model: record.workerModel,
    did_enable_delegation: record.didEnableDelegation,
    delegations: {
      requested: record.delegations.requested,
      ok: record.delegations.ok,
      failed: record.delegations.failed,
    },
    status: record.status,
    finish_reason: record.finishReason?.unified ?? null,
    prompt_tokens: record.usage?.promptTokens ?? null,
    completion_tokens: record.usage?.completionTokens ?? null,
    total_tokens: record.usage?.totalTokens ?? null,
    cost_nano_usd: cost,
    cost_source: cost === null ? 'unknown' : 'billed',
    direct_estimate_nano_usd: context.directEstimateNanoUsd,
    generation_id: record.generationId,
    duration_ms: Math.max(0, Math.round(record.durationMs)),
    demo: context.demo,
  };
}

/** The line of a run whose end nobody saw, because its window was killed. Its cost is unknown. */
export function entryOfLostRun(run: PlannedRun, generationId: string | null): LedgerEntry {
  return entryFromRecord(
    {
      ...run,
      delegations: { requested: 0, ok: 0, failed: 0 },
      status: 'failed',
      finishReason: null,
      usage: null,
      generationId,
      durationMs: 0,
      wasSent: true,
    },
    run,
  );
}

function routeWithoutName(route: string): string {
  return route.startsWith('recipe') ? 'recipe' : route;
}

/** One line, without the line feed, with exactly the contract's fields in the contract's order. */
export function encodeEntry(entry: LedgerEntry): string {
  return JSON.stringify({
    v: entry.v,
    id: entry.id,
    at: entry.at,
    route: entry.route,
    protocol: entry.protocol,
    routing: entry.routing,
    orchestrator_model: entry.orchestrator_model,
    worker_model: entry.worker_model,
    did_enable_delegation: entry.did_enable_delegation,
    delegations: {
      requested: entry.delegations.requested,
      ok: entry.delegations.ok,
      failed: entry.delegations.failed,
    },
    status: entry.status,
    finish_reason: entry.finish_reason,
    prompt_tokens: entry.prompt_tokens,
    completion_tokens: entry.completion_tokens,
    total_tokens: entry.total_tokens,
    cost_nano_usd: entry.cost_nano_usd,
    cost_source: entry.cost_source,
    direct_estimate_nano_usd: entry.direct_estimate_nano_usd,
    generation_id: entry.generation_id,
    duration_ms: entry.duration_ms,
    demo: entry.demo,
  });
}

/**
 * Reads a line of the ledger; tolerant, because a later version may have written it.
 *
 * A line without a usable `id` and `at` is unreadable. Whatever else is missing or odd becomes the
 * value that claims least: null, empty, unknown. In particular a cost that is no count of nano-USD
 * is unknown.
 */
export function decodeEntry(line: string): LedgerEntry | null {
  const parsed = parseJson(line);
  const row = parsed.ok ? asRecord(parsed.value) : null;
  const id = readString(row?.['id']);
  const at = readString(row?.['at']);
  if (!row || id === null || at === null || !isTimestamp(at)) return null;
  const delegations = asRecord(row['delegations']);
  const cost = readCount(row['cost_nano_usd']);
  return {
    v: 1,
    id,
    at,
    route: readString(row['route']) ?? '',
    protocol: row['protocol'] === 'chat' ? 'chat' : 'responses',
    routing: row['routing'] === 'direct' ? 'direct' : 'delegated',
    orchestrator_model: readString(row['orchestrator_model']) ?? '',
    worker_model: readString(row['worker_model']) ?? '',
    did_enable_delegation: row['did_enable_delegation'] === true,
    delegations: {
      requested: readCount(delegations?.['requested']) ?? 0,
      ok: readCount(delegations?.['ok']) ?? 0,
      failed: readCount(delegations?.['failed']) ?? 0,
    },
    status: readStatus(row['status']),
    finish_reason: readString(row['finish_reason']),
    prompt_tokens: readCount(row['prompt_tokens']),
    completion_tokens: readCount(row['completion_tokens']),
    total_tokens: readCount(row['total_tokens']),
    cost_nano_usd: cost,
    cost_source: readCostSource(row['cost_source'], cost),
    direct_estimate_nano_usd: readCount(row['direct_estimate_nano_usd']),
    generation_id: readString(row['generation_id']),
    duration_ms: readCount(row['duration_ms']) ?? 0,
    demo: row['demo'] === true,
  };
}

/** Years of four digits only: others would sort and cut differently. */
function isTimestamp(at: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(at) && !Number.isNaN(Date.parse(at));
}

function readStatus(value: unknown): LedgerEntry['status'] {
  return value === 'completed' || value === 'cancelled' || value === 'refused' ? value : 'failed';
}

function readCostSource(value: unknown, cost: NanoUsd | null): LedgerEntry['cost_source'] {
  if (cost === null) return 'unknown';
  return value === 'reconciled' ? 'reconciled' : 'billed';
}
