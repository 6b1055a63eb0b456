import type { Outcome, RunResult } from '../../delegation/run/run';
import { OutcomeError } from '../../delegation/answer/outcomeError';
import { writeEdit } from '../../drafts/judgeEdit';
import type { ProofResult } from '../../drafts/proof/proofResult';
import type { SyntaxService } from '../../syntax/syntax';
import type { Eol } from '../../text/lines';
import { type BatchJob, judgementOf } from '../job';
import { proveClaim } from '../../drafts/proof/proveClaim';
import type { FilePart } from './parts';

/** What an answer gives for its part of a file. */
export type Piece =
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly text: string; readonly value: unknown };

/** An answer that was looked at. */
export type Judged =
  | {
      readonly ok: true;
      readonly piece: Piece;
      readonly standing: 'verified' | 'unread' | 'unchanged';
    }
  | {
      readonly ok: false;
      /** What is wrong, in words for the writer of the next answer. May quote the file. */
      readonly objection: string;
      /** The same as a word, for journal and summary. */
      readonly code: string;
      /** Null when the answer could not be read. */
      readonly piece: Piece | null;
    };

export interface JudgeContext {
  readonly job: BatchJob;
  readonly syntax: SyntaxService;
  readonly eol: Eol;
  /** Whether every secret that was masked is in its place again. */
  readonly isIntact: boolean;
}

/** Judges a completed run's outcome, or says why a failed one has none. */
export async function judge(
  part: FilePart,
  result: RunResult,
  context: JudgeContext,
): Promise<Judged> {
  const { outcome, error } = result;
  if (!outcome) return unread(error?.code ?? 'failed', objectionTo(error));
  const piece = await pieceOf(part, outcome, context);
  if (piece.kind !== 'edit') {
    const isChecked = judgementOf(context.job) === 'schema';
    return { ok: true, piece, standing: isChecked ? 'verified' : 'unread' };
  }
  if (!context.isIntact) {
    const objection = 'A word like MASKED_SECRET_… is missing, doubled or changed.';
    return { ok: false, code: 'secrets-changed', objection, piece: null };
  }
  return judgeEdit(part, piece, context);
}

/** Judges a part's new text. */
export async function judgeEdit(
  part: FilePart,
  piece: Piece & { kind: 'edit' },
  context: Pick<JudgeContext, 'job' | 'syntax'>,
): Promise<Judged> {
  const { task } = context.job;
  const isSame = piece.text === part.selection.text;
  if (isSame && task.answer === 'insertions') {
    return {
      ok: false,
      code: 'nothing-written',
      objection: 'No comment could be placed. Give the line of each declaration as numbered.',
      piece: null,
    };
  }
  if (isSame) return { ok: true, piece, standing: 'unchanged' };
  if (task.claim === undefined) return judgeUnproven(part, piece, context);
  const proof = await proveClaim(task.claim, {
    base: part.selection.text,
    proposed: piece.text,
    languageId: part.selection.languageId,
    syntax: context.syntax,
    context: { before: part.before, after: part.after },
  });
  if (proof.verdict === 'verified') return { ok: true, piece, standing: 'verified' };
  return { ok: false, code: `proof-${proof.verdict}`, objection: objectionOf(proof), piece };
}

/** Nothing proves a refactoring; but code that no longer parses is not one. */
async function judgeUnproven(
  part: FilePart,
  piece: Piece & { kind: 'edit' },
  { syntax }: Pick<JudgeContext, 'syntax'>,
): Promise<Judged> {
  const { languageId, text } = part.selection;
  const before = await syntax.parse(languageId, part.before + text + part.after).catch(() => null);
  const after = await syntax
    .parse(languageId, part.before + piece.text + part.after)
    .catch(() => null);
  if (before?.hasErrors === false && after?.hasErrors === true) {
    return {
      ok: false,
      code: 'syntax-errors',
      objection: 'The code does not parse any more.',
      piece,
    };
  }
  return { ok: true, piece, standing: 'unread' };
}

async function pieceOf(
  part: FilePart,
  outcome: Outcome,
  { syntax, eol }: JudgeContext,
): Promise<Piece> {
  const { text, languageId } = part.selection;
  switch (outcome.format) {
    case 'text':
    case 'file':
      return { kind: 'text', text: outcome.text };
    case 'json':
      return { kind: 'value', text: outcome.text, value: outcome.value };
    case 'replacement':
    case 'insertions': {
      const context = { before: part.before, after: part.after };
      const written = await writeEdit(outcome, { base: text, languageId, syntax, eol, context });
      return { kind: 'edit', text: written.text };
    }
  }
}

function unread(code: string, objection: string): Judged {
  return { ok: false, code, objection, piece: null };
}

/** Quotes in an objection are cut: a worker needs the place, not the text. */
const MAX_QUOTE = 80;

function objectionTo(error: RunResult['error']): string {
  if (!(error instanceof OutcomeError)) return 'It could not be read.';
  const [problem] = error.problems;
  return problem
    ? `${error.message} (${problem.path} ${problem.message.slice(0, MAX_QUOTE)})`
    : error.message;
}

function objectionOf(proof: ProofResult): string {
  if (proof.verdict === 'unverified') return 'The code cannot be parsed with it.';
  const [first] = proof.differences;
  if (!first) return 'It changes more than the task allows.';
  const quote = (text: string): string => JSON.stringify(text.slice(0, MAX_QUOTE));
  return `It changes code: near line ${first.line}, ${quote(first.before)} became ${quote(first.after)}.`;
}
