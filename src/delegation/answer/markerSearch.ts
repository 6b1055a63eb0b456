/** What the beginning of some text holds, as far as it can be told yet. */
export type MarkerSearch =
  /** No marker; all before `releaseTo` is text whatever comes. */
  | { readonly type: 'text'; readonly releaseTo: number }
  | {
      readonly type: 'marker';
      /** Where the marker starts and ends, with what decorates it. */
      readonly start: number;
      readonly end: number;
      readonly marker: FoundMarker;
    };

export type FoundMarker =
  /** `name` as written, in lower case; empty when it is left out. */
  | { readonly type: 'outcome'; readonly name: string }
  | { readonly type: 'refusal' }
  /** The nonce in what is not a marker, so one was meant; or one of the tags around texts. */
  | { readonly type: 'damaged' }
  | { readonly type: 'tag' };

/** A model may write a longer name than any of ours; what goes on beyond this is not a name. */
const MAX_NAME = 64;
/** A marker that is not whole after this many characters is not a marker. */
const MAX_HELD = 400;

const OPEN = String.raw`(?:\\?[[({<]\s?)`;
const CLOSE = String.raw`(?:\s?\\?[\])}>])`;
/** Quotes and emphasis that may stand inside of a marker. */
const QUOTES = '["\'`*_]*';
const SEPARATOR = String.raw`${QUOTES}\s{0,3}\\?[:=|/.,–—-]?\s{0,3}${QUOTES}`;
const WORD = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}_-]|\\[_-]){0,${MAX_NAME - 1}}`;
const LIST = String.raw`(?:(?:[-*+•>]|#{1,6}|\d{1,3}[.)])[ \t]+)+`;
/** What may stand directly before and, mirrored, directly after a marker. */
const DECORATION = /[\\"'`*_~=$|\p{Ps}\p{Pi}<]+$/u;
const MIRRORED = mirrored(
  '“” „“ ‘’ ‚‘ «» ‹› () [] {} <> （） ［］ ｛｝ 【】 「」 『』 《》 〈〉 〔〕 ⟦⟧ ⟨⟩',
);

/** Finds markers of one run, in whatever decoration models put around them. */
export class MarkerPattern {
  readonly #nonce: string;
  readonly #exact: RegExp;
  readonly #loose: RegExp;
  readonly #beginning: RegExp;
  readonly #half: RegExp;
  readonly #tag: RegExp;

  constructor(nonce: string) {
    this.#nonce = nonce;
    const key = String.raw`${OPEN}{0,2}${QUOTES}(?<![\p{L}\p{N}])(outcome|cannot)${SEPARATOR}`;
    const bracketed = String.raw`${OPEN}{1,2}${QUOTES}(outcome|cannot)${SEPARATOR}${nonce}(?:${SEPARATOR}([^\]\n)}>]{0,${MAX_NAME}}?))?${QUOTES}${CLOSE}{1,2}`;
    const turned = String.raw`${key}(${WORD})${SEPARATOR}${nonce}${QUOTES}${CLOSE}{0,2}`;
    const bare = String.raw`${key}${nonce}(?:\\?[:=|/–—-]${QUOTES}(${WORD})|${SEPARATOR}(?=$|\n|[\])}>]))?${QUOTES}${CLOSE}{0,2}`;
    this.#exact = new RegExp(
      String.raw`\[\[(?:outcome:${nonce}:[^\]\n]{0,${MAX_NAME}}|cannot:${nonce})\]\]$`,
      'u',
    );
    this.#loose = new RegExp(`${bracketed}|${turned}|${bare}`, 'giu');
    const half = `(?:${partly(nonce)}|${partly('outcome')}|${partly('cannot')}|(?:outcome|cannot)${SEPARATOR}(?:${partly(nonce)}|${WORD}${SEPARATOR}(?:${partly(nonce)})?)?)`;
    this.#beginning = new RegExp(`${OPEN}{0,2}${QUOTES}(?<![\\p{L}\\p{N}])(?:${half})?$`, 'iu');
    this.#half = new RegExp(
      String.raw`${OPEN}{1,2}${QUOTES}(?:outcome|cannot)${SEPARATOR}(?:${partly(nonce)})?$|(?:outcome|cannot)\s*:\s*${nonce.slice(0, 3)}[a-z2-7]*$`,
      'iu',
    );
    this.#tag = new RegExp(
      String.raw`<\/?(?:selection|instruction|outline|schema)-${nonce}>\n?`,
      'iu',
    );
  }

  /** @param isEnd whether nothing comes after the text. */
  search(text: string, isEnd: boolean): MarkerSearch {
    const at = text.toLowerCase().indexOf(this.#nonce);
    if (at < 0) return isEnd ? this.#atEnd(text) : { type: 'text', releaseTo: this.#held(text) };
    return this.#tagAt(text, at) ?? this.#markerAt(text, at, isEnd);
  }

  #tagAt(text: string, at: number): MarkerSearch | null {
    const match = this.#tag.exec(text);
    if (!match || match.index > at) return null;
    const marker = { type: 'tag' } as const;
    return { type: 'marker', start: match.index, end: match.index + match[0].length, marker };
  }

  #markerAt(text: string, at: number, isEnd: boolean): MarkerSearch {
    this.#loose.lastIndex = 0;
    for (let match = this.#loose.exec(text); match; match = this.#loose.exec(text)) {
      const end = match.index + match[0].length;
      if (match.index > at) break;
      if (end <= at) continue;
      return this.#decorated(text, { start: match.index, end, marker: foundMarker(match) }, isEnd);
    }
    return this.#damaged(text, at, isEnd);
  }

  /** A marker with what stands around it; text as long as that may go on. */
  #decorated(
    text: string,
    found: { readonly start: number; readonly end: number; readonly marker: FoundMarker },
    isEnd: boolean,
  ): MarkerSearch {
    const around = decorationAround(text, found);
    const isExact = this.#exact.test(text.slice(0, found.end)) && !around.hasLead;
    const isOpen = around.isOpen || isUnclosed(text, found) || mayGoOn(text.slice(found.end));
    if (!isEnd && isOpen && !isExact && text.length - found.end < MAX_HELD) {
      return {
        type: 'text',
        releaseTo: Math.min(around.start, this.#held(text.slice(0, found.start))),
      };
    }
    return { type: 'marker', start: around.start, end: around.end, marker: found.marker };
  }

  #damaged(text: string, at: number, isEnd: boolean): MarkerSearch {
    const before = text.slice(0, at);
    const lead = /(?:\\?[[({<"'`*_]\s?)*(?:(?:outcome|cannot)?[\s:=|/.–—-]{0,4})$/iu.exec(before);
    const start = lead?.index ?? at;
    const rest = text.slice(at + this.#nonce.length);
    const tail = /^[\p{L}\p{N}_:|/\\-]*(?:\s?\\?[\])}>"'`*_])*/u.exec(rest)?.[0] ?? '';
    const isOpen = tail.length === rest.length && rest.length < MAX_HELD;
    if (!isEnd && isOpen) return { type: 'text', releaseTo: Math.min(start, this.#held(before)) };
    const end = at + this.#nonce.length + tail.length;
    return { type: 'marker', start, end, marker: { type: 'damaged' } };
  }

  /** The end of a text: half a marker is not a marker, and nobody should read it. */
  #atEnd(text: string): MarkerSearch {
    const half = this.#half.exec(text);
    if (!half) return { type: 'text', releaseTo: text.length };
    return { type: 'marker', start: half.index, end: text.length, marker: { type: 'damaged' } };
  }

  /** Where in the text what may become a marker begins; its length when nothing may. */
  #held(text: string): number {
    const from = Math.max(0, text.length - MAX_HELD);
    const tail = text.slice(from);
    let start = this.#beginning.exec(tail)?.index ?? tail.length;
    start = DECORATION.exec(tail.slice(0, start))?.index ?? start;
    return from + withLineStart(tail, start);
  }
}

/** Whether only signs follow so far, which may belong to the marker. */
function mayGoOn(rest: string): boolean {
  return /^[^\p{L}\p{N}\n]*$/u.test(rest);
}

/** Whether a marker has an opening bracket, and a closing one may still come on its line. */
function isUnclosed(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  const marker = text.slice(start, end);
  return /^\\?[[({<]/.test(marker) && !/[\])}>]$/.test(marker) && !text.slice(end).includes('\n');
}

function foundMarker(match: RegExpExecArray): FoundMarker {
  const [, one, nameOne, two, nameTwo, three, nameThree] = match;
  const key = (one ?? two ?? three ?? '').toLowerCase();
  if (key === 'cannot') return { type: 'refusal' };
  const name = (nameOne ?? nameTwo ?? nameThree ?? '')
    .replace(/\\/g, '')
    .replace(/^["'`*_\s]+|["'`*_\s-]+$/g, '');
  return { type: 'outcome', name: name.toLowerCase() };
}

/** `start`, or the start of its line and of a fence before it where nothing else stands there. */
function withLineStart(text: string, start: number): number {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lead = text.slice(lineStart, start);
  const isList = new RegExp(
    String.raw`^[ \t]*(?:${LIST})?(?:[-*+•>]|#{1,6}|\d{1,3}[.)]?)?[ \t]*$`,
    'u',
  ).test(lead);
  if (/^ {0,3}(?:`{3,}|~{3,})[^\n`]*$/.test(text.slice(lineStart))) return lineStart;
  if (!isList) return start;
  const from = lead.trim() === '' ? start : lineStart;
  const fence = /(?:^|\n)( {0,3}(?:`{3,}|~{3,})[^\n`]*\n[ \t]*)$/.exec(
    text.slice(0, lineStart) + lead,
  );
  return fence ? lineStart + lead.length - (fence[1]?.length ?? 0) : from;
}

interface Around {
  readonly start: number;
  readonly end: number;
  /** Whether more of it may come. */
  readonly isOpen: boolean;
  /** Whether something stands before it that may have a counterpart behind. */
  readonly hasLead: boolean;
}

function decorationAround(
  text: string,
  found: { readonly start: number; readonly end: number },
): Around {
  const before = DECORATION.exec(text.slice(0, found.start))?.[0] ?? '';
  let start = found.start;
  let { end } = found;
  for (const character of Array.from(before).reverse()) {
    const mirror = MIRRORED[character] ?? character;
    // A backslash escapes what follows; it has no counterpart.
    if (character !== '\\' && text[end] !== mirror) break;
    start -= character.length;
    if (character !== '\\') end += mirror.length;
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lead = text.slice(lineStart, start);
  const isLed = new RegExp(String.raw`^[ \t]*${LIST}$`, 'u').test(lead);
  const fence = lead.trim() === '' ? fenceBefore(text, lineStart) : null;
  const rest = /^[ \t]*[.,;:!]?[ \t]*(?=\n|$)/.exec(text.slice(end));
  const hasLead = before !== '' || isLed || fence !== null;
  const isOpen = end >= text.length || (rest !== null && end + rest[0].length >= text.length);
  if (rest === null) return { start, end, isOpen, hasLead };
  if (isLed) return { start: lineStart, end: end + rest[0].length, isOpen, hasLead };
  if (fence === null) return { start, end, isOpen, hasLead };
  const closing = /^\n[ \t]*(?:`{3,}|~{3,})[ \t]*(?=\n|$)/.exec(text.slice(end + rest[0].length));
  const lineEnd = text.indexOf('\n', end + rest[0].length + 1);
  return closing
    ? { start: fence, end: end + rest[0].length + closing[0].length, isOpen: false, hasLead }
    : { start, end, isOpen: isOpen || lineEnd < 0, hasLead };
}

/** Where the fence line before a line starts; null when none is there. */
function fenceBefore(text: string, lineStart: number): number | null {
  if (lineStart === 0) return null;
  const start = text.lastIndexOf('\n', lineStart - 2) + 1;
  return /^ {0,3}(?:`{3,}|~{3,})[^\n`]*\n$/.test(text.slice(start, lineStart)) ? start : null;
}

/** Opening signs with what closes them, out of pairs. */
function mirrored(pairs: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
  );
}

/** A pattern of a word's beginning, at least one character of it. */
function partly(word: string): string {
  return Array.from(word).reduceRight(
    (rest, character) => `${character}${rest === '' ? '' : `(?:${rest})?`}`,
    '',
  );
}
