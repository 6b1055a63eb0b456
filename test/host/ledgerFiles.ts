import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LedgerEntry } from '../../src/accounting/ledger/ledgerEntry';

/** Where the extension keeps its own files, below a user data folder. */
export function globalStorage(userDataDir: string): string {
  return path.join(userDataDir, 'User', 'globalStorage', 'delegate-editor.delegate');
}

/** All lines of the ledger, oldest file first. */
function readLedgerLines(userDataDir: string): string[] {
  const folder = path.join(globalStorage(userDataDir), 'ledger');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /^\d{4}-\d{2}\.jsonl$/.test(file))
    .sort()
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n'))
    .filter((line) => line !== '');
}

/** The lines as entries; a line that is no JSON is an error here. */
export function readLedger(userDataDir: string): LedgerEntry[] {
  return readLedgerLines(userDataDir).map((line) => JSON.parse(line) as LedgerEntry);
}
