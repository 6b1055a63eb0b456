import type { SecretDetector, SecretFinding } from './secretFinding';
import { NAME_SEED, strengthOfName, type NameStrength } from './secretNames';
import {
  characterClasses,
  entropyBits,
  isExample,
  isExpression,
  isNamePath,
  isPhrase,
  isReference,
  isTypeName,
  isWords,
  mixesDigits,
} from './secretText';

/**
 * How much the form of an assignment says.
 *
 * - `env`: an environment file's line with a name in capitals. Nearly any value is a secret.
 * - `data`: a line of YAML, a properties or ini file.
 * - `quoted`: a string literal, in code or data.
 * - `strict`: a form that code uses for much else, such as a comparison or an argument.
 */
type Form = 'env' | 'data' | 'quoted' | 'strict';

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly form: Form;
}

/** No name is longer than this on either side of the word that gave it away. */
const MAX_NAME = 80;

/** Values without quotes are short; the bound keeps a hostile line from costing its square. */
const MAX_BARE_VALUE = 600;

/**
 * Finds values assigned to names that announce a secret, in whatever way languages and file
 * formats assign: `password = "..."`, `"token": "..."`, `API_KEY=...`, `password: ...`,
 * `--password ...`, `setPassword("...")`, `<password>...</password>`.
 */
export const findAssignedSecrets: SecretDetector = (text) => {
  const findings: SecretFinding[] = [];
  let seenUpTo = 0;
  for (const seed of text.matchAll(NAME_SEED)) {
    if (seed.index < seenUpTo) continue;
    const name = nameAround(text, seed.index);
    seenUpTo = name.end;
    const strength = strengthOfName(text.slice(name.start, name.end));
    if (strength === null) continue;
    const candidate = candidateAfter(text, name);
    if (candidate === null) continue;
    const value = text.slice(candidate.start, candidate.end);
    if (!looksSecret(value, strength, candidate.form)) continue;
    findings.push({
      start: candidate.start,
      end: candidate.end,
      kind: 'password',
      rule: `assigned-${candidate.form}`,
    });
    seenUpTo = candidate.end;
  }
  return findings;
};

interface Span {
  readonly start: number;
  readonly end: number;
}

function nameAround(text: string, index: number): Span {
  let start = index;
  while (start > 0 && index - start < MAX_NAME && /[\w$.-]/.test(text.charAt(start - 1)))
    start -= 1;
  let end = index;
  while (end < text.length && end - index < MAX_NAME && /[\w$.-]/.test(text.charAt(end))) end += 1;
  return { start, end };
}

