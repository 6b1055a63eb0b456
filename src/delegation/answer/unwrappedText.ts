import { ANSWER_FIELD } from '../request/answerFormat';

const HEAD = new RegExp(`^\\s*\\{\\s*"${ANSWER_FIELD}"\\s*:\\s*`);
/** What may still become the head. */
const HEAD_START = new RegExp(
  `^\\s*(?:\\{\\s*(?:"(?:${startsOf(ANSWER_FIELD)}|${ANSWER_FIELD}"\\s*(?::\\s*)?))?)?$`,
);
/** More blanks than stand around a value; what is held back is looked at with each piece. */
const MOST_HELD = 200;

/**
 * An answer as it arrives, without the object around it that the provider asks for and nobody wants
 * to read. An answer that has no such object comes through as it is.
 */
export class UnwrappedText {
  #state: 'start' | 'inside' | 'as-it-is' = 'start';
  #held = '';

  /** @returns what can be shown by now. */
  push(text: string): string {
    if (this.#state === 'as-it-is') return text;
    const all = this.#held + text;
    if (this.#state === 'inside') return this.#holdTail(all);
    const head = HEAD.exec(all)?.[0];
    // Blanks after the colon may go on, and are not part of the value.
    if (head !== undefined && head.length < all.length) {
      this.#state = 'inside';
      return this.#holdTail(all.slice(head.length));
    }
    if (all.length <= MOST_HELD && HEAD_START.test(all)) {
      this.#held = all;
      return '';
    }
    this.#state = 'as-it-is';
    this.#held = '';
    return all;
  }

  /** @returns what was held back and belongs to the answer. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    return this.#state === 'inside' ? held.replace('}', '').trimEnd() : held;
  }

  /** The last brace so far may be that of the object. */
  #holdTail(all: string): string {
    const beforeBlanks = all.trimEnd();
    const inside = beforeBlanks.endsWith('}') ? beforeBlanks.slice(0, -1).trimEnd() : beforeBlanks;
    const at = Math.max(inside.length, all.length - MOST_HELD);
    this.#held = all.slice(at);
    return all.slice(0, at);
  }
}

/** A pattern of all beginnings of a word. */
function startsOf(word: string): string {
  return Array.from({ length: word.length }, (_, length) => word.slice(0, length + 1))
    .concat('')
    .join('|');
}
