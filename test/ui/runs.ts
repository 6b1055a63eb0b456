import assert from 'node:assert/strict';
import type { LedgerEntry } from '../../src/accounting/ledger/ledgerEntry';
import { LOG_CHANNEL_NAME, OUTPUT_CHANNEL_NAME } from '../../src/manifest';
import { readLedger } from '../host/ledgerFiles';
import { poll } from '../support/poll';
import type { Stage } from './stage';
import { Words } from './words';

/** In each language that a stage may have. */
const spoken = [new Words(), new Words('de')];
const ends = ['done', 'failed', 'cancelled', 'not sent'];
const closingLine = new RegExp(
  `^- (?:${spoken.flatMap((words) => ends.map((end) => words.say(end))).join('|')}) · .*$`,
  'gm',
);
const unknownCost = new RegExp(spoken.map((words) => words.like('cost unknown').source).join('|'));

/** One run as the output panel told it, with its line in the ledger. */
export interface SeenRun {
  /** The run's section of the output channel, header to closing line. */
  readonly section: string;
  readonly closing: string;
  /** Null for a run that the API did not take on, which costs nothing. */
  readonly entry: LedgerEntry | null;
}

/** Does what starts a run, and waits for its closing line and, when one is owed, its booking. */
export async function seeRun(stage: Stage, start: () => Promise<void>): Promise<SeenRun> {
  const before = closings(stage).length;
  const booked = readLedger(stage.workbench.userDataDir).length;
  await start();
  const closing = await poll('the closing line of a run', () => closings(stage)[before], {
    timeoutMs: 60_000,
    found: () => stage.workbench.outputText(OUTPUT_CHANNEL_NAME).slice(-1_500),
  });
  const section = lastSection(stage);
  const isBooked = closing.includes('$') || unknownCost.test(closing);
  const entry = isBooked
    ? await poll('the line in the ledger', () => readLedger(stage.workbench.userDataDir)[booked])
    : null;
  return { section, closing, entry };
}

function closings({ workbench }: Stage): string[] {
  return workbench.outputText(OUTPUT_CHANNEL_NAME).match(closingLine) ?? [];
}

function lastSection({ workbench }: Stage): string {
  const text = workbench.outputText(OUTPUT_CHANNEL_NAME);
  const heads = [...text.matchAll(/^## .* · /gm)];
  return text.slice(heads.at(-1)?.index ?? 0);
}

/** Numbers only: nothing of these texts may be in ledger or routing log. */
export function assertNothingLeaks({ workbench }: Stage, texts: readonly string[]): void {
  const kept =
    readLedger(workbench.userDataDir)
      .map((entry) => JSON.stringify(entry))
      .join('\n') + workbench.outputText(LOG_CHANNEL_NAME);
  for (const text of texts) assert.ok(!kept.includes(text), `"${text}" is in ledger or log`);
}
