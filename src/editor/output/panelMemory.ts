/**
 * Some hundred runs. While a Markdown channel shows, the editor keeps some fifty bytes for each of its
 * characters, and reads it whole after each change.
 */
const MOST_CHARACTERS = 200_000;
const KEPT_CHARACTERS = 50_000;

/** Knows how long the output panel is, and its latest text for when it has become too long. */
export class PanelMemory {
  #pieces: string[] = [];
  #length = 0;
  /** Where sections begin. */
  #starts: number[] = [];

  add(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
  }

  /**
   * Begins a section with the next text.
   *
   * @returns null while the panel is not too long; else what it is to hold from now on: the sections
   *   that begin in the last part of the text, or the last one alone when it is longer than that.
   */
  beginSection(): string | null {
    const kept = this.#length > MOST_CHARACTERS ? this.#shorten() : null;
    this.#starts.push(this.#length);
    return kept;
  }

  #shorten(): string {
    const earliest = this.#length - KEPT_CHARACTERS;
    const cut = this.#starts.find((start) => start >= earliest) ?? this.#starts.at(-1) ?? 0;
    const kept = this.#pieces.join('').slice(cut);
    this.#pieces = [kept];
    this.#length = kept.length;
    this.#starts = this.#starts.filter((start) => start >= cut).map((start) => start - cut);
    return kept;
  }
}
