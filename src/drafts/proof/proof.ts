import { compareComments } from './commentDifferences';
import { DifferenceList } from './differenceList';
import { compareGaps } from './gapDifferences';
import { splitLines, withEol, withoutEol } from '../../text/lines';
import { type ParsedVersions, type ProofInput, parseVersions } from './parsedVersions';
import { type ProofClaim, type ProofResult, unproven } from './proofResult';
import type { CommentRules } from '../../syntax/commentRules';
import { compareOrders } from './orderDifferences';
import { languageOf } from '../../syntax/languages/languages';
import { compareTranslations } from './translationDifferences';
import type { TaskClaim } from '../../tasks/task';
import { compareStructure, compareTokens, isCode } from './tokenDifferences';

/**
 * Proves of a docstring draft that comments and documentation are all that differs.
 *
 * Verified: code tokens, their blocks and the tree's shape are equal, and no comment is gone but
 * documentation that has a new text. Removing the added comments gives the original, byte for byte
 * but for line endings; where it does not, the claim says that layout differs as well.
 */
export function proveDocstring(input: ProofInput): Promise<ProofResult> {
  return proveComments(input, 'only-comments-added', compareComments);
}

/**
 * Proves of a draft with translated comments that each comment is where it was and what it was, in
 * other words, and that code and white space are the same.
 */
export function proveTranslation(input: ProofInput): Promise<ProofResult> {
  return proveComments(input, 'only-comments-changed', compareTranslations);
}

/** @param compare what compares the comments of versions whose code is the same. */
function proveComments(
  input: ProofInput,
  claim: ProofClaim,
  compare: typeof compareComments,
): Promise<ProofResult> {
  const rules = languageOf(input.languageId)?.comments ?? NO_COMMENTS;
  // In a language without comments there is nothing that could be right.
  if (rules.documentation === null)
    return Promise.resolve(unproven('no-grammar', isKeptLineByLine(input.base, input.proposed)));
  return prove(input, claim, (versions, found) => {
    const before = versions.base.lexemes.filter(isCode);
    const after = versions.proposed.lexemes.filter(isCode);
    compareTokens({ versions, languageId: input.languageId, before, after }, found);
    // Only what has the same code can be compared comment by comment.
    if (found.total > 0) return 'only-comments-and-layout-changed';
    compareStructure(versions, found);
    if (found.total === 0) compareGaps(versions, isCode, found);
    compareOrders(versions, rules, found);
    return compare(versions, rules, found);
  });
}

/** Proves of an edit what its task claims. */
export const PROOFS: Readonly<Record<TaskClaim, (input: ProofInput) => Promise<ProofResult>>> = {
  'comments-added': proveDocstring,
  'comments-changed': proveTranslation,
  'layout-changed': proveReformat,
};

/**
 * Proves of a reformat draft that white space is all that differs: the same tokens and comments in
 * the same order, the same blocks and the same shape of the tree. Indentation inside comments and
 * docstrings does not count.
 *
 * A formatter may add commas or change quotes on purpose: that is `changed`, and the differences and
 * counts say what.
 */
export function proveReformat(input: ProofInput): Promise<ProofResult> {
  return prove(input, 'only-layout-changed', (versions, found) => {
    const before = versions.base.lexemes;
    const after = versions.proposed.lexemes;
    compareTokens({ versions, languageId: input.languageId, before, after }, found);
    // The shape ignores commas, semicolons and quotes, but follows from parentheses and code.
    const isComparable = found.counts.code === 0 && found.counts.otherPunctuation === 0;
    if (isComparable) compareStructure(versions, found);
    if (found.total === 0) compareGaps(versions, ({ kind }) => kind !== 'comment', found);
    if (isComparable) compareOrders(versions, languageOf(input.languageId)?.comments, found);
    return 'only-layout-changed';
  });
}

const NO_COMMENTS: CommentRules = { documentation: null };

/** Adds differences to `found`; returns the claim if all that is found is allowed by it. */
type Comparison = (versions: ParsedVersions, found: DifferenceList) => ProofClaim;

/** @param claim what holds of a text in which nothing changed. */
async function prove(
  input: ProofInput,
  claim: ProofClaim,
  compare: Comparison,
): Promise<ProofResult> {
  // Nothing has to be read for that.
  if (withEol(input.base, '\n') === withEol(input.proposed, '\n')) {
    return { verdict: 'verified', claim, differences: [], differenceCount: 0, keepsAllLines: true };
  }
  const keepsAllLines = isKeptLineByLine(input.base, input.proposed);
  const parsed = await parseVersions(input);
  if (parsed.kind === 'unparsed') return unproven(parsed.reason, keepsAllLines);
  const found = new DifferenceList();
  const proven = compare(parsed, found);
  const { looseComments } = found;
  const rest = {
    differences: found.listed,
    differenceCount: found.total,
    keepsAllLines,
    ...(looseComments > 0 ? { looseComments } : {}),
  };
  const { counts } = found;
  const { structure, ...certain } = counts;
  if (Object.values(certain).some((count) => count > 0)) {
    return { verdict: 'changed', claim: null, counts, ...rest };
  }
  const isBaseClear = !parsed.base.tree.hasErrors;
  // The shape of a tree with errors says nothing, except when the draft itself brought the errors.
  if (structure > 0 && isBaseClear) return { verdict: 'changed', claim: null, counts, ...rest };
  const isClear = isBaseClear && !parsed.proposed.tree.hasErrors;
  const reason = !isClear
    ? 'syntax-errors'
    : found.hasWhiteSpace
      ? 'white-space'
      : looseComments > 0
        ? 'no-declaration'
        : null;
  if (reason !== null) return { verdict: 'unverified', claim: null, reason, ...rest };
  return { verdict: 'verified', claim: proven, ...rest };
}

/** Whether all lines of the original are in the proposed text, in order and unchanged. */
function isKeptLineByLine(base: string, proposed: string): boolean {
  const proposedLines = splitLines(proposed).map(withoutEol);
  let next = 0;
  for (const line of splitLines(base).map(withoutEol)) {
    const at = proposedLines.indexOf(line, next);
    if (at === -1) return false;
    next = at + 1;
  }
  return true;
}
