import assert from 'node:assert/strict';

/** How often a bound is tried: other work on the machine makes one go seem longer than it is. */
const TRIES = 3;

/**
 * Fails when `run` takes more than `boundMs` milliseconds of this process's processor time each time.
 * The bound tells a hang from an answer; how fast things are is measured by the bench.
 */
export function assertEndsWithin(boundMs: number, run: () => void, what = 'It'): void {
  let least = Infinity;
  for (let count = 0; count < TRIES && least > boundMs; count++) {
    const before = process.cpuUsage();
    run();
    least = Math.min(least, process.cpuUsage(before).user / 1000);
  }
  assert.ok(least <= boundMs, `${what} takes ${least} ms`);
}
