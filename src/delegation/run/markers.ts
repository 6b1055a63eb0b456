/**
 * The words by which our prompts, the orchestrator and the splicer understand each other.
 *
 * The nonce makes all of them unforgeable: selections, instructions and outcomes may contain
 * anything, but not a string that was drawn after they were read.
 */

/** A nonce is eight characters of lower-case base 32, drawn again for each run. */
export const NONCE_PATTERN = /^[a-z2-7]{8}$/;

/**
 * Task names are ours, not the model's: we list them in the prompt and read them in markers.
 * They are short, lower-case, and safe in every place where a name goes.
 */
export const TASK_NAME_PATTERN = /^[a-z][a-z0-9-]{0,31}$/;

/** Name of the only worker entry of a request; parts get `delegate-worker-1` and so on. */
export const WORKER_NAME = 'delegate-worker';

/** What the orchestrator passes to a worker that it starts: the job itself is pinned. */
export const TASK_DESCRIPTION = 'Begin.';

/** What the orchestrator writes where the outcome of the task `taskName` belongs. */
export function outcomeMarker(nonce: string, taskName: string): string {
  return `[[outcome:${nonce}:${taskName}]]`;
}

/** Text every marker of a run starts with; what follows is a task name and `]]`. */
export function outcomeMarkerPrefix(nonce: string): string {
  return `[[outcome:${nonce}:`;
}

/** What the orchestrator starts its answer with when the job cannot be done. */
export function refusalMarker(nonce: string): string {
  return `[[cannot:${nonce}]]`;
}

/** Delimits the pinned selection in a worker's instructions. */
export function selectionTags(nonce: string): { readonly open: string; readonly close: string } {
  return tags('selection', nonce);
}

/** `text` between tags that name its `role` and carry the nonce, each on a line of its own. */
export function tagged(
  role: 'selection' | 'instruction' | 'outline' | 'schema',
  nonce: string,
  text: string,
): string {
  const { open, close } = tags(role, nonce);
  return `${open}\n${text}\n${close}`;
}

function tags(role: string, nonce: string): { readonly open: string; readonly close: string } {
  return { open: `<${role}-${nonce}>`, close: `</${role}-${nonce}>` };
}
