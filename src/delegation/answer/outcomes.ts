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
  | { readonly status: 'failed'; readonly message: string | null };

/**
 * The delegations of one run by planned task. A delegation belongs to the task it names; where the
 * orchestrator made up a name of its own, the named worker that it called tells.
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

  isPlanned(taskName: string): boolean {
    return this.#tasks.some((task) => task.taskName === taskName);
  }

  isOk(taskName: string): boolean {
    return this.find(taskName).status === 'ok';
  }

  /** The latest completed outcome of a task; without one, what became of its latest attempt. */
  find(taskName: string): TaskOutcome {
    let latest: Delegation | null = null;
    let completed: string | null = null;
    for (const entry of this.#byKey.values()) {
      if (entry.taskName !== taskName) continue;
      latest = entry.delegation;
      if (latest.status === 'ok' && latest.outcome !== null) completed = latest.outcome;
    }
    if (completed !== null) return { status: 'ok', text: completed };
    if (!latest) return { status: 'none' };
    if (latest.status === 'running') return { status: 'running' };
    return latest.status === 'failed'
      ? { status: 'failed', message: latest.error }
      : { status: 'hidden' };
  }

  /**
   * Our name of the task a delegation works on; null when it is none of the planned. The worker that
   * was called has the task's text, whatever name the orchestrator gave the task.
   */
  taskNameOf(delegation: Delegation): string | null {
    const given = delegation.taskName?.trim().toLowerCase();
    const named = this.#tasks.find((task) => task.taskName === given);
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
