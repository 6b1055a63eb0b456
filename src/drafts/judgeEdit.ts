import { openDeclarations } from '../syntax/openDeclarations';
import type { SyntaxService } from '../syntax/syntax';
import type { LanguageComments } from '../syntax/commentStyle';
import type { Insertion, TaskClaim } from '../tasks/task';
import { fitProposal } from '../text/fitProposal';
import { type SkippedInsertion, writeDocstrings } from './docstring/docstringWriter';
import { isHarmlessSkip } from './docstring/docstringPlacement';
import { proveClaim } from './proof/proveClaim';
import type { ChangeCounts, ProofResult } from './proof/proofResult';

/** What a model answered for an edit. */
export type EditAnswer =
  | { readonly format: 'replacement'; readonly text: string }
  | { readonly format: 'insertions'; readonly insertions: readonly Insertion[] };

/** The text that an edit is of, with all that it is written and proven by. */
export interface EditPlace {
  readonly base: string;
  readonly languageId: string;
  readonly syntax: SyntaxService;
  /** The document's line ending. */
  readonly eol: string;
  /** The rest of the document, so that the grammar sees a whole file. */
  readonly context?: { readonly before: string; readonly after: string };
  /** The editor's configuration, for a language without rules of our own. */
  readonly comments?: LanguageComments;
}

export interface WrittenEdit {
  readonly text: string;
  /** Docstrings that were left out; lines are those that the answer names. */
  readonly skipped: readonly SkippedInsertion[];
}

/** Writes an answer into its place. */
export async function writeEdit(answer: EditAnswer, place: EditPlace): Promise<WrittenEdit> {
  if (answer.format === 'replacement') {
    return { text: fitProposal(place.base, answer.text, place.eol), skipped: [] };
  }
  return writeDocstrings({ ...place, insertions: answer.insertions });
}

/** Whether an edit keeps what its task claims, judged by nothing but the grammar. */
export type EditVerdict =
  | { readonly isVerified: true; readonly proof: ProofResult }
  | {
      readonly isVerified: false;
      /** For a model, in English: kinds, counts and lines, nothing of the text itself. */
      readonly reason: string;
      /** Null when the edit was not even tried to prove. */
      readonly proof: ProofResult | null;
    };

/**
 * Judges an answer as a whole: every docstring has its place, something is documented, and the
 * proof of what the task claims holds.
 */
export async function judgeEdit(
  answer: EditAnswer,
  place: EditPlace,
  claim: TaskClaim,
): Promise<EditVerdict> {
  const { text, skipped } = await writeEdit(answer, place);
  const misplaced = skipped.filter(({ reason }) => !isHarmlessSkip(reason));
  if (misplaced.length > 0) {
    return refused(`no comment can stand at ${linesText(misplaced.map(({ line }) => line))}`);
  }
  // A worker that does nothing is not proven right by having changed nothing, unless there was
  // nothing to do.
  if (claim !== 'layout-changed' && text === place.base && !(await isDone(place, claim))) {
    return refused(NOTHING_DONE[claim]);
  }
  const { base, languageId, syntax, context } = place;
  const proof = await proveClaim(claim, {
    base,
    proposed: text,
    languageId,
    syntax,
    ...(context ? { context } : {}),
  });
  return proof.verdict === 'verified'
    ? { isVerified: true, proof }
    : { isVerified: false, reason: reasonOf(proof), proof };
}

const NOTHING_DONE = {
  'comments-added': 'no comment was written',
  'comments-changed': 'no comment was translated',
} as const;

/** Whether everything that could be documented is. */
async function isDone(place: EditPlace, claim: TaskClaim): Promise<boolean> {
  if (claim !== 'comments-added') return false;
  const { base, languageId, syntax, context } = place;
  const { before, after } = context ?? { before: '', after: '' };
  const tree = await syntax.parse(languageId, before + base + after);
  if (!tree || tree.hasErrors) return false;
  const end = before.length + base.length;
  return !openDeclarations(tree).some(({ start }) => start >= before.length && start < end);
}

function refused(reason: string): EditVerdict {
  return { isVerified: false, reason, proof: null };
}

/** How many lines a reason names. */
const MAX_LINES = 8;

function reasonOf(proof: Exclude<ProofResult, { verdict: 'verified' }>): string {
  const lines = [...new Set(proof.differences.map(({ line }) => line))];
  const where = lines.length === 0 ? '' : ` at ${linesText(lines)}`;
  if (proof.verdict === 'unverified') {
    if (proof.reason === 'no-declaration') {
      return `comments stand at no declaration: ${proof.looseComments ?? 1}`;
    }
    return proof.reason === 'syntax-errors'
      ? `the grammar cannot read the result${where}`
      : 'the grammar cannot read this language';
  }
  const kinds = (Object.keys(COUNTED) as (keyof ChangeCounts)[])
    .filter((kind) => proof.counts[kind] > 0)
    .map((kind) => `${proof.counts[kind]} ${COUNTED[kind]}`);
  return `more than was asked for changed: ${kinds.join(', ')}${where}`;
}

const COUNTED: Readonly<Record<keyof ChangeCounts, string>> = {
  code: 'changes of code',
  structure: 'changes of structure',
  comments: 'comments changed or lost',
  directives: 'comments that speak to a tool',
  trailingCommasAdded: 'trailing commas added',
  trailingCommasRemoved: 'trailing commas removed',
  semicolonsAdded: 'semicolons added',
  semicolonsRemoved: 'semicolons removed',
  quotesChanged: 'quotes changed',
  otherPunctuation: 'changes of punctuation',
};

function linesText(lines: readonly number[]): string {
  const shown = lines.slice(0, MAX_LINES).join(', ');
  const more = lines.length > MAX_LINES ? ', …' : '';
  return `${lines.length === 1 ? 'line' : 'lines'} ${shown}${more}`;
}

/** Whether a proof can hold there at all: the grammar knows the language and reads the text. */
export async function isProvable({
  base,
  languageId,
  syntax,
  context,
}: EditPlace): Promise<boolean> {
  try {
    const { before, after } = context ?? { before: '', after: '' };
    const tree = await syntax.parse(languageId, before + base + after);
    return tree !== null && !tree.hasErrors;
  } catch {
    return false;
  }
}
