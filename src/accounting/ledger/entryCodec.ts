import { asRecord, parseRecord, readCount, readString } from '../../common/json';
import type { NanoUsd } from '../../common/money';
import type { LedgerEntry } from './ledgerEntry';

/**
 * Most characters of what others name. A line that is longer than what readers take would be
 * appended and count nowhere.
 */
const MAX_NAME = 256;
/** A run has up to 21 requests: ten parts asked twice, and the delegated one. */
const MAX_GENERATION_IDS = 21 * MAX_NAME;

/** One line, without the line feed, with exactly the contract's fields in the contract's order. */
export function encodeEntry(entry: LedgerEntry): string {
  const name = (text: string): string => text.slice(0, MAX_NAME);
  return JSON.stringify({
    v: entry.v,
    id: name(entry.id),
    at: name(entry.at),
    route: name(entry.route),
    project: name(entry.project),
    requests: entry.requests,
    protocol: entry.protocol,
    routing: entry.routing,
    orchestrator_model: name(entry.orchestrator_model),
    worker_model: name(entry.worker_model),
    did_enable_delegation: entry.did_enable_delegation,
    delegations: {
      requested: entry.delegations.requested,
      ok: entry.delegations.ok,
      failed: entry.delegations.failed,
    },
    status: entry.status,
    finish_reason: entry.finish_reason === null ? null : name(entry.finish_reason),
    prompt_tokens: entry.prompt_tokens,
    completion_tokens: entry.completion_tokens,
    total_tokens: entry.total_tokens,
    cost_nano_usd: entry.cost_nano_usd,
    cost_source: entry.cost_source,
    direct_estimate_nano_usd: entry.direct_estimate_nano_usd,
    generation_id: entry.generation_id?.slice(0, MAX_GENERATION_IDS) ?? null,
    duration_ms: entry.duration_ms,
    demo: entry.demo,
  });
}

/**
 * Reads a line of the ledger; tolerant, because a later version may have written it.
 *
 * A line without a usable `id` and `at` is unreadable. Whatever else is missing or odd becomes the
 * value that claims least: null, empty, unknown. In particular a cost that is not a count of
 * nano-USD is unknown.
 */
export function decodeEntry(line: string): LedgerEntry | null {
  const row = parseRecord(line);
  const id = readString(row?.['id']);
  const at = readString(row?.['at']);
  if (!row || id === null || at === null || !isTimestamp(at)) return null;
  const delegations = asRecord(row['delegations']);
  const cost = readAmount(row['cost_nano_usd']);
  return {
    v: 1,
    id,
    at,
    route: readString(row['route']) ?? '',
    project: readString(row['project']) ?? '',
    requests: readAmount(row['requests']) ?? 1,
    protocol: row['protocol'] === 'chat' ? 'chat' : 'responses',
    routing: readRouting(row['routing']),
    orchestrator_model: readString(row['orchestrator_model']) ?? '',
    worker_model: readString(row['worker_model']) ?? '',
    did_enable_delegation: row['did_enable_delegation'] === true,
    delegations: {
      requested: readAmount(delegations?.['requested']) ?? 0,
      ok: readAmount(delegations?.['ok']) ?? 0,
      failed: readAmount(delegations?.['failed']) ?? 0,
    },
    status: readStatus(row['status']),
    finish_reason: readString(row['finish_reason']),
    prompt_tokens: readAmount(row['prompt_tokens']),
    completion_tokens: readAmount(row['completion_tokens']),
    total_tokens: readAmount(row['total_tokens']),
    cost_nano_usd: cost,
    cost_source: readCostSource(row['cost_source'], cost),
    direct_estimate_nano_usd: readAmount(row['direct_estimate_nano_usd']),
    generation_id: readString(row['generation_id']),
    duration_ms: readAmount(row['duration_ms']) ?? 0,
    demo: row['demo'] === true,
  };
}

/** 10,000 USD, or as many tokens. No run has more, and sums of more would not be exact. */
const MAX_AMOUNT = 1e13;

function readAmount(value: unknown): number | null {
  const count = readCount(value);
  return count !== null && count <= MAX_AMOUNT ? count : null;
}

/** Lines of older versions know two routings. */
export function readRouting(value: unknown): LedgerEntry['routing'] {
  return value === 'direct' || value === 'worker-first' ? value : 'delegated';
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
