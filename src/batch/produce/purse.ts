import type { NanoUsd } from '../../common/money';

/**
 * What a batch may still spend. A request is granted only if its worst case fits beside all that
 * was spent and the worst cases of what is under way or unknown; so the limit holds whatever the
 * bills turn out to be, as long as none exceeds its ceiling.
 */
export class Purse {
  readonly limitNanoUsd: NanoUsd;
  #spent: NanoUsd;
  /** Worst cases of requests that ended without a known cost. */
  readonly #unknown: Map<string, NanoUsd>;
  readonly #underWay = new Map<string, NanoUsd>();
  #waiting: (() => void)[] = [];

  /** @param before what a journal tells of an earlier part of the batch. */
  constructor(
    limitNanoUsd: NanoUsd,
    before: { readonly spentNanoUsd: NanoUsd; readonly open: ReadonlyMap<string, NanoUsd> },
  ) {
    this.limitNanoUsd = limitNanoUsd;
    this.#spent = before.spentNanoUsd;
    this.#unknown = new Map(before.open);
  }

  /** Known costs. */
  get spentNanoUsd(): NanoUsd {
    return this.#spent;
  }

  /** What no request has a claim on. */
  get leftNanoUsd(): NanoUsd {
    return Math.max(0, this.#leftWhenCalm - sumOf(this.#underWay));
  }

  /** What would be left if the requests that are under way cost nothing. */
  get #leftWhenCalm(): NanoUsd {
    return this.limitNanoUsd - this.#spent - sumOf(this.#unknown);
  }

  /**
   * Claims a request's worst case. Where it only fits beside what those under way turn out to cost,
   * it waits for them.
   *
   * @returns false when the limit does not cover it.
   */
  async claim(run: string, ceilingNanoUsd: NanoUsd): Promise<boolean> {
    while (ceilingNanoUsd > this.leftNanoUsd) {
      if (this.#underWay.size === 0 || ceilingNanoUsd > this.#leftWhenCalm) return false;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#underWay.set(run, ceilingNanoUsd);
    return true;
  }

  /** @param cost null while it is not known: then the worst case stays claimed. */
  pay(run: string, cost: NanoUsd | null): void {
    const claimed = this.#underWay.get(run) ?? this.#unknown.get(run);
    if (claimed === undefined) return;
    this.#underWay.delete(run);
    this.#unknown.delete(run);
    if (cost === null) this.#unknown.set(run, claimed);
    else this.#spent += cost;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function sumOf(claims: ReadonlyMap<string, NanoUsd>): NanoUsd {
  let sum = 0;
  for (const claim of claims.values()) sum += claim;
  return sum;
}
