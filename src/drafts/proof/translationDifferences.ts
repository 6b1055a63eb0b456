import { type CommentRules, isOrder } from '../../syntax/commentRules';
import type { DifferenceList } from './differenceList';
import type { Lexeme, ParsedText, ParsedVersions } from './parsedVersions';
import type { ProofClaim } from './proofResult';
import { isCode } from './tokenDifferences';

/**
 * Compares comment by comment two versions whose code lexemes are equal, and adds a difference for
 * each one that is more than the same comment in other words: one that came or went, is marked as
 * another kind of comment, or is acted on by a compiler or a tool, before or after.
 *
 * @returns what may be claimed if nothing is found.
 */
export function compareTranslations(
  versions: ParsedVersions,
  rules: CommentRules,
  found: DifferenceList,
): ProofClaim {
  const { base, proposed } = versions;
  const before = base.lexemes;
  const after = proposed.lexemes;
  // With equal code, comments of equal number in each gap stand at the same places in both lists.
  const isAligned =
    before.length === after.length &&
    before.every((lexeme, index) => isCode(lexeme) === isCode(after[index] ?? lexeme));
  if (!isAligned) {
    addUnaligned(versions, found);
    return 'only-comments-and-layout-changed';
  }
  after.forEach((fresh, index) => {
    const old = before[index];
    if (!old || isCode(fresh) || old.source === fresh.source) return;
    const kind = differenceOf(versions, { old, fresh }, rules);
    if (kind !== null)
      found.add({ kind, ...placeOf(proposed, fresh), before: old.source, after: fresh.source });
  });
  compareBlockOrders(versions, rules, found);
  return withoutCommentText(base) === withoutCommentText(proposed)
    ? 'only-comments-changed'
    : 'only-comments-and-layout-changed';
}

/** Null when the comment says something else and is the same otherwise. */
function differenceOf(
  { base, proposed }: ParsedVersions,
  { old, fresh }: { readonly old: Lexeme; readonly fresh: Lexeme },
  rules: CommentRules,
): 'comment' | 'directive' | null {
  if (old.kind !== fresh.kind || markOf(old.source) !== markOf(fresh.source)) return 'comment';
  const isTooled =
    isActedUpon(base, old, rules) ||
    isActedUpon(proposed, fresh, rules) ||
    tagsOf(old.source) !== tagsOf(fresh.source);
  return isTooled ? 'directive' : null;
}

function isActedUpon(parsed: ParsedText, comment: Lexeme, rules: CommentRules): boolean {
  const { source, start, end } = comment;
  if (isOrder(source, rules)) return true;
  const line = parsed.lineOf(start);
  if (line <= 2 && parsed.lineOf(0) === 1) {
    if (rules.firstLineOrders?.test(source) || rules.leadingLines?.test(source)) return true;
  }
  if (!rules.codeBelow) return false;
  const next = parsed.lexemes.find((lexeme) => lexeme.start >= end && isCode(lexeme));
  if (!next) return false;
  const lineEnd = parsed.text.indexOf('\n', next.start);
  return rules.codeBelow.test(parsed.text.slice(next.start, lineEnd === -1 ? undefined : lineEnd));
}

/** What a tool reads as a block stays to the letter, and words become none. */
function compareBlockOrders(
  { base, proposed }: ParsedVersions,
  { hasBlockOrders }: CommentRules,
  found: DifferenceList,
): void {
  if (!hasBlockOrders) return;
  const old = runsOf(base);
  runsOf(proposed).forEach(({ source, first }, index) => {
    const was = old[index]?.source ?? '';
    if (was === source || !(hasBlockOrders(was) || hasBlockOrders(source))) return;
    found.add({ kind: 'directive', ...placeOf(proposed, first), before: was, after: source });
  });
}

/** Comments in a row without code between, which may be one documentation. */
function runsOf({ lexemes }: ParsedText): { readonly source: string; readonly first: Lexeme }[] {
  const runs: { source: string; first: Lexeme }[] = [];
  let isOpen = false;
  for (const lexeme of lexemes) {
    const run = runs.at(-1);
    if (isCode(lexeme)) isOpen = false;
    else if (isOpen && run) run.source += `\n${lexeme.source}`;
    else {
      runs.push({ source: lexeme.source, first: lexeme });
      isOpen = true;
    }
  }
  return runs;
}

function addUnaligned({ base, proposed }: ParsedVersions, found: DifferenceList): void {
  const [old, fresh] = [base, proposed].map(({ lexemes }) =>
    lexemes.filter((each) => !isCode(each)),
  );
  const known = new Set(old?.map(({ source }) => source));
  const first = fresh?.find(({ source }) => !known.has(source));
  found.add({
    kind: 'comment',
    line: first ? placeOf(proposed, first).line : 1,
    before: '',
    after: first?.source ?? '',
  });
}

function placeOf(parsed: ParsedText, { start }: Lexeme): { readonly line: number } {
  return { line: Math.max(1, parsed.lineOf(start)) };
}

/** The characters that make a comment of it, with what tells documentation from a note. */
function markOf(source: string): string {
  const open = /^(?:[a-zA-Z]{0,2}(?:"""|'''|"|')|[^\p{L}\p{N}\s]+)/u.exec(source)?.[0] ?? '';
  const close = /(?:\*+\/|-->|"""|'''|"|')$/.exec(source)?.[0] ?? '';
  // A block of one line may become one of several, and the stars with it.
  return open.startsWith('/*') ? `${open.slice(0, 3)} ${close.slice(-2)}` : `${open} ${close}`;
}

/** Tags behind which a name stands, perhaps with a type in one of the languages' forms. */
const NAMED_TAG =
  /[@\\](?:t?param|arg(?:ument)?|prop(?:erty)?|typedef|callback|template|var|link(?:code|plain)?)\b(?:\[[\w, ]*\])?(?:\s+\{[^}]*\})?(?:[ \t]+[^\s*{|}]+)?(?:[ \t]+\$\w+)?/;
const TAG = /@[A-Za-z][\w-]*(?:\s+\{[^}]*\}|[ \t]+\[[^\]\n]*\])?/;
const FIELD = /:(?:param|type|raises|returns?|rtype)\b[^:\n]*:/;
const ELEMENT = /<\/?[A-Za-z][\w-]*(?:[ \t][^>\n]*)?>/;
const TAGS = new RegExp(
  [NAMED_TAG, TAG, FIELD, ELEMENT].map(({ source }) => source).join('|'),
  'g',
);

/** What tools read in documentation: tags with their types and names, and links. */
function tagsOf(source: string): string {
  return (source.match(TAGS) ?? []).join(' ').replace(/[\s*]+/g, ' ');
}

/** The text with a dot in place of each comment, so that all white space around it counts. */
function withoutCommentText({ text, lexemes }: ParsedText): string {
  const parts: string[] = [];
  let position = 0;
  for (const lexeme of lexemes) {
    if (isCode(lexeme)) continue;
    parts.push(text.slice(position, lexeme.start), '·');
    position = lexeme.end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}
