import { readString } from '../../common/json';
import { readSubagentItem } from './delegationReader';
import type { EventBatch } from './eventBatch';
import type { JsonRecord } from '../stream/streamDecoder';
import type { Delegation } from '../streamEvent';

/**
 * Follows the delegations of one Responses stream, which come as added, as done, and once more in
 * the terminal response, and tells each change once.
 */
export class DelegationTracker {
  readonly #batch: EventBatch;
  readonly #known = new Map<string, Delegation>();
  /** From any name of an item, its ids and its place in the output, to the delegation's key. */
  readonly #keys = new Map<string, string>();

  constructor(batch: EventBatch) {
    this.#batch = batch;
  }

  update(
    item: JsonRecord,
    { outputIndex, stage }: { readonly outputIndex: unknown; readonly stage: 'added' | 'done' },
  ): void {
    const key = this.#keyOf(item, outputIndex);
    const before = this.#known.get(key);
    const now = readSubagentItem(item, { key, isDone: stage === 'done' });
    // A later and shorter form of an item takes nothing back.
    const merged = before === undefined ? now : merge(before, now);
    if (before !== undefined && isSame(before, merged)) return;
    this.#known.set(key, merged);
    this.#batch.add({ type: 'delegation-update', delegation: merged });
  }

  /**
   * The call id outlives a suspended item, whose second form has another id. Items without any id
   * are told apart by their place.
   */
  #keyOf(item: JsonRecord, outputIndex: unknown): string {
    const ids = [item['call_id'], item['id']].map(readString).filter((id) => id !== null);
    const place = typeof outputIndex === 'number' ? `output-${outputIndex}` : null;
    const names = ids.length === 0 && place !== null ? [place] : ids;
    const known = names.map((name) => this.#keys.get(name)).find((key) => key !== undefined);
    // An item may learn its ids only when it is done; until then its place was its name.
    const unnamed = place !== null && this.#known.has(place) ? place : undefined;
    const key = known ?? unnamed ?? names[0] ?? `delegation-${this.#known.size}`;
    for (const name of place === null ? ids : [...ids, place]) {
      if (!this.#keys.has(name)) this.#keys.set(name, key);
    }
    return key;
  }
}

function merge(before: Delegation, now: Delegation): Delegation {
  return {
    key: before.key,
    status: now.status === 'running' ? before.status : now.status,
    taskName: now.taskName ?? before.taskName,
    workerName: now.workerName ?? before.workerName,
    model: now.model ?? before.model,
    outcome: now.outcome ?? before.outcome,
    error: now.error ?? before.error,
  };
}

function isSame(a: Delegation, b: Delegation): boolean {
  return (
    a.status === b.status &&
    a.taskName === b.taskName &&
    a.workerName === b.workerName &&
    a.model === b.model &&
    a.outcome === b.outcome &&
    a.error === b.error
  );
}
