/** Longer than what is said before a call. */
const MAX_LENGTH = 240;

/**
 * Holds back an answer's first words for as long as they may turn out to be said before a call, and
 * so no part of the answer.
 */
export class Preamble {
  #isHolding: boolean;
  #held = '';

  constructor(isHolding: boolean) {
    this.#isHolding = isHolding;
  }

  /** Takes in text of the answer. @returns what may be shown. */
  hold(text: string): string {
    this.#held += text;
    return this.#isHolding && this.#held.length <= MAX_LENGTH ? '' : this.release();
  }

  /** It is known what it was. @returns what was held back. */
  release(): string {
    const held = this.#held;
    this.#held = '';
    this.#isHolding = false;
    return held;
  }
}