/** setPassword("..."), but not getToken("scope"), whose argument says which one. */
const CALL = /\([ \t]*(?=["'`])/y;
const READING_CALL =
  /^(?:get|has|is|read|load|fetch|find|delete|remove|parse|decode|verify|validate|use|list|create|by)(?![a-z])/;

/** Ways from a name to its value, the more specific ones first. */
const FORMS: readonly { readonly form: Form; readonly pattern: RegExp }[] = [
  // const password: string = "..."
  {
    form: 'quoted',
    pattern: /[?!]?[ \t]*:[ \t]*[\w.<>[\]?|&* ]{1,60}=[ \t]*(?=[rbfuRBFU@$]{0,2}["'`])/y,
  },
  // var password string = "..."
  { form: 'quoted', pattern: /[ \t]+[A-Za-z*][\w.*]{0,20}[ \t]*:?=[ \t]*(?=["'`])/y },
  // password == "..." and token || "..."
  {
    form: 'strict',
    pattern: /\\?["'`]?[\])]{0,2}[ \t]*(?:={2,3}|!={1,2}|\|\||\?\?|\bor\b)[ \t]*(?=["'`])/y,
  },
  // password = ..., "token": ..., :secret => ..., headers["x-api-key"] = ...
  { form: 'quoted', pattern: /\\?["'`]?[\])]{0,2}[ \t]*(?:=>|[:?]?=(?![=>])|:(?![:=]))[ \t]*/y },
  { form: 'strict', pattern: CALL },
  // getenv("API_KEY", "..."), addHeader("X-Api-Key", "...")
  { form: 'strict', pattern: /\\?["'`][ \t]*,[ \t]*(?=["'`])/y },
  // <add key="ApiKey" value="..."/>
  { form: 'quoted', pattern: /["'][ \t]+value[ \t]*=[ \t]*(?=["'])/y },
];

function candidateAfter(text: string, name: Span): Candidate | null {
  for (const { form, pattern } of FORMS) {
    pattern.lastIndex = name.end;
    const match = pattern.exec(text);
    if (match === null) continue;
    if (pattern === CALL && isReadingCall(text, name)) return null;
    const at = name.end + match[0].length;
    return quotedValue(text, at, form) ?? (form === 'quoted' ? bareValue(text, name, at) : null);
  }
  return elementValue(text, name) ?? flagValue(text, name);
}

function isReadingCall(text: string, name: Span): boolean {
  const method = text.slice(name.start, name.end).split('.').at(-1) ?? '';
  return READING_CALL.test(method);
}

function quotedValue(text: string, at: number, form: Form): Candidate | null {
  const opening = /(?:[rbfuRBFU@$]{1,2})?(\\?["'`])/y;
  opening.lastIndex = at;
  const match = opening.exec(text);
  const quote = match?.[1];
  if (match === null || quote === undefined) return null;
  const start = at + match[0].length;
  const line = text.slice(start, lineEnd(text, start));
  const length = quote.length === 2 ? line.indexOf(quote) : closingQuote(line, quote);
  return length < 0 ? null : { start, end: start + length, form };
}

/** Offset of the quote that closes a literal, past escaped ones; -1 for none on this line. */
function closingQuote(line: string, quote: string): number {
  for (let index = 0; index < line.length; index += 1) {
    if (line[index] === '\\') index += 1;
    else if (line[index] === quote) return index;
  }
  return -1;
}

/**
 * A value without quotes. In code that is an expression; in environment files, YAML, properties and
 * command lines it is the value itself.
 */
function bareValue(text: string, name: Span, at: number): Candidate | null {
  const operator = text.slice(name.end, at);
  const rest = text.slice(at, Math.min(lineEnd(text, at), at + MAX_BARE_VALUE));
  const startsLine = LINE_START.test(lineBefore(text, name.start));
  if (startsLine && operator === '=' && /^[A-Z0-9_]+$/.test(text.slice(name.start, name.end))) {
    const length = rest.replace(/\s+#.*$/, '').trimEnd().length;
    return { start: at, end: at + length, form: 'env' };
  }
  if (startsLine && /^[ \t]*[:=][ \t]+$/.test(operator)) {
    const phrase = /^[^\s"'`,;<>(){}[\]|&=#]+(?:[ \t]+[^\s"'`,;<>(){}[\]|&=#]+){1,23}/.exec(
      rest,
    )?.[0];
    const isWholeLine = phrase && /^\s*(?:#.*)?$/.test(rest.slice(phrase.length));
    if (isWholeLine) return { start: at, end: at + phrase.length, form: 'data' };
  }
  const value = /^[^\s"'`,;<>(){}[\]|]+/.exec(rest)?.[0] ?? '';
  const after = rest.slice(value.length);
  if (value === '' || isExpression(value)) return null;
  const end = at + value.length;
  const isAlone = /^\s*(?:[#;].*)?$/.test(after);
  const isIdentifier = /^[A-Za-z_$][\w$]*$/.test(value) && (value.match(/\d/g) ?? []).length < 4;
  if (startsLine && isAlone && /^=$|^[ \t]*:[ \t]+$/.test(operator))
    return { start: at, end, form: 'data' };
  // A lone identifier after ` = ` is code far more often than an ini file's value.
  if (startsLine && isAlone && /^[ \t]+=[ \t]+$/.test(operator) && !isIdentifier)
    return { start: at, end, form: 'data' };
  const isArgument =
    operator === '=' && /^[\w+/=.~%@:-]+$/.test(value) && /^(?:["'`\s\\]|$)/.test(after);
  return isArgument ? { start: at, end, form: 'strict' } : null;
}

/** What may stand before a name that begins its line's statement. */
const LINE_START = /^\s*(?:export\s+|set\s+|ENV\s+|ARG\s+|-\s+["']?|\/\/\S*:|#\s*)?["']?$/i;

/** `<password>...</password>`, with attributes or without. */
function elementValue(text: string, name: Span): Candidate | null {
  const before = text.slice(Math.max(0, name.start - 20), name.start);
  if (!/<(?:\w{1,16}:)?$/.test(before)) return null;
  const pattern = /(?:[ \t][^<>\n]{0,200})?>([^<>\n]{1,4096})<\//y;
  pattern.lastIndex = name.end;
  const value = pattern.exec(text)?.[1];
  if (value === undefined) return null;
  const start = pattern.lastIndex - 2 - value.length;
  return { start, end: start + value.length, form: 'quoted' };
}

/** `--password value` on a command line. */
function flagValue(text: string, name: Span): Candidate | null {
  if (!text.startsWith('--', name.start)) return null;
  const phrase = /[ \t=]+(["'])([^\s"'`\\-]+(?: [^\s"'`\\-]+){1,23})\1/y;
  const word = /[ \t]+(["']?)([^\s"'`\\-][^\s"'`\\]{3,4096})\1/y;
  phrase.lastIndex = name.end;
  word.lastIndex = name.end;
  const match = phrase.exec(text) ?? word.exec(text);
  const value = match?.[2];
  if (match === null || value === undefined) return null;
  const start = name.end + match[0].length - (match[1] ?? '').length - value.length;
  return { start, end: start + value.length, form: 'strict' };
}

/** End of the line or of what is looked at; a minified file is one line of a megabyte. */
function lineEnd(text: string, from: number): number {
  const line = /[^\r\n]{0,4096}/y;
  line.lastIndex = from;
  line.exec(text);
  return line.lastIndex;
}

/** What stands before a name on its line, as far back as a prefix can reach. */
function lineBefore(text: string, index: number): string {
  const before = text.slice(Math.max(0, index - 200), index);
  return before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
}

/** How many words a pass phrase has; where text of other kinds stands as well, more. */
const LEAST_WORDS: Readonly<Record<Form, number>> = { env: 1, quoted: 3, data: 4, strict: 4 };

function looksSecret(value: string, strength: NameStrength, form: Form): boolean {
  if (value.length < 4 || isReference(value) || isExample(value)) return false;
  if (strength === 'phrase') return value.split(' ').length >= 12;
  if (form === 'env') return strength === 'strong' || (value.length >= 8 && !isName(value));
  if (/\s/.test(value)) return strength === 'strong' && isPhrase(value, LEAST_WORDS[form]);
  if (strength === 'strong') return form === 'strict' ? looksTyped(value) : looksChosen(value);
  return looksRandom(value, form);
}

/** Words and numbers. */
function isPlain(value: string): boolean {
  return isWords(value) || /^[\d.,:]+$/.test(value);
}

/** What programs call things, with a number in it perhaps. */
function isName(value: string): boolean {
  return isPlain(value) || isNamePath(value) || isTypeName(value);
}

/** What a person picks as a password. A word alone is a label unless it is too long for one. */
function looksChosen(value: string): boolean {
  if (isWords(value)) return /^[a-z]{12,}$/.test(value) && entropyBits(value) > 3;
  // The key of a translation, such as login.step2.label.
  if (value.split('.').length >= 3 && isNamePath(value)) return false;
  return !/^\d{1,5}$/.test(value);
}

/** As `looksChosen`, where names and keywords of a program stand as often. */
function looksTyped(value: string): boolean {
  return value.length >= 6 && mixesDigits(value) && !isPlain(value);
}

/** What a machine made. */
function looksRandom(value: string, form: Form): boolean {
  if (value.length < 8 || isName(value)) return false;
  if (mixesDigits(value)) return entropyBits(value) >= 2.75;
  if (form === 'strict' || value.length < 16) return false;
  return characterClasses(value) >= 3 && entropyBits(value) >= 3.5;
}
