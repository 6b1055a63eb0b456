import { type EmbeddedPart, embeddedParts, embeddedRules, onlyParts } from '../../syntax/embedded';
import { type OffsetEdit, applyEdits } from '../../text/offsets';
import { lineStarts, splitLines } from '../../text/lines';
import { type DocumentedText, type Reading, readDocumented } from './documentedText';

/** A comment in a new text, and what its place was read as. */
export interface WrittenRange {
  readonly start: number;
  readonly end: number;
  /** The text that it took the place of. */
  readonly replaced: string;
  readonly documented: DocumentedText | null;
}

/** Reads a selection as what it is: in markup, scripts and styles by their own languages. */
export class Readings {
  readonly #reading: Reading;
  readonly #text: string;
  readonly #parts: readonly EmbeddedPart[];
  readonly #known = new Map<string, Promise<DocumentedText>>();

  constructor(reading: Reading, text: string) {
    this.#reading = reading;
    this.#text = text;
    const { before, after, languageId } = reading;
    this.#parts = embeddedParts(before + text + after, languageId);
  }

  /** The text as the language reads it that a zero-based line of the selection is written in. */
  at(line: number): Promise<DocumentedText> {
    const part = this.#partAt(line);
    const languageId = part ? (part.languageId ?? '') : this.#reading.languageId;
    const known = this.#known.get(languageId) ?? this.#read(this.#text, languageId);
    this.#known.set(languageId, known);
    return known;
  }

  /** Some indices of comments that are not read as comments or docstrings where they stand, if any. */
  async findMisread(text: string, written: readonly WrittenRange[]): Promise<number[]> {
    const misread: number[] = [];
    for (const [languageId, known] of this.#known) {
      const documented = await known;
      const own = written.flatMap((range, index) =>
        range.documented === documented ? [{ range, index }] : [],
      );
      if (own.length === 0 || !canTellComments(documented)) continue;
      const { tokens, hasErrors } = await this.#read(text, languageId);
      if (hasErrors && !documented.hasErrors) {
        // What else is misread may be so for that one alone.
        return [await this.#firstBreaking(text, written, languageId)];
      }
      const harmless = tokens.filter(({ kind }) => kind !== 'code');
      for (const { range, index } of own) {
        if (!isCovered(text, range, harmless)) misread.push(index);
      }
    }
    return misread;
  }

  /** The first comment with which a text is understood no longer that is understood without any. */
  async #firstBreaking(
    text: string,
    written: readonly WrittenRange[],
    languageId: string,
  ): Promise<number> {
    let first = 0;
    for (let last = written.length - 1; first < last;) {
      const middle = Math.floor((first + last) / 2);
      const undone = applyEdits(text, written.slice(middle + 1).map(undoing));
      if ((await this.#read(undone, languageId)).hasErrors) last = middle;
      else first = middle + 1;
    }
    return first;
  }

  #partAt(line: number): EmbeddedPart | null {
    if (this.#parts.length === 0) return null;
    const words = splitLines(this.#text)[line] ?? '';
    const start = this.#reading.before.length + (lineStarts(this.#text)[line] ?? 0);
    const offset = start + (/\S/.exec(words)?.index ?? 0);
    const part = this.#parts.find((each) => each.start <= offset && offset < each.end);
    // On the line of its tag nothing can be written.
    return part && part.start > start ? { ...part, languageId: null } : (part ?? null);
  }

  #read(text: string, languageId: string): Promise<DocumentedText> {
    const reading = this.#reading;
    if (languageId === reading.languageId) return readDocumented(text, reading);
    const source = reading.before + text + reading.after;
    const parts = embeddedParts(source, reading.languageId);
    const only = onlyParts(source, parts, languageId);
    const start = reading.before.length;
    const end = start + text.length;
    return readDocumented(only.slice(start, end), {
      languageId,
      rules: embeddedRules(languageId),
      syntax: reading.syntax,
      before: only.slice(0, start),
      after: only.slice(end),
    });
  }
}

function undoing({ start, end, replaced }: WrittenRange): OffsetEdit {
  return { offset: start, length: end - start, text: replaced };
}

/** Without a grammar only signs tell, and not every language's are known. */
function canTellComments({ isParsed, rules }: DocumentedText): boolean {
  const { lineComments = [], blockComments = [] } = rules.lexis ?? {};
  return isParsed || lineComments.length + blockComments.length > 0;
}

function isCovered(
  text: string,
  { start, end }: WrittenRange,
  harmless: readonly { readonly start: number; readonly end: number }[],
): boolean {
  const covered = harmless
    .filter((token) => token.start < end && token.end > start)
    .map((token) => ({
      offset: Math.max(token.start, start) - start,
      length: Math.min(token.end, end) - Math.max(token.start, start),
      text: '',
    }));
  return applyEdits(text.slice(start, end), covered).trim() === '';
}
