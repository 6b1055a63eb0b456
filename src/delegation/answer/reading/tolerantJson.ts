import { jsonrepair } from 'jsonrepair';
import { asRecord, parseJson } from '../../../common/json';
import { unfence } from '../../../text/fences';
import { isAllSpoken } from '../../../text/prose';
import { OutcomeError } from '../outcomeError';
import { type Mended, allMended } from './mending';
import type { Mending } from '../../run/readingNotes';
import { hasNameTwice } from './nameTwice';
import { NumberLiterals } from './numberLiterals';
import { peel } from './peel';
import { isDeeperThan } from './schemaBounds';
import { readTable } from './tables';

/** A JSON value with the text that it was read from. */
export interface JsonAnswer extends Mended<unknown> {
  readonly text: string;
}

/**
 * Reads a JSON answer: as it is, out of its fence, out of the sentences around it, with its slips
 * mended, or as one value on each line.
 *
 * @param fits whether a value can be what was asked for, to choose when there are several.
 */
export function readJson(
  answer: string,
  fits: (value: unknown) => boolean,
): JsonAnswer | OutcomeError {
  const json = usable(readOuter(answer, fits));
  if (json instanceof OutcomeError || fits(json.value)) return json;
  return usable(insideOf(json, fits) ?? json);
}

function readOuter(answer: string, fits: (value: unknown) => boolean): JsonAnswer | OutcomeError {
  const plain = parseJson(answer.trim());
  if (plain.ok) return { value: plain.value, text: answer.trim(), mended: [] };
  const peeled = peel(answer, { code: '', languageId: 'json' });
  const found = readPieces(
    pieces(peeled.value),
    (value) => !isDeeperThan(value, MAX_LEVELS) && fits(value),
  );
  if (found instanceof OutcomeError) return tableIn(peeled, fits) ?? found;
  if (SAYS_MORE.test(peeled.value.replace(STRINGS, ''))) return new OutcomeError('answer-elided');
  return { ...found, mended: allMended(peeled.mended, found.mended) };
}

/** A list of objects that came as a table; null where it may go on, or its values mean something else. */
function tableIn(
  { value: answer, mended }: Mended<string>,
  fits: (value: unknown) => boolean,
): JsonAnswer | OutcomeError | null {
  const { entries: rows = null, isClosed = false } = readTable(answer) ?? {};
  // Where anything fits, nothing tells which of the texts are numbers.
  if (!rows || !isClosed || !fits(rows) || fits([{ '': '' }])) return null;
  if (SAYS_MORE.test(answer)) return new OutcomeError('answer-elided');
  return { value: rows, text: JSON.stringify(rows), mended: allMended(mended, ['json']) };
}

