/** Answers on which line an offset is, and where lines begin; lines are zero-based. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #text: string;
  readonly #from: number;

  /** @param from - Offset before which the text is not the user's, but a wrapper's. */
  constructor(text: string, from = 0) {
    this.#text = text;
    this.#from = from;
    for (const match of text.matchAll(/\r\n|\r|\n/g)) {
      this.#starts.push(match.index + match[0].length);
    }
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where a line begins; the text's length for a line that there is not. */
  startOf(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** Whether only white space stands before the offset on its line. */
  isFirstOnLine(offset: number): boolean {
    const start = Math.max(this.#from, this.#starts[this.lineAt(offset)] ?? 0);
    return this.#text.slice(start, offset).trim() === '';
  }
}
