import { appendFileSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the API has billed for a run, as the test's own books have it. */
export interface Bill {
  readonly runId: string;
  readonly generationId: string;
  readonly costNanoUsd: number;
  /** Whether the API ever answers a look-up of this generation. */
  readonly canBeLookedUp: boolean;
  /** From when on it does, on the shared clock: the API files generations with a delay. */
  readonly filedAtMs: number;
}

/** The bills of one process; several write into one folder without sharing a file. */
export function writeBill(folder: string, bill: Bill): void {
  appendFileSync(join(folder, `${process.pid}.bills`), `${JSON.stringify(bill)}\n`);
}

export function readBills(folder: string): Bill[] {
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Bill),
  );
}

/** The bill of one generation; only its own line is parsed, for there may be many. */
export function findBill(folder: string, generationId: string): Bill | null {
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    const at = text.indexOf(`"${generationId}"`);
    if (at === -1) continue;
    const start = text.lastIndexOf('\n', at) + 1;
    return JSON.parse(text.slice(start, text.indexOf('\n', at))) as Bill;
  }
  return null;
}
