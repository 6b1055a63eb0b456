import { setTimeout as delay } from 'node:timers/promises';

export interface PollOptions {
  readonly timeoutMs?: number;
  /** What is true now, for the error message. */
  readonly found?: () => Promise<string> | string;
}

const defaultTimeoutMs = 45_000;
const intervalMs = 50;

/**
 * Asks again until the answer is neither false, null nor undefined, and returns that answer.
 *
 * @param what completes the sentence "Timed out waiting for …".
 * @throws when the time is up, with the last error that `ask` threw as the cause.
 */
export async function poll<T>(
  what: string,
  ask: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  { timeoutMs = defaultTimeoutMs, found }: PollOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== false && answer !== null && answer !== undefined) return answer;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() >= deadline) break;
    await delay(intervalMs);
  }
  const state = found === undefined ? '' : `; found: ${await found()}`;
  throw new Error(`Timed out waiting for ${what}${state}`, { cause: lastError });
}
