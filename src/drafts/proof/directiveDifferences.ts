import { type CommentRules, isOrder } from '../../syntax/commentRules';
import type { DifferenceList } from './differenceList';
import type { Lexeme, ParsedText, ParsedVersions } from './parsedVersions';

/** What came and went before one code lexeme of the proposed text. */
export interface CommentPlace {
  readonly added: readonly Lexeme[];
  /** Documentation that got a new text. */
  readonly updated: readonly Lexeme[];
  /** The code that follows; absent at the end. */
  readonly next: Lexeme | undefined;
}

/**
 * Adds a difference for documentation that a tool acted on and whose words are others now, and for
 * one that a tool reads as a block. Counts comments that stand at no declaration.
 */
export function compareDirectives(
  { proposed }: ParsedVersions,
  place: CommentPlace,
  { rules, found }: { readonly rules: CommentRules; readonly found: DifferenceList },
): void {
  const { added, updated, next } = place;
  if (added.length === 0) return;
  for (const { source } of updated) {
    if (!isOrder(source, rules)) continue;
    const line = lineOf(proposed, added[0] ?? next);
    found.add({ kind: 'directive', line, before: source, after: added[0]?.source ?? '' });
  }
  const [first] = added;
  // Line comments in a row are one documentation.
  const joined = joinedSource(added);
  if (first && isDeprecated(joined) !== isDeprecated(joinedSource(updated))) {
    const before = joinedSource(updated);
    found.add({ kind: 'directive', line: lineOf(proposed, first), before, after: joined });
  }
  if (first && rules.hasBlockOrders?.(joined)) {
    found.add({ kind: 'directive', line: lineOf(proposed, first), before: '', after: joined });
  }
  const standsAlone = added.some((each) => each.kind === 'comment' && isAlone(proposed, each));
  if (standsAlone && !startsDeclaration(proposed, next)) found.looseComments++;
}

/** Compilers and editors warn of what documentation says this of. */
function isDeprecated(documentation: string): boolean {
  return /[@\\]deprecated\b/.test(documentation);
}

function joinedSource(comments: readonly Lexeme[]): string {
  return comments.map(({ source }) => source).join('\n');
}

/** Whether a comment begins its line: behind code it is about that. */
function isAlone({ text }: ParsedText, { start }: Lexeme): boolean {
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
}

function lineOf(proposed: ParsedText, lexeme: Lexeme | undefined): number {
  return lexeme ? Math.max(1, proposed.lineOf(lexeme.start)) : 1;
}

/** Whether a declaration begins here; true where the grammar knows of none at all. */
function startsDeclaration({ tree }: ParsedText, next: Lexeme | undefined): boolean {
  const all = [...tree.declarations, ...tree.members];
  if (all.length === 0) return true;
  const at = next?.start ?? -1;
  // What an enumeration lists is not always a declaration of its own to the grammar.
  return all.some(
    ({ kind, start, end }) => start === at || (kind === 'enum' && start < at && at < end),
  );
}
