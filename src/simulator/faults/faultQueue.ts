import { asArray, asRecord, parseRecord, readString } from '../../common/json';
import { faultOfSlug } from '../catalog';
import type { FaultRequest, FaultSelector } from '../options';
import { type FaultName, isFaultName } from './faults';

/** Decides which fault a request gets, from the option, the control endpoint or its model's slug. */
export class FaultQueue {
  readonly #select: FaultSelector | null;
  readonly #counts = new Map<string, number>();
  #queue: (FaultName | null)[] = [];

  constructor(select: FaultSelector | null) {
    this.#select = select;
  }

  /** Faults for the next inference requests, one each; null is a request without one. */
  push(names: readonly (FaultName | null)[]): void {
    this.#queue.push(...names);
  }

  clear(): void {
    this.#queue = [];
    this.#counts.clear();
  }

  next(request: FaultRequest): FaultName | null {
    const index = this.#counts.get(request.path) ?? 0;
    this.#counts.set(request.path, index + 1);
    const selected = this.#select?.(request, index) ?? null;
    if (selected !== null || request.method !== 'POST') return selected;
    const model = readString(asRecord(request.body)?.['model']);
    if (model === null) return null;
    return this.#queue.shift() ?? faultOfSlug(model);
  }
}

/** Reads `{"faults": ["429", null]}`; null for anything else. */
export function readFaultList(body: string): (FaultName | null)[] | null {
  const list = parseRecord(body)?.['faults'];
  const names = asArray(list);
  if (!Array.isArray(list) || !names.every((name) => name === null || isFaultName(name)))
    return null;
  return names as (FaultName | null)[];
}
