import { encodeEntry } from './entryCodec';
import type { LedgerEntry } from './ledgerEntry';

/**
 * The one line of a run in the routing log: the ledger's fields as JSON and nothing more, so that
 * nothing can reach the log that may not be in the ledger.
 */
export function formatRoutingLine(entry: LedgerEntry): string {
  return encodeEntry(entry);
}
