import { type Clock, delay } from '../../common/clock';
import type { LedgerDisk } from '../disk';

export interface TurnsOptions {
  readonly disk: LedgerDisk;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
}

const NAME = 'turn.lock';
/** Asking takes some milliseconds; a turn that lasts longer is one of a window that was killed. */
const LONGEST_TURN_MS = 3_000;
const SHORTEST_WAIT_MS = 5;
const ATTEMPTS = 300;
/** A lock is written within a moment of being made; one without a time after these is not one. */
const UNREADABLE_ATTEMPTS = 20;

/**
 * Calls `act` while, as a rule, no other window does so. It is called in any case: when the lock
 * cannot be had, because the disk is full or a window hangs, it goes on without.
 */
export async function takingTurns<T>(options: TurnsOptions, act: () => Promise<T>): Promise<T> {
  const hasLock = await lock(options).catch(() => false);
  try {
    return await act();
  } finally {
    if (hasLock) await options.disk.remove(NAME).catch(() => false);
  }
}

async function lock({ disk, clock, random }: TurnsOptions): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (await disk.create(NAME, String(clock.now()))) return true;
    const text = (await disk.read(NAME, 0, 32)).toString('latin1').trim();
    const ageMs = text === '' ? NaN : Math.abs(clock.now() - Number(text));
    const isOld = Number.isNaN(ageMs) ? attempt > UNREADABLE_ATTEMPTS : ageMs > LONGEST_TURN_MS;
    // Several windows may take an old lock away; then more than one goes on, which is allowed.
    if (isOld) await disk.remove(NAME);
    else await delay(clock, SHORTEST_WAIT_MS * (1 + random()));
  }
  return false;
}
