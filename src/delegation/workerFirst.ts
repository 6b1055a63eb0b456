import type { DelegateError } from '../common/delegateError';
import type { FinishReason } from '../openrouter/streamEvent';
import { OutcomeError, type OutcomeErrorCode } from './answer/outcomeError';
import {
  type AnswerContext,
  type AnswerPiece,
  outcomePiece,
  readAnswer,
} from './answer/readAnswer';
import type { Attempt } from './attempt';
import type { RunPorts } from './ports';
import { type Ending } from './result';
import { MAX_REASON } from './route/workerFirstRoute';
import type { PlannedTask } from './plan/plan';
import type { Outcome } from './run/run';
import { UnverifiedError } from './run/unverifiedError';

/** What became of asking the workers once. */
export type Asked =
  | { readonly kind: 'ended'; readonly ending: Ending }
  /** The answer is not taken: the next step may bring a better one. */
  | { readonly kind: 'rejected'; readonly error: DelegateError };

/**
 * Reads what the workers wrote and has it judged: by its schema, or by the proof.
 *
 * A request that fails ends the run like any other: it says nothing of the worker's answer, and the
 * orchestrator's worker would meet the same. An answer that is cut short, cannot be read or is not
 * proven is rejected.
 */
export async function judgeAnswers(
  attempts: readonly Attempt[],
  tasks: readonly PlannedTask[],
  { context, prove }: { readonly context: AnswerContext; readonly prove: RunPorts['prove'] },
): Promise<Asked> {
  const pieces: AnswerPiece[] = [];
  for (const [index, { state, rawAnswer }] of attempts.entries()) {
    if (state.phase === 'failed') return failed(state.error);
    const code = state.phase === 'ended' ? badEnd(state.finishReason) : 'answer-missing';
    if (code) return rejected(new OutcomeError(code));
    const task = tasks[index];
    if (task) pieces.push(outcomePiece(task, rawAnswer));
  }
  const outcome = await readAnswer(pieces, context);
  if (!(outcome instanceof OutcomeError)) return judge(outcome, prove);
  // No answer can conform to a schema that cannot be read.
  return outcome.code === 'schema-invalid' ? failed(outcome) : rejected(outcome);
}

async function judge(outcome: Outcome, prove: RunPorts['prove']): Promise<Asked> {
  // Whatever had to be left out is a fault of the answer, even where the rest can be proven.
  const { leftOut: problems = [] } = outcome;
  if (problems.length > 0) return rejected(new OutcomeError('answer-invalid', { problems }));
  if (outcome.format === 'json') return completed(outcome, 'schema');
  const verdict = await proveSafely(outcome, prove);
  return verdict.isVerified
    ? completed(outcome, 'proof')
    : rejected(new UnverifiedError(verdict.reason, verdict.words));
}

/** A proof that breaks down proves nothing. */
async function proveSafely(
  outcome: Outcome,
  prove: RunPorts['prove'],
): ReturnType<NonNullable<RunPorts['prove']>> {
  try {
    return (await prove?.(outcome)) ?? { isVerified: false, reason: 'it could not be checked' };
  } catch {
    return { isVerified: false, reason: 'it could not be checked' };
  }
}

function badEnd({ unified, raw }: FinishReason): OutcomeErrorCode | null {
  switch (unified) {
    case 'length':
      return 'answer-cut-short';
    case 'content-filter':
      return 'answer-filtered';
    case 'tool-calls':
      return 'answer-missing';
    case 'other':
      // A word that is not known to mean a whole answer.
      return raw === null ? null : 'answer-unfinished';
    default:
      return null;
  }
}

/** Why an answer was not taken, for the next model, which sees the selection or an outline of it. */
export function reasonFor(error: DelegateError): string {
  const reason =
    error instanceof UnverifiedError
      ? error.reason
      : [error.message, ...problemsOf(error)].join(' ');
  return reason.replace(/\s+/g, ' ').slice(0, MAX_REASON);
}

/** Most characters of advice that go into a prompt. */
const MAX_ADVICE = 800;

/** What an orchestrator advises, on one line. */
export function adviceIn(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_ADVICE);
}

function problemsOf(error: DelegateError): string[] {
  if (!(error instanceof OutcomeError)) return [];
  return error.problems.map(({ path, message }) => `${path} ${message}`.trim());
}

function completed(outcome: Outcome, checkedBy: 'proof' | 'schema'): Asked {
  return { kind: 'ended', ending: { status: 'completed', outcome, error: null, checkedBy } };
}

function failed(error: DelegateError): Asked {
  return { kind: 'ended', ending: { status: 'failed', outcome: null, error } };
}

function rejected(error: DelegateError): Asked {
  return { kind: 'rejected', error };
}
