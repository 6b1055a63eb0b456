import type { NanoUsd } from '../../common/money';

/**
 * What a batch may still spend. A request is granted only if its worst case fits beside all that
 * was spent and the worst cases of what is under way or unknown; so the limit holds whatever the
 * bills turn out to be, as long as none exceeds its ceiling.
 */
export class Purse {
  readonly limitNanoUsd: NanoUsd;
  #spent: NanoUsd;
  readonly #open: Map<string, NanoUsd>;

  /** @param before what a journal tells of an earlier part of the batch. */
  constructor(
    limitNanoUsd: NanoUsd,
    before: { readonly spentNanoUsd: NanoUsd; readonly open: ReadonlyMap<string, NanoUsd> },
  ) {
    this.limitNanoUsd = limitNanoUsd;
    this.#spent = before.spentNanoUsd;
    this.#open = new Map(before.open);
  }

  /** Known costs. */
  get spentNanoUsd(): NanoUsd {
    return this.#spent;
  }

  /** What no request has a claim on. */
  get leftNanoUsd(): NanoUsd {
    const claimed = [...this.#open.values()].reduce((sum, ceiling) => sum + ceiling, 0);
    return Math.max(0, this.limitNanoUsd - this.#spent - claimed);
  }

  /** @returns whether the request may be sent. */
  claim(run: string, ceilingNanoUsd: NanoUsd): boolean {
    if (ceilingNanoUsd > this.leftNanoUsd) return false;
    this.#open.set(run, ceilingNanoUsd);
    return true;
  }

  /** @param cost null while it is not known: then the worst case stays claimed. */
  pay(run: string, cost: NanoUsd | null): void {
    if (cost === null || !this.#open.has(run)) return;
    this.#open.delete(run);
    this.#spent += cost;
  }
}
