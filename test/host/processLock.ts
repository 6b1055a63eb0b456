import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 500;

/**
 * Runs `work` while no other process runs its own under the same lock file.
 *
 * The file holds its owner's process id, so the lock of a process that was killed is taken over.
 *
 * @param onWait called once when another process holds the lock.
 */
export async function withProcessLock<T>(
  lockFile: string,
  work: () => Promise<T>,
  onWait: (ownerPid: number) => void,
): Promise<T> {
  mkdirSync(path.dirname(lockFile), { recursive: true });
  let hasWaited = false;
  while (!tryAcquire(lockFile)) {
    const owner = ownerOf(lockFile);
    if (owner !== null && !isAlive(owner)) {
      takeAway(lockFile, owner);
      continue;
    }
    if (!hasWaited && owner !== null) onWait(owner);
    hasWaited = true;
    await delay(pollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function tryAcquire(lockFile: string): boolean {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function ownerOf(lockFile: string): number | null {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes a dead owner's lock. Moving it aside first keeps two processes that both found it dead
 * from each removing what the other has just created.
 */
function takeAway(lockFile: string, deadOwner: number): void {
  const aside = `${lockFile}.${String(process.pid)}`;
  try {
    if (ownerOf(lockFile) !== deadOwner) return;
    renameSync(lockFile, aside);
    if (ownerOf(aside) !== deadOwner) renameSync(aside, lockFile);
  } catch {
    // Another process was quicker; the next attempt sees what it left.
  }
  rmSync(aside, { force: true });
}
