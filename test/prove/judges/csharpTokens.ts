/** Tokens of C# by its standard: white space parts them and means nothing else, but for directives. */

const LINE_END = String.raw`\n\r\u0085\u2028\u2029`;
const SPACE = new RegExp(String.raw`[\s${LINE_END}]+|\/\/[^${LINE_END}]*|\/\*[^]*?\*\/`, 'y');
const HAS_END = new RegExp(`[${LINE_END}]`);
const DIRECTIVE = new RegExp(`#[^${LINE_END}]*`, 'y');
const RAW = /(\$*)("{3,})[^]*?[^"]\2(?!")/y;
const TOKEN =
  /@"(?:[^"]|"")*"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|@?[\p{L}\p{Nl}_\\][\p{L}\p{N}\p{M}\p{Pc}\p{Cf}\\]*|\.?\d(?:[eE][+-]|\w|\.\d)*|\?\?=|<<=|\.\.|=>|->|\+\+|--|&&|\|\||\?\?|::|<<|[-+*/%&|^<>=!]=|[^\s]/uy;

export function csharpTokens(text: string): string {
  const tokens: string[] = [];
  let openAngles = 0;
  let isLineStart = true;
  for (let at = 0; at < text.length;) {
    const space = matchAt(SPACE, text, at);
    if (space !== null) {
      isLineStart = space.startsWith('/') ? false : isLineStart || HAS_END.test(space);
      at += space.length;
      continue;
    }
    // Of a directive the end of its line counts, and a comment there may be a part of it.
    const directive = isLineStart ? matchAt(DIRECTIVE, text, at) : null;
    const token = directive ?? literalAt(text, at) ?? matchAt(TOKEN, text, at) ?? text.charAt(at);
    isLineStart = false;
    at += token.length;
    if (directive !== null) {
      tokens.push(directiveText(directive));
      continue;
    }
    // Brackets of types that close side by side are not a shift, and need no blank between.
    const isClosing = token === '>' && openAngles > 0;
    if (token === '<') openAngles++;
    else if (isClosing) openAngles--;
    else if (!/^[\w.,?[\]()*:@]/.test(token)) openAngles = 0;
    tokens.push(isClosing ? token : token + touching(token, text[at]));
  }
  return tokens.join('\n');
}

/** White space and comments mean nothing in conditions and lists, in messages they are shown. */
function directiveText(directive: string): string {
  const said = directive.replace(/\s+/g, ' ').trim();
  if (/^# ?(?:region|endregion|error|warning|line)\b/.test(said)) return said;
  return said.replace(/ ?\/\/.*/, '').replace(/ ?([^\w ]) ?/g, '$1');
}

/** `> >` are two tokens and `>>` may be one. */
function touching(token: string, next: string | undefined): string {
  return token === '>' && (next === '>' || next === '=') ? '+' : '';
}

function matchAt(expression: RegExp, text: string, at: number): string | null {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? null;
}

function literalAt(text: string, at: number): string | null {
  const raw = matchAt(RAW, text, at);
  if (raw !== null) return raw;
  const opener = matchAt(/\$@?"|@\$"/y, text, at);
  return opener === null ? null : text.slice(at, interpolatedEnd(text, at + opener.length, opener));
}

/** Where an interpolated string ends; there may be strings in its holes. */
function interpolatedEnd(text: string, start: number, opener: string): number {
  const isVerbatim = opener.includes('@');
  let depth = 0;
  for (let at = start; at < text.length;) {
    const inner = depth > 0 ? (literalAt(text, at) ?? matchAt(/@?"|'/y, text, at)) : null;
    if (inner !== null) {
      at += Math.max(inner.length, matchAt(TOKEN, text, at)?.length ?? 0);
      continue;
    }
    const pair = text.slice(at, at + 2);
    const isPair = depth === 0 && (pair === '{{' || (isVerbatim && pair === '""'));
    if (isPair || (depth === 0 && !isVerbatim && pair.startsWith('\\'))) {
      at += 2;
      continue;
    }
    if (depth === 0 && text[at] === '"') return at + 1;
    if (text[at] === '{') depth++;
    if (text[at] === '}' && depth > 0) depth--;
    at++;
  }
  return text.length;
}
