import { declaredName } from '../../plan/declaredName';
import type { Insertion } from '../../../tasks/task';
import { type LexicalToken, scanTokens } from '../../../text/lexical';
import { lineAt, lineStarts } from '../../../text/lines';
import { findShortestDiff } from '../../../text/shortestDiff';
import { commentWords } from './commentWords';
import type { InsertionPlace } from './insertionEntries';

/** Share of an answer's code that has to be the selection's, so that its comments can be placed. */
const MIN_SHARE = 0.8;
/** In less code words may have all of it in their order. */
const MIN_TOKENS = 12;
/** So far after a comment its code is looked for. */
const LOOK_AHEAD = 12;

/** A text with its tokens, comments and documentation strings apart from code. */
interface Scanned {
  readonly text: string;
  readonly starts: readonly number[];
  readonly code: readonly LexicalToken[];
  readonly comments: readonly Comment[];
}

interface Comment {
  readonly words: string;
  /** Whether it is a string below a signature, as in Python. */
  readonly isInside: boolean;
  readonly isDocumentation: boolean;
  /** How many tokens of code come before it. */
  readonly index: number;
  /** Offset of its first character. */
  readonly start: number;
}

/**
 * Takes the comments out of an answer that is the selection's code with comments in it, or a part of
 * that. Anything else that the model changed is dropped: only comments that the code did not have.
 *
 * @returns null when the answer is not such code.
 */
export function readCommentedCode(
  answer: string,
  code: string,
  place: InsertionPlace,
): readonly Insertion[] | null {
  const base = scan(code, place.languageId);
  const changed = scan(answer, place.languageId);
  if (changed.code.length < 2 || changed.comments.length === 0) return null;
  const matches = matchCode(base, changed);
  if (!matches) return null;
  // What was added to all of the code, such as types, is dropped.
  const isAllThere = matches.size >= base.code.length && base.code.length >= MIN_TOKENS;
  if (!isAllThere && matches.size < changed.code.length * MIN_SHARE) return null;
  const known = new Set(base.comments.map(({ words }) => plain(words)));
  const added = changed.comments.filter(({ words }) => words !== '' && !known.has(plain(words)));
  const hasDocumentation = added.some((comment) => comment.isDocumentation);
  const insertions: Insertion[] = [];
  for (const comment of added) {
    const inner = {
      ...comment,
      isInside: comment.isInside || isFirstInBody(comment, changed, place),
    };
    const line = lineFor(inner, { base, changed, matches });
    if (line === null) continue;
    const shifted = line + place.first - 1;
    const isDeclared =
      declaredName(code.split('\n')[line - 1] ?? '') !== null || place.names.isDeclaring(shifted);
    // Remarks inside of bodies were not asked for.
    if (!comment.isDocumentation && (hasDocumentation || !isDeclared)) continue;
    if (insertions.some((each) => each.line === shifted)) continue;
    insertions.push({ line: shifted, text: commentWords(comment.words, place.languageId).value });
  }
  return insertions.length === 0 ? null : insertions;
}

/** Whether a comment stands where documentation does in Python, right below a signature. */
function isFirstInBody(
  { index, start }: Comment,
  { text, starts, code }: Scanned,
  { languageId }: InsertionPlace,
): boolean {
  const last = code[index - 1];
  if (languageId !== 'python' || !last || text[last.start] !== ':') return false;
  const isNext = lineAt(starts, start) === lineAt(starts, last.start) + 1;
  const head = text.slice(starts[lineAt(starts, last.start)], last.start);
  return isNext && /^\s*(?:(?:async\s+)?def|class)\b|^\s*\)/.test(head);
}

function plain(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}

/** Which token of the base each token of the answer is, by index. */
function matchCode(base: Scanned, changed: Scanned): Map<number, number> | null {
  const texts = ({ text, code }: Scanned): string[] =>
    code.map((token) => text.slice(token.start, token.end));
  const before = texts(base);
  const after = texts(changed);
  const hunks = findShortestDiff(before, after, Math.min(4000, before.length + after.length));
  if (!hunks) return null;
  const matches = new Map<number, number>();
  let one = 0;
  let other = 0;
  for (const hunk of [
    ...hunks,
    {
      beforeStart: before.length,
      beforeEnd: before.length,
      afterStart: after.length,
      afterEnd: after.length,
    },
  ]) {
    for (; one < hunk.beforeStart && other < hunk.afterStart; one += 1, other += 1)
      matches.set(other, one);
    one = hunk.beforeEnd;
    other = hunk.afterEnd;
  }
  return matches;
}

