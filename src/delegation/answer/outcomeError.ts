import { DelegateError } from '../../common/delegateError';
import type { AnswerProblem } from '../run/readingNotes';

/**
 * Why an answer that came is not a result.
 *
 * - `outcome-missing`: a worker finished, but the stream carried no outcome. Running integrated helps.
 * - `outcome-failed`: the worker behind a marker failed; `workerMessage` is the API's reason.
 * - `outcome-unknown`: a marker names no task of this run, or one that was never delegated.
 * - `outcome-not-accepted`: the orchestrator accepted some parts and left out others.
 * - `answer-missing`: the run ended without any text.
 * - `answer-empty`: there is an answer, and nothing in it.
 * - `answer-ambiguous`: code and prose cannot be told apart without guessing.
 * - `answer-invalid`: not the JSON that was asked for; `problems` tells where.
 * - `answer-elided`: code with a remark in place of a part of it, such as "rest unchanged".
 * - `answer-is-diff`: a diff, a patch or search and replace blocks in place of the code.
 * - `answer-is-remark`: words in place of the code; `explanation` has them.
 * - `answer-cut-short`: an output limit was reached before the end.
 * - `answer-unfinished`: the answer ended with a word that is not known to mean a whole one.
 * - `answer-filtered`: a content filter stopped the answer.
 * - `answer-declined`: the answer says that the job cannot be done; `explanation` is that.
 * - `schema-invalid`: the JSON Schema to check against is not valid.
 */
export type OutcomeErrorCode =
  | 'outcome-missing'
  | 'outcome-failed'
  | 'outcome-unknown'
  | 'outcome-not-accepted'
  | 'answer-missing'
  | 'answer-empty'
  | 'answer-ambiguous'
  | 'answer-invalid'
  | 'answer-elided'
  | 'answer-is-diff'
  | 'answer-is-remark'
  | 'answer-cut-short'
  | 'answer-unfinished'
  | 'answer-filtered'
  | 'answer-declined'
  | 'schema-invalid';

export interface OutcomeErrorDetails {
  /** Our name of the task concerned. */
  readonly taskName?: string | null;
  readonly problems?: readonly AnswerProblem[];
  /** The API's words for a failed worker. It may quote the request, so it is never logged. */
  readonly workerMessage?: string | null;
  /** What was said instead, of a declined job or as a remark. Content: for the user alone. */
  readonly explanation?: string | null;
  /** Whether all outcomes arrived all the same, so that they can be offered. */
  readonly hasAllOutcomes?: boolean;
}

const MESSAGES: Readonly<Record<OutcomeErrorCode, string>> = {
  'outcome-missing':
    'A worker finished, but the stream carried no outcome. Run it again with delegate.answer set to integrated.',
  'outcome-failed': 'A worker failed. Run it again, or choose another worker model.',
  'outcome-unknown': 'The answer names a delegation that this run did not have. Run it again.',
  'outcome-not-accepted': 'The orchestrator did not accept the outcome of every part.',
  'answer-missing': 'The run ended without an answer. Run it again.',
  'answer-empty': 'The answer is empty. Run it again, or choose another model.',
  'answer-ambiguous': 'It cannot be told which part of the answer is the code.',
  'answer-invalid': 'The answer is not the JSON that was asked for.',
  'answer-elided': 'The answer leaves out a part of the code.',
  'answer-is-diff': 'The answer is a diff, not the whole new code.',
  'answer-is-remark': 'The answer is a remark, not the new code.',
  'answer-cut-short':
    'The answer was cut off at a token limit. Raise delegate.worker.maxCompletionTokens or select less text.',
  'answer-unfinished': 'The answer was not finished. Run it again.',
  'answer-filtered': 'A content filter stopped the answer.',
  'answer-declined': 'The model says that the job cannot be done.',
  'schema-invalid': 'The JSON Schema for the answer is not valid.',
};

/** An answer that cannot be used. What came is kept in the run's result and shown as it is. */
export class OutcomeError extends DelegateError {
  readonly code: OutcomeErrorCode;
  readonly taskName: string | null;
  readonly problems: readonly AnswerProblem[];
  readonly workerMessage: string | null;
  readonly explanation: string | null;
  readonly hasAllOutcomes: boolean;

  constructor(code: OutcomeErrorCode, details: OutcomeErrorDetails = {}) {
    super(MESSAGES[code]);
    this.code = code;
    this.taskName = details.taskName ?? null;
    this.problems = details.problems ?? [];
    this.workerMessage = details.workerMessage ?? null;
    this.explanation = details.explanation ?? null;
    this.hasAllOutcomes = details.hasAllOutcomes ?? false;
  }
}