/** What says beside a list, or in a comment in it, that it is not all. */
const SAYS_MORE =
  /(?:\.{3}|…|\band|\bplus)\s*\(?(?:and\s+)?(?:\d+|many|several)\s+(?:more|others?)\b|\b(?:omitted|truncated|shortened|abbreviated)\s+(?:for|due)\b|\(truncated\)|(?:\/[/*]|#)\s*(?:more|etc|and so on|(?:the\s+)?(?:remaining|other|further)\s[^\n]*(?:omitted|here|follow|truncated))\b/i;

/** Fields of a call or an envelope in which an answer stands, as JSON or as a text of JSON. */
const ENVELOPE =
  /^(?:arguments|args|parameters|input|output|result|response|answer|content|text|json|data)$/i;

/** The answer in the only field of an envelope that can hold it, or in a text; null for none. */
function insideOf(outer: JsonAnswer, fits: (value: unknown) => boolean): JsonAnswer | null {
  const fields = Object.entries(asRecord(outer.value) ?? { text: outer.value });
  const [only, ...more] = fields.filter(([, value]) => isContent(value));
  if (!only || more.length > 0 || !ENVELOPE.test(only[0])) return null;
  const [, value] = only;
  const text = typeof value === 'string' ? value : new NumberLiterals(outer.text).write(value);
  const inner = text === null || text === outer.text ? null : readJson(text, fits);
  if (!inner || inner instanceof OutcomeError || !fits(inner.value)) return null;
  return { ...inner, mended: allMended(outer.mended, ['wrapping'], inner.mended) };
}

function isContent(value: unknown): boolean {
  const isText = typeof value === 'string' && /^\s*(?:[[{"]|`{3})/.test(value);
  return isText || (typeof value === 'object' && value !== null);
}

/** Nothing that people ask for is nested deeper; to write ten thousand levels with indentation takes minutes. */
const MAX_LEVELS = 200;

function usable(json: JsonAnswer | OutcomeError): JsonAnswer | OutcomeError {
  if (json instanceof OutcomeError) return json;
  if (isDeeperThan(json.value, MAX_LEVELS)) return notJson(TOO_DEEP);
  return hasNameTwice(json.text) ? notJson(NAME_TWICE) : json;
}

const NAME_TWICE = 'an object in it has a name twice, and one of the two values would be lost';
const TOO_DEEP = 'it is nested too deeply to be used';

/** The engine runs out of stack where a text is nested deeper than it can follow. */
function reasonOf(error: Error): string {
  return error instanceof RangeError ? TOO_DEEP : error.message;
}

/** Texts that may be the JSON, the likeliest first. */
function pieces(answer: string): readonly Mended<string>[] {
  const text = answer.trim();
  const fenced = unfence(text, '');
  if (fenced.type === 'fenced') {
    const mended: Mending[] = fenced.around === '' ? [] : ['prose'];
    return [{ value: fenced.text.trim(), mended }];
  }
  if (fenced.type === 'ambiguous') {
    return fenced.candidates.map((piece) => ({ value: piece.trim(), mended: ['prose'] }));
  }
  return [{ value: text, mended: [] }];
}

function readPieces(
  candidates: readonly Mended<string>[],
  fits: (value: unknown) => boolean,
): JsonAnswer | OutcomeError {
  const read = candidates.map((candidate) => readPiece(candidate, fits));
  const good = read.filter((each): each is JsonAnswer => !(each instanceof OutcomeError));
  const fitting = good.filter((each) => fits(each.value));
  const chosen = fitting.length > 0 ? fitting : good;
  const [only, ...others] = chosen;
  if (only && others.length === 0) return only;
  // The same answer twice is one answer.
  if (only && areSame(chosen.map(({ value }) => value))) {
    return { ...only, mended: allMended(only.mended, ['duplicates']) };
  }
  if (chosen.length > 1) return new OutcomeError('answer-ambiguous');
  return read.find((each) => each instanceof OutcomeError) ?? notJson('no JSON');
}

function readPiece(
  { value: text, mended }: Mended<string>,
  fits: (value: unknown) => boolean,
): JsonAnswer | OutcomeError {
  const plain = parseJson(text);
  if (plain.ok) return { value: plain.value, text, mended };
  const spans = valueSpans(text);
  const [first] = spans;
  if (!first) return notJson(reasonOf(plain.error));
  const isAll = spans.length === 1 && first.start === 0 && first.end === text.length;
  if (!isAll) {
    const inside = readSpans(text, spans, fits);
    if (inside) return { ...inside, mended: allMended(mended, inside.mended) };
  }
  // What ends a statement or a call around it is not part of it.
  const whole = repaired(text.slice(first.start).replace(/[\s;)]+$/, ''));
  if (!(whole instanceof OutcomeError)) {
    const spoken: Mending[] = first.start > 0 ? ['prose'] : [];
    return { ...whole, mended: allMended(mended, spoken, whole.mended) };
  }
  return whole;
}

/** Whether all are the same; what is nested too deeply to be written is like nothing. */
function areSame(values: readonly unknown[]): boolean {
  if (values.some((value) => isDeeperThan(value, MAX_LEVELS))) return false;
  return new Set(values.map((value) => JSON.stringify(value))).size === 1;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Values among sentences, or one after another. */
function readSpans(
  text: string,
  spans: readonly Span[],
  fits: (value: unknown) => boolean,
): JsonAnswer | null {
  const values = spans
    .map((span) => ({ span, json: readSpan(text, span) }))
    .filter((each): each is { span: Span; json: JsonAnswer } => each.json !== null);
  // A value that breaks off is not left out as if it were words.
  if (values.length > 0 && values.length < spans.length && spans.some(isBroken(text))) return null;
  const fitting = values.filter(({ json }) => fits(json.value));
  const [only] = fitting;
  const hasRest = textBetween(text, spans).trim() !== '';
  const prose: Mending[] = hasRest ? ['prose'] : [];
  // Values on lines of their own are one list.
  const list = values.map(({ json }) => json.value);
  const [first] = values;
  // The same answer twice is one answer.
  if (first && values.length > 1 && areSame(list)) {
    if (fits(first.json.value)) {
      return { ...first.json, mended: allMended(first.json.mended, ['duplicates'], prose) };
    }
  }
  if (values.length > 1 && (fitting.length !== 1 || !hasRest) && fits(list)) {
    const mended = allMended(...values.map(({ json }) => json.mended), ['json'], prose);
    const written = new NumberLiterals(values.map(({ json }) => json.text).join('\n')).write(list);
    return written === null ? null : { value: list, text: written, mended };
  }
  if (!only || fitting.length > 1) return null;
  return { ...only.json, mended: allMended(only.json.mended, prose) };
}

/** What may stand before a value on its line: nothing, or the sign of a list. */
const LINE_START = /^\s*(?:[-*•]|\d+[.)])?\s*$/;

/** Whether a stretch at the start of a line begins as JSON does and does not end. */
function isBroken(text: string): (span: Span) => boolean {
  return ({ start, end }) => {
    const isFirst = LINE_START.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start));
    const isEnded = /[\]}]$/.test(text.slice(start, end));
    return isFirst && !isEnded && /^[[{]\s*["'[{\d]/.test(text.slice(start, end));
  };
}

function readSpan(text: string, { start, end }: Span): JsonAnswer | null {
  const part = text.slice(start, end);
  const plain = parseJson(part);
  if (plain.ok) return { value: plain.value, text: part, mended: [] };
  // Brackets in the middle of a sentence are not JSON with slips.
  if (text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() !== '') return null;
  const mended = repaired(part);
  return mended instanceof OutcomeError ? null : mended;
}

function textBetween(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of spans) {
    result += text.slice(at, start);
    at = end;
  }
  return (result + text.slice(at)).replace(/^[\s,;]+|[\s,;]+$/g, '');
}

/** Outermost stretches from a bracket to the one that closes it. */
function valueSpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"' && depth > 0) at = stringEnd(text, at);
    else if (character === '[' || character === '{') {
      if (depth === 0) start = at;
      depth += 1;
    } else if ((character === ']' || character === '}') && depth > 0) {
      depth -= 1;
      if (depth === 0) spans.push({ start, end: at + 1 });
    }
  }
  return depth > 0 ? [...spans, { start, end: text.length }] : spans;
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

/** JSON with slips, by a maintained reader of such; what was cut off or left out is not made up. */
function repaired(text: string): JsonAnswer | OutcomeError {
  const source = withLists(withJsonStrings(text));
  if (hasElision(source)) return new OutcomeError('answer-elided');
  if (hasNoNumber(source)) return notJson('it has a number that JSON cannot write');
  let result: string;
  try {
    result = jsonrepair(source);
  } catch (error) {
    return notJson(error instanceof Error ? reasonOf(error) : String(error));
  }
  const parsed = parseJson(result);
  if (!parsed.ok) return notJson(reasonOf(parsed.error));
  if (addsClosers(source, result)) return new OutcomeError('answer-cut-short');
  // Words alone would become a text, or a list of texts.
  if (typeof parsed.value !== 'object' || parsed.value === null || isAllSpoken(text)) {
    return notJson('no JSON');
  }
  return { value: parsed.value, text: result, mended: ['json'] };
}

/** Strings as other languages write them, and backslashes that JSON does not know. */
function withJsonStrings(text: string): string {
  return text
    .replace(/"""([\s\S]*?)"""/g, (_, content: string) => JSON.stringify(content))
    .replace(
      /\\(?:(["\\/bfnrt'`])|(u[0-9a-fA-F]{4})|)/g,
      (escape, known?: string, code?: string) =>
        known !== undefined || code !== undefined ? escape : '\\\\',
    );
}

/** Tuples of Python as lists. */
function withLists(text: string): string {
  if (!/[[(,]\s*\(\s*[\d"']/.test(text)) return text;
  return text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[()]/g, (part) =>
    part === '(' ? '[' : part === ')' ? ']' : part,
  );
}

/** Whether brackets had to be closed: then the end is missing. */
function addsClosers(source: string, result: string): boolean {
  const balance = (text: string): number =>
    (text.match(/[[{]/g)?.length ?? 0) - (text.match(/[\]}]/g)?.length ?? 0);
  return balance(source) > balance(result);
}

/** Whether a value is not a number, or has no end; to call it a text or nothing would change it. */
function hasNoNumber(text: string): boolean {
  return /[[:,]\s*[-+]?(?:NaN|Infinity)\s*[,\]}]/.test(text.replace(STRINGS, '""'));
}

/** Whether a list goes on with dots instead of entries. */
function hasElision(text: string): boolean {
  return /(?:[[{,]|\n)\s*(?:\/\/\s*)?(?:\.{3}|…)/.test(text.replace(/"(?:\\.|[^"\\])*"/g, '""'));
}

const STRINGS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;

function notJson(message: string): OutcomeError {
  return new OutcomeError('answer-invalid', { problems: [{ path: '', message }] });
}