/** One-based line of the base's code that a comment of the answer belongs to. */
function lineFor(
  comment: Comment,
  {
    base,
    changed,
    matches,
  }: {
    readonly base: Scanned;
    readonly changed: Scanned;
    readonly matches: ReadonlyMap<number, number>;
  },
): number | null {
  const first = comment.isInside ? signatureStart(changed, comment.index) : comment.index;
  const last = comment.isInside ? comment.index : first + LOOK_AHEAD;
  for (let index = first; index < Math.min(last, changed.code.length); index += 1) {
    const token = base.code[matches.get(index) ?? -1];
    if (token) return lineAt(base.starts, token.start) + 1;
  }
  return comment.isInside && comment.index === 0 ? 1 : null;
}

/** The first token of the signature that a documentation string stands below. */
function signatureStart({ text, starts, code }: Scanned, index: number): number {
  for (let at = index - 1; at >= 0; at -= 1) {
    const token = code[at];
    if (!token) break;
    const isFirst =
      at === 0 || lineAt(starts, code[at - 1]?.start ?? 0) < lineAt(starts, token.start);
    if (isFirst && /^(?:def|class|async)$/.test(text.slice(token.start, token.end))) return at;
  }
  return index;
}

function scan(text: string, languageId: string): Scanned {
  const starts = lineStarts(text);
  const code: LexicalToken[] = [];
  const comments: Comment[] = [];
  let group: LexicalToken[] = [];
  const close = (): void => {
    if (group.length > 0) comments.push(describe(text, group, code.length));
    group = [];
  };
  const lineOf = (offset: number): number => lineAt(starts, offset);
  for (const token of scanTokens(text, languageId)) {
    const isComment = token.kind === 'comment';
    const previous = code.at(-1);
    const isFirst = /^[ \t]*$/.test(text.slice(starts[lineOf(token.start)], token.start));
    if (languageId === 'python' && isDocString(text, token, { isFirst, previous })) {
      close();
      comments.push(describe(text, [token], code.length));
    } else if (!isComment) {
      close();
      code.push(token);
    } else if (isFirst) {
      const last = group.at(-1);
      const follows = last && lineOf(token.start) - lineOf(last.end - 1) <= 1;
      if (last && (!follows || text.startsWith('/*', token.start))) close();
      group.push(token);
    }
  }
  close();
  return { text, starts, code, comments };
}

function isDocString(
  text: string,
  token: LexicalToken,
  { isFirst, previous }: { readonly isFirst: boolean; readonly previous: LexicalToken | undefined },
): boolean {
  if (
    token.kind !== 'string' ||
    !isFirst ||
    !/^(?:"""|''')/.test(text.slice(token.start, token.start + 3))
  )
    return false;
  return !previous || text[previous.start] === ':';
}

function describe(text: string, tokens: readonly LexicalToken[], index: number): Comment {
  const raw = tokens.map((token) => text.slice(token.start, token.end)).join('\n');
  const isInside = tokens[0]?.kind === 'string';
  return {
    words: wordsOf(raw),
    isInside,
    isDocumentation: isInside || /^(?:\/\*\*|\/\/[/!]|#'|'''|---)/.test(raw),
    index,
    start: tokens[0]?.start ?? 0,
  };
}

/** The words of a comment without its characters. */
function wordsOf(raw: string): string {
  const block =
    /^(?:\/\*[*!]?|<!--|\(\*|\{-\|?|=begin|"""|''')([\s\S]*?)(?:\*\/|-->|\*\)|-\}|=end|"""|''')$/.exec(
      raw.trim(),
    );
  const isStarred = raw.trimStart().startsWith('/*');
  const lines = (block?.[1] ?? raw)
    .split('\n')
    .map((line) =>
      block
        ? isStarred
          ? line.replace(/^\s*\*(?!\/) ?/, '')
          : line
        : line.replace(/^\s*(?:\/\/[/!]?|#+'?|--+|;+|%+|''?'?) ?/, ''),
    );
  const indents = lines
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => line.search(/\S/));
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return lines
    .map((line, index) =>
      (index === 0
        ? line.trimStart()
        : line.slice(Math.min(common, line.search(/\S|$/)))
      ).trimEnd(),
    )
    .join('\n')
    .trim();
}
