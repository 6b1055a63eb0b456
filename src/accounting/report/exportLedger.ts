import { usdDecimal } from '../../common/money';
import { csvRow } from '../../text/csv';
import { encodeEntry } from '../ledger/entryCodec';
import type { LedgerEntry } from '../ledger/ledgerEntry';

export type ExportFormat = 'csv' | 'jsonl';

type Column = readonly [
  name: string,
  value: (entry: LedgerEntry) => string | number | boolean | null,
];

const COLUMNS: readonly Column[] = [
  ['id', (entry) => entry.id],
  ['at', (entry) => entry.at],
  ['route', (entry) => entry.route],
  ['project', (entry) => entry.project],
  ['requests', (entry) => entry.requests],
  ['protocol', (entry) => entry.protocol],
  ['routing', (entry) => entry.routing],
  ['orchestrator_model', (entry) => entry.orchestrator_model],
  ['worker_model', (entry) => entry.worker_model],
  ['did_enable_delegation', (entry) => entry.did_enable_delegation],
  ['delegations_requested', (entry) => entry.delegations.requested],
  ['delegations_ok', (entry) => entry.delegations.ok],
  ['delegations_failed', (entry) => entry.delegations.failed],
  ['status', (entry) => entry.status],
  ['finish_reason', (entry) => entry.finish_reason],
  ['prompt_tokens', (entry) => entry.prompt_tokens],
  ['completion_tokens', (entry) => entry.completion_tokens],
  ['total_tokens', (entry) => entry.total_tokens],
  ['cost_usd', (entry) => usdOrEmpty(entry.cost_nano_usd)],
  ['cost_nano_usd', (entry) => entry.cost_nano_usd],
  ['cost_source', (entry) => entry.cost_source],
  ['direct_estimate_usd', (entry) => usdOrEmpty(entry.direct_estimate_nano_usd)],
  ['direct_estimate_nano_usd', (entry) => entry.direct_estimate_nano_usd],
  ['generation_id', (entry) => entry.generation_id],
  ['duration_ms', (entry) => entry.duration_ms],
  ['demo', (entry) => entry.demo],
];

/**
 * The text of an export, a piece at a time: CSV by RFC 4180 with a header, or JSON Lines with the
 * ledger's own fields. An unknown cost is an empty field, never 0.
 */
export async function* exportText(
  entries: AsyncIterable<LedgerEntry> | Iterable<LedgerEntry>,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvRow(COLUMNS.map(([name]) => name));
  for await (const entry of entries) {
    yield format === 'csv'
      ? csvRow(COLUMNS.map(([, value]) => value(entry)))
      : `${encodeEntry(entry)}\n`;
  }
}

function usdOrEmpty(nano: number | null): string | null {
  return nano === null ? null : usdDecimal(nano);
}
