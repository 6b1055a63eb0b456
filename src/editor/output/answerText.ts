import type { Localization } from '../../common/translate';

/** Longest beginning of a line that is looked at; words that tell a status stand at its start. */
const MAX_LINE_START = 120;

/**
 * Keeps an answer from looking like lines of ours: a section's head, a step, the closing line with
 * its bill. Those begin with `- ` or `## ` and set their parts apart by middle dots; in such lines of
 * an answer, and in those that begin with the word for an end, the dots become bullets. In an answer
 * that stands in a fence of ours, no line ends that fence.
 *
 * Takes text in pieces, cut anywhere, and holds nothing back.
 */
export class AnswerText {
  readonly #isFenced: boolean;
  readonly #endings: ReadonlySet<string>;
  /** The beginning of the line that is not ended yet, as it came. */
  #line = '';

  constructor(l10n: Localization, isFenced: boolean) {
    this.#isFenced = isFenced;
    this.#endings = new Set([
      l10n.t('done'),
      l10n.t('failed'),
      l10n.t('cancelled'),
      l10n.t('not sent'),
    ]);
  }

  push(text: string): string {
    if (!/[·`]/.test(text)) {
      this.#keep(text);
      return text;
    }
    return text
      .split(/(?<=[·`\r\n])/)
      .map((piece) => this.#guarded(piece))
      .join('');
  }

  /** @param piece with at most one dot or backtick, at its end. */
  #guarded(piece: string): string {
    const before = this.#line + piece.slice(0, -1);
    this.#keep(piece);
    if (piece.endsWith('·') && this.#looksLikeOurs(before)) return `${piece.slice(0, -1)}•`;
    const isFence = this.#isFenced && piece.endsWith('`') && /^ {0,3}`{4}$/.test(before);
    return isFence ? `${piece.slice(0, -1)} \`` : piece;
  }

  /** What comes next stands at the beginning of a line, after one of ours. */
  endLine(): void {
    this.#line = '';
  }

  #looksLikeOurs(line: string): boolean {
    if (/^\s*[-*+#•>|]/.test(line)) return true;
    const words = line.replace(/[\s*_~`"'()[\]]+/g, ' ').trim();
    return this.#endings.has(words.toLowerCase());
  }

  #keep(text: string): void {
    const lineStart = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    if (lineStart > 0) this.#line = '';
    if (this.#line.length < MAX_LINE_START) {
      this.#line = (this.#line + text.slice(lineStart)).slice(0, MAX_LINE_START);
    }
  }
}

/** A name in a line of ours: nothing in it sets parts of the line apart. */
export function namePart(name: string): string {
  return name.replaceAll('·', '•').replaceAll('`', "'");
}

/** A fence that no line of the text ends. */
export function fenceFor(text: string, least: string): string {
  const runs = text.match(/`{3,}/g) ?? [];
  const longest = runs.reduce((length, run) => Math.max(length, run.length), 0);
  return '`'.repeat(Math.max(least.length, longest + 1));
}
