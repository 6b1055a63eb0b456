import { asRecord, parseJson } from '../../../common/json';
import { type LexicalToken, scanTokens, sharedWords } from '../../../text/lexical';
import { isMarkupLanguage, isProseLanguage } from '../../../text/lexicalRules';
import { lettersOf } from './entryFields';
import type { Mended } from './mending';
import type { Mending } from '../../run/readingNotes';
import type { AnsweredCode } from './peel';

/** Mends code that came in another writing: each step only where one reading is possible. */
export function repairCode(answer: string, given: AnsweredCode): Mended<string> {
  const mended: Mending[] = [];
  let text = answer;
  const step = (what: Mending, repair: (text: string, given: AnsweredCode) => string): void => {
    const repaired = repair(text, given);
    if (repaired !== text) mended.push(what);
    text = repaired;
  };
  step('duplicates', withoutRepetition);
  step('line-numbers', withoutLineNumbers);
  step('line-feeds', withRealLineFeeds);
  step('entities', withoutEntities);
  step('quotes', withPlainQuotes);
  return { value: text, mended };
}

/** The first of two copies of the same code, one after the other. */
function withoutRepetition(answer: string, { code }: AnsweredCode): string {
  const lines = answer.split('\n');
  const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : [index]));
  const half = filled.length / 2;
  const isTwice = filled.every((at, index) => {
    const other = lines[filled[(index + half) % filled.length] ?? -1];
    return lines[at]?.trimEnd() === other?.trimEnd();
  });
  if (half < 2 || !Number.isInteger(half) || !isTwice) return answer;
  const first = lines.slice(0, filled[half]).join('\n');
  // In code that had the lines twice they may stay so.
  return sharedWords(code, first) >= 0.6 ? `${first.trimEnd()}\n` : answer;
}

/** Fields in which models put code when they answer in JSON without being asked to. */
const CODE_FIELD =
  /^(?:code|text|content|result|output|replacement|answer|outcome|newcode|updatedcode|refactoredcode|reformattedcode|refactored|reformatted|translation|lines)$/;

