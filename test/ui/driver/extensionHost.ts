import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Process ids of the extension hosts below a VS Code server, found in /proc. */
export function extensionHostPids(serverPid: number): number[] {
  return descendants(serverPid).filter((pid) => commandLine(pid).includes('--type=extensionHost'));
}

/** Times between and of the pauses of a jammed extension host. */
const LONGEST_FREE_MS = 700;
const LONGEST_PAUSE_MS = 2000;

/**
 * Stops processes for up to two seconds again and again, as a host that is busy with other work
 * does not answer.
 *
 * @param random between 0 and 1.
 * @returns what lets them go on for good.
 */
export function jam(pids: readonly number[], random: () => number): () => Promise<void> {
  const free = new AbortController();
  const pause = (mostMs: number): Promise<void> =>
    delay(random() * mostMs, undefined, { signal: free.signal }).catch(() => undefined);
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => {
    for (const pid of pids) process.kill(pid, name);
  };
  const jamming = (async () => {
    while (!free.signal.aborted) {
      await pause(LONGEST_FREE_MS);
      signal('SIGSTOP');
      await pause(LONGEST_PAUSE_MS);
      signal('SIGCONT');
    }
  })();
  return () => {
    free.abort();
    return jamming;
  };
}

function descendants(rootPid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid)) parents.set(pid, parentOf(pid));
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid) ?? 0;
    return parent === rootPid || (parent > 1 && isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

function parentOf(pid: number): number {
  // `pid (name) state ppid …`; the name may hold spaces and brackets.
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function commandLine(pid: number): string {
  return readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
