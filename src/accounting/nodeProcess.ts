import { hostname } from 'node:os';
import { pid } from 'node:process';
import type { ProcessIdentity } from './runFiles';

/** This process, as run files name it. */
export function nodeProcess(): ProcessIdentity {
  return { pid, host: hostname(), isAlive };
}

function isAlive(other: number): boolean {
  try {
    // Signal 0 is not sent; it only asks whether it could be.
    process.kill(other, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, but it lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
