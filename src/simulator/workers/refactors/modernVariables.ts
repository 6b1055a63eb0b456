import type { CodeToken } from '../code';
import type { Refactor } from './refactor';
import { applyEdits } from './edits';

const REQUEST =
  /\bvar\b.*\b(?:const|let)\b|\b(?:use|prefer)\s+const\b|\blet\b.*\bconst\b|\bconst\s+statt\b/i;
const ASSIGNMENT = /^(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=$/;

/** `Convert var to const`: `const` where nothing is assigned later, `let` where something is. */
export const modernVariables: Refactor = (code, words) => {
  if (!REQUEST.test(words) || !/^(?:type|java)script/.test(code.languageId)) return null;
  const tokens = code.tokens.filter(({ kind }) => kind === 'code');
  const edits = tokens.flatMap((token, index) => {
    if (token.raw !== 'var' && token.raw !== 'let') return [];
    const keyword = keywordFor(tokens, index);
    return keyword === token.raw ? [] : [{ start: token.start, end: token.end, text: keyword }];
  });
  return applyEdits(code.text, edits);
};

/** The keyword for the declaration that begins with the token at `index`. */
function keywordFor(tokens: readonly CodeToken[], index: number): string {
  const current = tokens[index]?.raw ?? 'let';
  const { names, isInitialized, end } = readDeclaration(tokens, index);
  if (names.length === 0) return current;
  const scope = blockAround(tokens, index);
  const isUsedOutside = names.some((name) =>
    tokens.some(
      ({ raw }, at) => raw === name && (at < index || at > scope.end || at < scope.start),
    ),
  );
  // `var` reaches beyond its block; what relies on that stays as it is.
  if (current === 'var' && isUsedOutside) return 'var';
  const isAssigned = names.some((name) => isAssignedAfter(tokens, name, end));
  return isAssigned || !isInitialized ? 'let' : 'const';
}

interface Declared {
  readonly names: readonly string[];
  readonly isInitialized: boolean;
  /** Index of the first token after the declared names and values. */
  readonly end: number;
}

function readDeclaration(tokens: readonly CodeToken[], index: number): Declared {
  const names: string[] = [];
  let initialized = 0;
  let depth = 0;
  let isName = true;
  let at = index + 1;
  for (; at < tokens.length; at++) {
    const raw = tokens[at]?.raw ?? '';
    if (/^[([{]$/.test(raw)) depth++;
    if (/^[)\]}]$/.test(raw)) depth--;
    if (depth < 0 || (depth === 0 && (raw === ';' || startsStatement(tokens, at)))) break;
    // A pattern may hold names that are assigned later; its declaration stays as it is.
    if (isName && depth > 0) return { names: [], isInitialized: false, end: at };
    if (depth > 0) continue;
    if (isName && /^[\w$]+$/.test(raw) && raw !== 'of' && raw !== 'in') names.push(raw);
    if (raw === '=' || raw === 'of' || raw === 'in') initialized++;
    isName = raw === ',';
  }
  return { names, isInitialized: initialized >= names.length, end: at };
}

/** A statement may begin without a semicolon before it, at a keyword that no expression has. */
function startsStatement(tokens: readonly CodeToken[], at: number): boolean {
  return /^(?:var|let|const|if|for|while|return|switch|try|throw|break|continue)$/.test(
    tokens[at]?.raw ?? '',
  );
}

function isAssignedAfter(tokens: readonly CodeToken[], name: string, from: number): boolean {
  return tokens.some(({ raw }, at) => {
    if (raw !== name || at < from) return false;
    const before = tokens[at - 1]?.raw ?? '';
    const after = tokens[at + 1]?.raw ?? '';
    if (before === '.' || before === '?.') return false;
    return ASSIGNMENT.test(after) || /^(?:\+\+|--)$/.test(after) || /^(?:\+\+|--)$/.test(before);
  });
}

/** Indices of the braces around a token; the whole text when there are none. */
function blockAround(
  tokens: readonly CodeToken[],
  index: number,
): { readonly start: number; readonly end: number } {
  const start = seek(tokens, index, { step: -1, open: /^[)\]}]$/, close: /^[([{]$/ });
  const end = seek(tokens, index, { step: 1, open: /^[([{]$/, close: /^[)\]}]$/ });
  // A loop's head declares for its body too.
  return tokens[start]?.raw === '(' ? { start, end: bodyEnd(tokens, end) } : { start, end };
}

function seek(
  tokens: readonly CodeToken[],
  from: number,
  { step, open, close }: { readonly step: 1 | -1; readonly open: RegExp; readonly close: RegExp },
): number {
  let depth = 0;
  for (let at = from + step; at >= 0 && at < tokens.length; at += step) {
    const raw = tokens[at]?.raw ?? '';
    if (open.test(raw)) depth++;
    else if (close.test(raw) && depth-- === 0) return at;
  }
  return step > 0 ? tokens.length : -1;
}

function bodyEnd(tokens: readonly CodeToken[], headEnd: number): number {
  if (tokens[headEnd + 1]?.raw === '{') {
    return seek(tokens, headEnd + 1, { step: 1, open: /^[([{]$/, close: /^[)\]}]$/ });
  }
  const semicolon = tokens.findIndex(({ raw }, at) => at > headEnd && raw === ';');
  return semicolon < 0 ? tokens.length : semicolon;
}
