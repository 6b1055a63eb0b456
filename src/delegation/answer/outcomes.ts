import type { Delegation } from '../../openrouter/streamEvent';
import type { PlannedTask } from '../plan/plan';

/** What is known of a planned task's delegations. */
export type TaskOutcome =
  /** Nothing was seen of it. */
  | { readonly status: 'none' }
  | { readonly status: 'running' }
  | { readonly status: 'ok'; readonly text: string }
  /** Finished, but without text: the stream left it out. */
  | { readonly status: 'hidden' }
  /** `text` is what came of it all the same. */
  | { readonly status: 'failed'; readonly message: string | null; readonly text: string | null };

/**
 * The delegations of one run by planned task.
 */
export class OutcomeTable {
  readonly #tasks: readonly PlannedTask[];
  readonly #byKey = new Map<string, { readonly taskName: string | null; delegation: Delegation }>();

  constructor(tasks: readonly PlannedTask[]) {
    this.#tasks = tasks;
  }

  /** Takes in a new state of a delegation. */
  update(delegation: Delegation): void {
    // An update does not change the order, so the latest attempt stays the latest.
    this.#byKey.set(delegation.key, { taskName: this.taskNameOf(delegation), delegation });
  }

  /** All delegations in the order in which they began. */
  get delegations(): readonly Delegation[] {
    return [...this.#byKey.values()].map((entry) => entry.delegation);
  }

  /** Whether every planned task has an outcome with text. */
  get isComplete(): boolean {
    return this.#tasks.length > 0 && this.#tasks.every((task) => this.isOk(task.taskName));
  }

  isOk(taskName: string): boolean {
    return this.find(taskName).status === 'ok';
  }

  /**
   * Our name of the task that a marker means: the one it names, else the one whose worker was called
   * by that name, else the only one there is.
   *
   * @param written a name as the orchestrator wrote it; empty when it left it out.
   * @returns null when it means none of the planned.
   */
  resolve(written: string): string | null {
    const name = hyphenated(written);
    const planned = this.#tasks.find((task) => task.taskName === name || task.workerName === name);
    if (planned) return planned.taskName;
    const [only] = this.#tasks;
    if (only && this.#tasks.length === 1 && name === '') return only.taskName;
    const called = [...this.#byKey.values()].find((entry) => nameOf(entry.delegation) === name);
    return called?.taskName ?? null;
  }

  /**
   * The outcome that a marker accepts: the latest completed one of the delegation that it names; then
   * of those by the task's own name, which corrections have; then the latest of all. Without a
   * completed one, what became of the latest attempt.
   */
  find(written: string): TaskOutcome {
    const taskName = this.resolve(written);
    if (taskName === null) return { status: 'none' };
    const attempts = [...this.#byKey.values()]
      .filter((entry) => entry.taskName === taskName)
      .map((entry) => entry.delegation);
    const name = hyphenated(written);
    const done = attempts.filter(({ status, outcome }) => status === 'ok' && outcome !== null);
    const chosen =
      done.findLast((each) => nameOf(each) === name) ??
      done.findLast((each) => nameOf(each) === taskName) ??
      done.at(-1);
    if (chosen?.outcome != null) return { status: 'ok', text: chosen.outcome };
    const latest = attempts.at(-1);
    if (!latest) return { status: 'none' };
    if (latest.status === 'running') return { status: 'running' };
    return latest.status === 'failed'
      ? { status: 'failed', message: latest.error, text: latest.outcome }
      : { status: 'hidden' };
  }

  /**
   * Our name of the task a delegation works on; null when it was not planned. The worker that
   * was called tells best: what it works on is pinned to it, whatever the orchestrator calls it.
   */
  taskNameOf(delegation: Delegation): string | null {
    const named = this.#tasks.find((task) => task.taskName === nameOf(delegation));
    const [only] = this.#tasks;
    const fallback = this.#tasks.length === 1 ? only : undefined;
    return (this.#called(delegation.workerName) ?? named ?? fallback)?.taskName ?? null;
  }

  /** An entry is called by its name, or told by its place: `openrouter_subagent__1` is the second. */
  #called(workerName: string | null): PlannedTask | undefined {
    const name = workerName?.trim();
    const place = /^openrouter[_:]subagent__(\d+)$/.exec(name ?? '')?.[1];
    return (
      this.#tasks.find((task) => task.workerName === name) ??
      (place === undefined ? undefined : this.#tasks[Number(place)])
    );
  }
}

function nameOf(delegation: Delegation): string | null {
  return delegation.taskName === null ? null : hyphenated(delegation.taskName);
}

/** A name as we write them, however a model does. */
function hyphenated(written: string): string {
  return written
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
}
