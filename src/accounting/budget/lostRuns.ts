import { entryOfLostRun } from '../ledger/entryFromRecord';
import type { Ledger } from '../ledger/ledger';
import type { LedgerEntry } from '../ledger/ledgerEntry';
import { DAY_MS } from '../ledger/localTime';
import type { RunFile } from './reservationFile';
import {
  type ListedRun,
  type ProcessIdentity,
  type RunFiles,
  isAbandoned,
  isDead,
} from './reservationFolder';

interface LostRunContext {
  readonly files: RunFiles;
  readonly ledger: Ledger;
  readonly nowMs: number;
}

/** Unknown costs are looked up for this long; see `reconcile.ts`. */
export const LOOK_UP_DAYS = 7;

/**
 * Accounts for runs whose windows are gone, and frees what is settled.
 * @returns whether files have changed.
 */
export async function settleLostRuns(
  listed: readonly ListedRun[],
  context: LostRunContext & {
    readonly self: ProcessIdentity;
    readonly isOwn: (id: string) => boolean;
  },
): Promise<boolean> {
  const { files, self, isOwn, nowMs } = context;
  const abandoned = listed.filter(
    (run) =>
      run.file.state !== 'settling' && !isOwn(run.file.run.id) && isAbandoned(run, self, nowMs),
  );
  for (const run of abandoned) {
    const hasDied = isDead(run, self);
    // Read after the death, because the run may have been granted since it was listed.
    const file = await files.read(run.file.run.id);
    const isOld = Math.abs(nowMs - run.touchedAtMs) > DAY_MS;
    if (file?.state === 'running' && (hasDied || run.file.state === 'running')) {
      await settleLostRun(file, context).catch(() => undefined);
    } else if (isMereClaim(file) && (hasDied || isOld)) {
      // A living window that asks may go on, and its file must not vanish under it then.
      await files.remove(file.run.id);
    }
  }
  await sweepSettled(listed, context);
  return abandoned.length > 0 || listed.some(({ file }) => file.state === 'settling');
}

/** A file that stands for no request, so that no ledger line is owed for it. */
function isMereClaim(file: RunFile | null): file is RunFile {
  return file?.state === 'asking' || file?.state === 'holding';
}

/**
 * Gives a run whose window was killed its ledger line, unless it got one before the end.
 *
 * Two windows may do this at once, or the run's own window may wake up and end it meanwhile. The
 * lines have one id, so there is one live entry in any case; and a bill that our line has just
 * superseded is written again.
 */
async function settleLostRun(file: RunFile, context: LostRunContext): Promise<void> {
  const { files, ledger, nowMs } = context;
  const { id, startedAtMs } = file.run;
  let live = (await ledger.history(id, startedAtMs)).at(-1);
  if (!live) {
    await ledger.appendNow(entryOfLostRun(file.run, file.generationId));
    live = await restoreBill(await ledger.history(id, startedAtMs), ledger);
  }
  if (live && isBeingLookedUp(live)) await files.write({ ...file, state: 'settling' }, nowMs);
  else await files.remove(id);
}

async function restoreBill(
  history: readonly LedgerEntry[],
  ledger: Ledger,
): Promise<LedgerEntry | undefined> {
  const live = history.at(-1);
  const bill = history.findLast(({ cost_nano_usd }) => cost_nano_usd !== null);
  if (!bill || live?.cost_nano_usd !== null) return live;
  await ledger.appendNow(bill);
  return bill;
}

/** Frees the ceilings of runs whose costs have become known or are no longer looked up. */
async function sweepSettled(listed: readonly ListedRun[], context: LostRunContext): Promise<void> {
  const { files, ledger, nowMs } = context;
  const settling = listed.map(({ file }) => file).filter(({ state }) => state === 'settling');
  if (settling.length === 0) return;
  const today = ledger.today();
  const open = await ledger.openEntries({ firstDay: today - LOOK_UP_DAYS - 1, lastDay: today });
  for (const { run } of settling) {
    const isOld = nowMs - run.startedAtMs > LOOK_UP_DAYS * DAY_MS;
    if (isOld || !open.has(run.id)) await files.remove(run.id);
  }
}

/** Whether the cost of an ended run is still to be looked up. */
export function isBeingLookedUp(entry: LedgerEntry): boolean {
  return entry.cost_nano_usd === null && entry.generation_id !== null && !entry.demo;
}
