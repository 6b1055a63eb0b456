import { closesFence, fenceMark } from './fences';

/**
 * Follows the code fences of Markdown that arrives in pieces, as CommonMark pairs them, so that what
 * is written after a text that was cut off is not taken for its code.
 */
export class OpenFence {
  #line = '';
  #mark: string | null = null;

  add(text: string): void {
    const [first = '', ...others] = text.split('\n');
    this.#line += first;
    for (const line of others) {
      this.#mark = markAfter(this.#line, this.#mark);
      this.#line = line;
    }
  }

  /** What closes the fence that is open now, a line to be; null when none is. */
  get closing(): string | null {
    return markAfter(this.#line, this.#mark);
  }
}

/** The mark of the fence that is open after a line. */
function markAfter(line: string, open: string | null): string | null {
  const fence = fenceMark(line);
  if (!fence) return open;
  if (open === null) return fence.mark;
  return closesFence(open, fence) ? null : open;
}