/** Code as a JSON string, as a list of its lines, or as either in a JSON object by itself. */
export function unwrapJson(answer: string, { code }: AnsweredCode): Mended<string> {
  const text = answer.trim();
  const plain = { value: answer, mended: [] };
  if (!/^["{[]/.test(text) || /^\s*["{[]/.test(code)) return plain;
  const parsed = parseJson(text);
  if (!parsed.ok) return plain;
  const inside = codeIn(parsed.value) ?? onlyCode(parsed.value);
  return inside === null ? plain : { value: inside, mended: ['wrapping'] };
}

function codeIn(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const isLines =
    Array.isArray(value) && value.length > 1 && value.every((line) => typeof line === 'string');
  return isLines ? `${value.join('\n')}\n` : null;
}

function onlyCode(value: unknown): string | null {
  const fields = Object.entries(asRecord(value) ?? {}).flatMap(([name, inside]) => {
    const text = codeIn(inside);
    return text === null ? [] : [[name, text] as const];
  });
  const named = fields.filter(([name]) => CODE_FIELD.test(lettersOf(name)));
  const [only] = named.length > 0 ? named : fields;
  const isOnly = fields.length === 1 && Object.keys(asRecord(value) ?? {}).length === 1;
  return only && (named.length === 1 || isOnly) ? only[1] : null;
}

/** How lines are numbered: certain signs, and those that count only from one without a gap. */
const NUMBERED: readonly { readonly sign: RegExp; readonly isStrict: boolean }[] = [
  { sign: /^\s*L?(\d+)(?: ?\||:)(?: |$)/, isStrict: false },
  { sign: /^\s*(\d+)(?:→|\t| {2}|$)/, isStrict: true },
  { sign: /^\s*(\d+)(?: |$)/, isStrict: true },
];

/** As a list, which a document may have itself. */
const LISTED = { sign: /^ *\[?(\d+)[.)\]](?: |$)/, isStrict: true };

function withoutLineNumbers(answer: string, given: AnsweredCode): string {
  const isDocument = isProseLanguage(given.languageId) || isMarkupLanguage(given.languageId);
  for (const form of isDocument ? NUMBERED : [...NUMBERED, LISTED]) {
    const bare = unnumbered(answer, given, form);
    if (bare !== answer) return bare;
  }
  return answer;
}

/** Takes off numbers of one form, where every line has one and they can only be numbers. */
function unnumbered(
  answer: string,
  { code }: AnsweredCode,
  { sign, isStrict }: (typeof NUMBERED)[number],
): string {
  const lines = answer.split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const numbers = filled.map((line) => Number(sign.exec(line)?.[1] ?? NaN));
  const counts = numbers.every((number, index) =>
    isStrict ? number === index + 1 : index === 0 || number > (numbers[index - 1] ?? 0),
  );
  if (filled.length < 2 || !counts || numbers.some(Number.isNaN)) return answer;
  if (code.split('\n').some((line) => sign.test(line) && line.trim() !== '')) return answer;
  return lines.map((line) => line.replace(sign, '')).join('\n');
}

/** Code of several lines that came as one, with `\n` for each line feed. */
function withRealLineFeeds(answer: string, { code }: AnsweredCode): string {
  const text = answer.trim();
  if (text.includes('\n') || !code.trim().includes('\n')) return answer;
  if ((text.match(/\\n/g)?.length ?? 0) < 2 || (code.match(/\\n/g)?.length ?? 0) > 0) return answer;
  return text
    .replace(/\\(?:r\\)?n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\"/g, '"');
}

const ENTITY = /&(?:lt|gt|amp|quot|apos|nbsp|#39|#x27|#34|#x22|#60|#62|#38);/gi;
const CHARACTERS: Readonly<Record<string, string>> = {
  lt: '<',
  '#60': '<',
  gt: '>',
  '#62': '>',
  amp: '&',
  '#38': '&',
  quot: '"',
  '#34': '"',
  '#x22': '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  nbsp: ' ',
};

/** The characters that entities of HTML stand for. */
export function decodeEntities(text: string): string {
  return text.replace(ENTITY, (entity) => CHARACTERS[entity.slice(1, -1).toLowerCase()] ?? entity);
}

/** In most languages entities are not code; where code has such signs as well, they may be meant. */
function withoutEntities(answer: string, { code, languageId }: AnsweredCode): string {
  ENTITY.lastIndex = 0;
  if (!ENTITY.test(answer) || new RegExp(ENTITY.source, 'i').test(code)) return answer;
  if (isMarkupLanguage(languageId)) return answer;
  const isTagged = /react$/.test(languageId);
  const outside = outsideOfText(answer, languageId);
  const isInCode = new RegExp(ENTITY.source, 'i').test(outside);
  const hasRaw = /[<>]|&(?!#?\w+;)/.test(outside.replace(ENTITY, ''));
  if (!isInCode || (hasRaw && isTagged)) return answer;
  if (!hasRaw) return decodeEntities(answer);
  return mapOutside(answer, languageId, decodeEntities);
}

const SMART_QUOTES = /[“”„‟‘’‚‛«»]/;

/** Full-width signs of Chinese and Japanese keyboards, each as far from its plain one. */
const FULL_WIDTH = /[！-～]/g;

/** Typographic quotes, dashes and full-width signs that stand where code is are meant as plain ones. */
function withPlainQuotes(answer: string, { code, languageId }: AnsweredCode): string {
  if (!/[“”‘’\u00A0–！-～]/.test(answer) || SMART_QUOTES.test(code)) return answer;
  if (/[–！-～]/.test(code)) return answer;
  if (isMarkupLanguage(languageId)) return answer;
  const plain = (text: string): string =>
    text
      .replace(/[“”]/g, '"')
      .replace(/[‘’]/g, "'")
      .replace(/\u00A0/g, ' ')
      .replace(/–/g, '-')
      .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  return mapOutside(answer, languageId, plain);
}

function mapOutside(text: string, languageId: string, change: (part: string) => string): string {
  const kept = textsOf(text, languageId);
  let result = '';
  let at = 0;
  for (const { start, end } of kept) {
    result += change(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return result + change(text.slice(at));
}

function outsideOfText(text: string, languageId: string): string {
  let result = '';
  let at = 0;
  for (const { start, end } of textsOf(text, languageId)) {
    result += text.slice(at, start);
    at = end;
  }
  return result + text.slice(at);
}

function textsOf(text: string, languageId: string): readonly LexicalToken[] {
  return scanTokens(text, languageId).filter(({ kind }) => kind === 'string' || kind === 'comment');
}

/** Of several pieces of code the only one that is like what was sent; null when it is not clear. */
export function likestPiece(pieces: readonly string[], { code }: AnsweredCode): string | null {
  const shares = pieces.map((piece) =>
    Math.min(sharedWords(piece, code), sharedWords(code, piece)),
  );
  const best = Math.max(...shares);
  const others = shares.filter((share) => share !== best);
  const isClear =
    best >= 0.5 && others.length === shares.length - 1 && others.every((share) => share < best / 2);
  return isClear ? (pieces[shares.indexOf(best)] ?? null) : null;
}
