import type { Code, CodeToken } from '../code';
import type { Refactor } from './refactor';
import { CannotDoError } from '../workerJob';
import { applyEdits } from './edits';

const REQUEST =
  /\brenam\w*\s+(?:(?:the|method|function|variable|class|parameter|field|type|constant)\s+)*[`'"]?([A-Za-z_$][\w$]*)[`'"]?\s+(?:to|into|as)\s+[`'"]?([A-Za-z_$][\w$]*)/i;
const GERMAN =
  /[`'"„]?([A-Za-z_$][\w$]*)[`'"“]?\s+(?:in|zu)\s+[`'"„]?([A-Za-z_$][\w$]*)[`'"“]?\s+umbenennen/i;
const MEMBER_ACCESS: ReadonlySet<string> = new Set(['.', '?.', '->', '::']);

/** `Rename count to total`: every use of the identifier, none in strings or comments. */
export const rename: Refactor = (code, words) => {
  const [, from = '', to = ''] = REQUEST.exec(words) ?? GERMAN.exec(words) ?? [];
  if (from === '' || to === '') return null;
  const code_ = code.tokens.filter(({ kind }) => kind === 'code');
  const isMember = isDeclaredAsMember(code, from);
  const uses = code_.filter((token, index) => {
    if (token.raw !== from) return false;
    const isAccess = MEMBER_ACCESS.has(code_[index - 1]?.raw ?? '');
    return isMember || !isAccess || isOwnAccess(code_, index);
  });
  if (uses.length === 0) throw new CannotDoError('There is no such name in the selection.');
  if (code_.some(({ raw }) => raw === to))
    throw new CannotDoError('The new name is taken already.');
  return applyEdits(
    code.text,
    uses.map((token) => ({
      start: token.start,
      end: token.end,
      text: renamed(code, token, { from, to }),
    })),
  );
};

/** A shorthand property keeps its key: `{ count }` becomes `{ count: total }`. */
function renamed(
  code: Code,
  token: CodeToken,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  if (!/^(?:type|java)script/.test(code.languageId)) return to;
  const before = code.text.slice(0, token.start).trimEnd();
  const after = code.text.slice(token.end).trimStart();
  const isShorthand =
    /[{,]$/.test(before) &&
    /^[,}]/.test(after) &&
    isInObject(code, token) &&
    !isDeclaredAsMember(code, from);
  return isShorthand ? `${from}: ${to}` : to;
}

/** Whether the nearest open bracket is a brace that makes an object: after `=`, `(`, `return` and so on. */
function isInObject(code: Code, token: CodeToken): boolean {
  const before = code.tokens.filter(({ kind, end }) => kind === 'code' && end <= token.start);
  let depth = 0;
  for (let index = before.length - 1; index >= 0; index--) {
    const raw = before[index]?.raw ?? '';
    if (/^[)\]}]$/.test(raw)) depth++;
    if (!/^(?:[([{]|\$\{)$/.test(raw)) continue;
    if (depth > 0) depth--;
    else {
      const opener = before[index - 1]?.raw ?? '';
      return (
        raw === '{' && /^(?:[=(,:?[]|=>|return|const|let|var|\?\?|\|\||&&|\.\.\.)$/.test(opener)
      );
    }
  }
  return false;
}

function isDeclaredAsMember(code: Code, name: string): boolean {
  return (code.tree?.declarations ?? []).some(
    (declaration) =>
      declaration.name === name &&
      (declaration.kind === 'method' || (declaration.kind === 'variable' && declaration.depth > 0)),
  );
}

/** `self.count` and `this.count` may be a field that the selection sets without declaring it. */
function isOwnAccess(tokens: readonly CodeToken[], index: number): boolean {
  const owner = tokens[index - 2]?.raw;
  return owner === 'self' || owner === 'this' || owner === '@';
}
