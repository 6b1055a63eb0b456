/**
 * The words by which our prompts, the orchestrator and the splicer understand each other.
 *
 * The nonce makes all of them unforgeable: selections, instructions and outcomes may contain
 * anything, but not a string that was drawn after they were read.
 */

/** A nonce is eight characters of lower-case base 32, drawn again for each run. */
export const NONCE_PATTERN = /^[a-z2-7]{8}$/;

/** Name of the only worker entry of a request; parts get `delegate-worker-1` and so on. */
export const WORKER_NAME = 'delegate-worker';

/** What the orchestrator passes to a worker that it starts: the job itself is pinned. */
export const TASK_DESCRIPTION = 'Begin.';

/** What the orchestrator writes where the outcome of the task `taskName` belongs. */
export function outcomeMarker(nonce: string, taskName: string): string {
  return `[[outcome:${nonce}:${taskName}]]`;
}

/** What the orchestrator starts its answer with when the job cannot be done. */
export function refusalMarker(nonce: string): string {
  return `[[cannot:${nonce}]]`;
}

/** `text` between tags that name its `role` and carry the nonce, each on a line of its own. */
export function tagged(
  role: 'selection' | 'instruction' | 'outline' | 'schema',
  nonce: string,
  text: string,
): string {
  return `<${role}-${nonce}>\n${text}\n</${role}-${nonce}>`;
}
