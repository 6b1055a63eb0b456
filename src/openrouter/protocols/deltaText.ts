/**
 * The text of one message as its deltas bring it.
 *
 * Some servers repeat in every delta all that came before. Whether one does shows at the third
 * delta: each then begins with the one before. What the second brings is held back for that long if
 * it begins with the first; text that was given cannot be taken back.
 */
export class DeltaText {
  readonly #give: (text: string) => void;
  #text = '';
  #held = '';
  #kind: 'empty' | 'first' | 'held' | 'plain' | 'cumulative' = 'empty';

  constructor(give: (text: string) => void) {
    this.#give = give;
  }

  /** Whether each delta is known to bring nothing but new text. */
  get isPlain(): boolean {
    return this.#kind === 'plain';
  }

  get isEmpty(): boolean {
    return this.#kind === 'empty';
  }

  add(delta: string): void {
    if (delta === '') return;
    switch (this.#kind) {
      case 'plain':
        this.#append(delta);
        break;
      case 'empty':
        // Dashes and blanks may well repeat themselves.
        this.#kind = WORD_CHARACTER.test(delta) ? 'first' : 'plain';
        this.#append(delta);
        break;
      case 'first':
        if (delta.length > this.#text.length && delta.startsWith(this.#text)) {
          this.#held = delta;
          this.#kind = 'held';
        } else {
          this.#kind = 'plain';
          this.#append(delta);
        }
        break;
      case 'held':
        this.#release(delta.startsWith(this.#held) ? 'cumulative' : 'plain');
        this.add(delta);
        break;
      case 'cumulative':
        this.#addWhole(delta);
        break;
    }
  }

  /** Adds text that is new whatever came before, such as a refusal. */
  append(text: string): void {
    this.settle();
    this.#kind = 'plain';
    this.#append(text);
  }

  /**
   * Gives what the whole text has beyond the deltas. Where the two differ in what was already given,
   * the deltas stand.
   */
  complete(whole: string): void {
    this.settle();
    if (whole.length <= this.#text.length || !whole.startsWith(this.#text)) return;
    if (this.isEmpty) this.#kind = 'first';
    this.#append(whole.slice(this.#text.length));
  }

  /** What the deltas have brought. */
  get text(): string {
    return this.#text;
  }

  /**
   * Whether the whole text says something else than the deltas, of which some were lost or came twice
   * on the way, and not only more or less of the same.
   */
  contradicts(whole: string): boolean {
    const [given, said] = [this.#text.trim(), whole.trim()];
    return said !== '' && !said.startsWith(given) && !given.startsWith(said);
  }

  /** No delta follows: gives what is held back. Nobody writes a word twice without a space. */
  settle(): void {
    if (this.#kind !== 'held') return;
    this.#release(TWO_WORD_CHARACTERS.test(this.#text) ? 'cumulative' : 'plain');
  }

  #release(kind: 'plain' | 'cumulative'): void {
    this.#kind = kind;
    if (kind === 'plain') this.#append(this.#held);
    else this.#addWhole(this.#held);
    this.#held = '';
  }

  #addWhole(delta: string): void {
    if (delta.startsWith(this.#text)) this.#append(delta.slice(this.#text.length));
    else if (!this.#text.startsWith(delta)) this.#append(delta);
  }

  #append(text: string): void {
    if (text === '') return;
    this.#text += text;
    this.#give(text);
  }
}

const WORD_CHARACTER = /[\p{L}\p{N}]/u;
const TWO_WORD_CHARACTERS = /[\p{L}\p{N}]{2}/u;
