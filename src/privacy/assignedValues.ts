import { isExpression } from './secretText';

/**
 * How much the form of an assignment says.
 *
 * - `env`: an environment file's line with a name in capitals. Nearly any value is a secret.
 * - `data`: a line of YAML, a properties or ini file.
 * - `quoted`: a string literal, in code or data.
 * - `strict`: a form that code uses for much else, such as a comparison or an argument.
 * - `loose`: a name and a value side by side, as in a table. Only what a machine made is a secret.
 */
export type Form = 'env' | 'data' | 'quoted' | 'strict' | 'loose';

export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly form: Form;
}

/** A stretch of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Values without quotes are short; the bound keeps a hostile line from costing its square. */
const MAX_BARE_VALUE = 600;

/** setPassword("..."), but not getToken("scope"), whose argument says which one. */
const CALL = /\([ \t]*(?=["'`])/y;
const READING_CALL =
  /^(?:get|has|is|read|load|fetch|find|delete|remove|parse|decode|verify|validate|use|list|create|by)(?![a-z])/;

/** auth = ("me", "..."), new Credentials("me", "...") */
const LOGIN = /[ \t]*(?:=[ \t]*)?\([ \t]*["'][^"'\n,]{1,80}["'][ \t]*,[ \t]*(?=["'])/y;

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
  // public string Password { get; set; } = "..."
  { form: 'quoted', pattern: /[ \t]*\{[^{}\n]{0,60}\}[ \t]*=[ \t]*(?=[@$]{0,2}")/y },
  // const token =\n  "...", as formatters break long lines
  {
    form: 'quoted',
    pattern:
      /(?:\\?["'`]?[\])]{0,2}|[?!]?[ \t]*:[ \t]*[\w.<>[\]?|&* ]{1,60})[ \t]*(?:=>|[:?]?=(?![=>])|:(?![:=]))[ \t]*(?:\([ \t]*)?\r?\n[ \t]*(?=[rbfuRBFU@$]{0,2}["'`])/y,
  },
  // {"name": "API_KEY", "value": "..."}
  {
    form: 'quoted',
    pattern: /["'`]?,?\s{1,40}["']?value["']?[ \t]*[:=][ \t]*(?=["'`])/y,
  },
  // char password[] = "...", password <- "..."
  { form: 'quoted', pattern: /(?:\[\w{0,8}\][ \t]*=|[ \t]*<-)[ \t]*(?=["'])/y },
  { form: 'loose', pattern: LOGIN },
  // password = ..., "token": ..., :secret => ..., headers["x-api-key"] = ..., ENV["TOKEN"] ||= ...
  {
    form: 'quoted',
    pattern: /\\?["'`]?[\])]{0,2}[ \t]*(?:=>|(?:[:?+]|\|\||\?\?|&&)?=(?![=>])|:(?![:=]))[ \t]*/y,
  },
  { form: 'strict', pattern: CALL },
  // getenv("API_KEY", "..."), addHeader("X-Api-Key", "...")
  { form: 'strict', pattern: /\\?["'`][ \t]*,[ \t]*(?=["'`])/y },
  // env("API_KEY", default="...")
  {
    form: 'strict',
    pattern:
      /["'`][ \t]*,[ \t]*(?:default|default_value|defaultValue|fallback)[ \t]*[:=][ \t]*(?=["'`])/y,
  },
  // ENV.fetch("API_KEY") { "..." }
  { form: 'strict', pattern: /["'`]\)[ \t]*\{[ \t]*(?=["'`])/y },

  // <add key="ApiKey" value="..."/>
  { form: 'quoted', pattern: /["'][ \t]+(?:value|content)[ \t]*=[ \t]*(?=["'])/y },
  // WITH PASSWORD '...', set(API_KEY "..."), :password "..."
  { form: 'strict', pattern: /[ \t]+(?=@?["'])/y },
];

/** Pieces of a literal behind its first one: "..." + "...", or one below the other. */
const JOINT =
  /["'`][ \t]*(?:(?:\+|\.{1,2}|&|<>)[ \t]*)?(?:\\?\r?\n[ \t]*(?:(?:\+|\.{1,2}|&|<>)[ \t]*)?)?(?=["'`])/y;
const MAX_PIECES = 40;

/** Where a literal goes on that is put together from several. */
export function furtherPieces(text: string, first: Candidate): readonly Candidate[] {
  const pieces: Candidate[] = [];
  let { end } = first;
  while (pieces.length < MAX_PIECES) {
    JOINT.lastIndex = end;
    const joint = JOINT.exec(text);
    // Two quotes side by side are an escape or the end of a text.
    const next =
      joint && joint[0].length > 1 ? quotedValue(text, JOINT.lastIndex, first.form) : null;
    // What is followed by a colon is the next name.
    if (!next || /^["'`][ \t]*[:=]/.test(text.slice(next.end, next.end + 8))) break;
    pieces.push(next);
    ({ end } = next);
  }
  return pieces;
}

/** The value that a name is given, where one of the forms follows it; null for none. */
export function candidateAfter(text: string, name: Span): Candidate | null {
  const element = elementValue(text, name);
  if (element) return element;
  for (const { form, pattern } of FORMS) {
    pattern.lastIndex = name.end;
    const match = pattern.exec(text);
    if (match === null) continue;
    const isLogin = /(?:auth|credentials?)$/i.test(text.slice(name.start, name.end));
    if (pattern === LOGIN && !isLogin) continue;
    if (pattern === CALL && isReadingCall(text, name)) return null;
    const at = name.end + match[0].length;
    const quoted = quotedValue(text, at, form);
    if (quoted || form !== 'quoted') return quoted;
    return (
      defaultValue(text, name) ??
      (text.startsWith('${', at) ? defaultAt(text, at) : null) ??
      bareValue(text, name, at) ??
      fallbackValue(text, at) ??
      wrappedValue(text, at) ??
      neighbour(text, name)
    );
  }
  return flagValue(text, name) ?? neighbour(text, name);
}

/** `${DB_PASSWORD:-...}` of shells and Compose, `${db.password:...}` of Spring. */
function defaultValue(text: string, name: Span): Candidate | null {
  if (!text.startsWith('${', name.start - 2)) return null;
  return defaultAt(text, name.end);
}

function defaultAt(text: string, at: number): Candidate | null {
  const pattern = /(?:\$\{\w{1,80})?:?[-=]?([^\s"'`${}]{4,400})\}/y;
  pattern.lastIndex = at;
  const value = pattern.exec(text)?.[1];
  if (value === undefined) return null;
  const end = pattern.lastIndex - 1;
  return { start: end - value.length, end, form: 'quoted' };
}

/** `password = process.env.X || "..."`, `token = os.getenv("X", "...")`. */
function fallbackValue(text: string, at: number): Candidate | null {
  const source =
    /[\w$.?]{1,80}(?:[([]["'`][\w.-]{1,80}["'`][\])]?)?[ \t]*(?:\|\||\?\?|\?:|\bor\b|,)[ \t]*(?=["'`])/y;
  source.lastIndex = at;
  return source.test(text) ? quotedValue(text, source.lastIndex, 'strict') : null;
}

/** `password = String::from("...")`, `secrets: ["..."]`, `password: !!str ...`. */
function wrappedValue(text: string, at: number): Candidate | null {
  const lead = /(?:(?:\[\])?[\w.:$&]{0,40}[([{][ \t]{0,4}){1,3}(?=["'])|(?:!!?\w+|&\w+)[ \t]+/y;
  lead.lastIndex = at;
  if (!lead.test(text)) return null;
  const from = lead.lastIndex;
  const bare = /[^\s"'`,;<>(){}[\]|]{8,400}(?=[ \t]*$)/my;
  bare.lastIndex = from;
  const end = bare.test(text) ? bare.lastIndex : null;
  return (
    quotedValue(text, from, 'loose') ?? (end === null ? null : { start: from, end, form: 'loose' })
  );
}

/** What stands beside a name: in a table's next cell, or behind blanks, alone on its line. */
function neighbour(text: string, name: Span): Candidate | null {
  const line = shortLine(text, name.end);
  const before = lineBefore(text, name.start);
  const instruction = /^\s*(?:ENV|ARG)[ \t]+$/i.test(before);
  const cell = /^[ \t]*\|[ \t]*[`*_]*$/.test(before) && /^[`*_]*[ \t]*\|[ \t]*`?/.exec(line);
  const gap = /^[ \t]*(?:#|\/\/|--|;)?[ \t]*$/.test(before) && /^[ \t]+/.exec(line);
  const said = /^(?:[*_]{1,3}:|:[*_]{1,3}|[ \t]+is:?)[ \t]+["'`]?/.exec(line);
  const lead = instruction ? /^[ \t]+/.exec(line) : cell || said || gap;
  if (!lead) return null;
  const value = /^[^\s"'`|;,<>(){}[\]]{4,400}/.exec(line.slice(lead[0].length))?.[0] ?? '';
  const after = line.slice(lead[0].length + value.length);
  if (value === '' || !(cell ? /^`?[ \t]*\|/ : /^["'`]?[ \t]*$/).test(after)) return null;
  const start = name.end + lead[0].length;
  return { start, end: start + value.length, form: instruction ? 'env' : 'loose' };
}

function isReadingCall(text: string, name: Span): boolean {
  const method = text.slice(name.start, name.end).split('.').at(-1) ?? '';
  return READING_CALL.test(method);
}

function quotedValue(text: string, at: number, form: Form): Candidate | null {
  const opening = /(?:[rbfuRBFU@$]{1,2})?("""(?=.)|'''(?=.)|\\?["'`])/y;
  opening.lastIndex = at;
  const match = opening.exec(text);
  const quote = match?.[1];
  const inside = bracketedValue(text, at);
  if (inside) return { ...inside, form };
  if (match === null || quote === undefined) return null;
  const start = at + match[0].length;
  const line = text.slice(start, lineEnd(text, start));
  const length = quote.length > 1 ? line.indexOf(quote) : closingQuote(line, quote);
  return length < 0 ? null : { start, end: start + length, form };
}

/** `[[...]]` and `[=[...]=]` of Lua, `q(...)` and `qq{...}` of Perl, `%q(...)` and `%w[...]` of Ruby. */
const BRACKETED =
  /\[(?<level>=*)\[(?<lua>[^\]\n]{1,400})\]\k<level>\]|(?:qq?|%[qQwW]?)(?:\((?<round>[^()\s]{1,400})\)|\{(?<curly>[^{}\s]{1,400})\}|\[(?<square>[^[\]\s]{1,400})\]|<(?<angle>[^<>\s]{1,400})>|(?<sign>[/|!~])(?<between>[^/|!~\s]{1,400})\k<sign>)/y;

function bracketedValue(text: string, at: number): Span | null {
  BRACKETED.lastIndex = at;
  const match = BRACKETED.exec(text);
  if (!match) return null;
  const { lua, round, curly, square, angle, between } = match.groups ?? {};
  const inside = lua ?? round ?? curly ?? square ?? angle ?? between ?? '';
  const start = at + match[0].indexOf(inside, 1);
  return { start, end: start + inside.length };
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
  const rest = shortLine(text, at);
  const startsLine = LINE_START.test(lineBefore(text, name.start));
  if (startsLine && operator === '=' && /^[A-Z0-9_]+$/.test(text.slice(name.start, name.end))) {
    const length = rest.replace(/\s+#.*$/, '').trimEnd().length;
    return { start: at, end: at + length, form: 'env' };
  }
  // A tag or an anchor of YAML stands before the value.
  if (/^(?:!!?|&)\w+[ \t]/.test(rest)) return null;
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
  if (startsLine && isAlone && /^[ \t]+[:?+]?=[ \t]+$/.test(operator) && !isIdentifier)
    return { start: at, end, form: 'data' };
  const isRemark = /^\s*(?:\/\/+|\/?\*+|--|;+|%+|<!--|REM)\s*$/i.test(lineBefore(text, name.start));
  if (isRemark && /^\s*(?:\*\/|-->)?\s*$/.test(after) && /^[ \t]*[:=][ \t]*$/.test(operator))
    return { start: at, end, form: 'strict' };
  // { password: ..., user: me }, and -H 'X-Api-Key: ...'
  const before = text.charAt(name.start - 1);
  const isQuoted = before === '"' || before === "'";
  const isOpen = isQuoted || /[{,][ \t]*$/.test(lineBefore(text, name.start));
  const isEnclosed = isQuoted ? after.startsWith(before) : /^[ \t]*[,}]/.test(after);
  if (isOpen && isEnclosed && /^:[ \t]+$/.test(operator) && !isIdentifier)
    return { start: at, end, form: 'loose' };
  if (text.startsWith('--', name.start) && operator === '=')
    return { start: at, end, form: 'strict' };
  const isArgument =
    operator === '=' && /^[\w+/=.~%@:-]+$/.test(value) && /^(?:["'`\s\\]|$)/.test(after);
  return isArgument ? { start: at, end, form: 'strict' } : null;
}

/** What may stand before a name that begins its line's statement. */
const LINE_START = /^\s*(?:export\s+|set\s+|ENV\s+|ARG\s+|-\s+["']?|\/\/\S*:|#\s*)?["']?$/i;

/** `<password>...</password>`, with attributes or without; `<key>password</key><string>...`. */
function elementValue(text: string, name: Span): Candidate | null {
  const entry =
    /(?:<\/key>\s{0,20}<string>|["'](?:[ \t][^<>\n]{0,200})?>\s{0,40}(?:<value>)?)([^<>\n]{1,4096})<\//y;
  entry.lastIndex = name.end;
  const listed = entry.exec(text)?.[1];
  if (listed !== undefined) {
    const end = entry.lastIndex - 2;
    return { start: end - listed.length, end, form: 'quoted' };
  }
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

/** The rest of a line, as much of it as a value without quotes may take. */
function shortLine(text: string, from: number): string {
  return /^[^\r\n]*/.exec(text.slice(from, from + MAX_BARE_VALUE))?.[0] ?? '';
}

/** What stands before a name on its line, as far back as a prefix can reach. */
function lineBefore(text: string, index: number): string {
  const before = text.slice(Math.max(0, index - 200), index);
  return before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
}
