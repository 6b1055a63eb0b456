import { parseRecord, readCount, readString } from '../../common/json';
import type { BatchFolder } from '../ports';

const LOCK = 'lock';

/** Who holds a batch, and how one tells whether another holder still lives. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  isAlive(pid: number): boolean;
}

/**
 * Takes a batch for this process. A holder that is dead, or of another machine, does not hold it.
 *
 * @returns what gives it back, or null while another process works on it.
 */
export async function takeLock(
  folder: BatchFolder,
  self: Holder,
): Promise<(() => Promise<void>) | null> {
  const text = JSON.stringify({ pid: self.pid, host: self.host });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await folder.create(LOCK, text)) return () => folder.remove(LOCK);
    const held = (await folder.read(LOCK))?.toString('utf8');
    if (held === undefined) continue;
    if (isHeld(held, self)) return null;
    // Between looking and removing another process may have done the same: `create` decides.
    await folder.remove(LOCK);
  }
  return null;
}

function isHeld(text: string, self: Holder): boolean {
  const row = parseRecord(text);
  const pid = readCount(row?.['pid']);
  if (pid === null || readString(row?.['host']) !== self.host) return false;
  return pid !== self.pid && self.isAlive(pid);
}
