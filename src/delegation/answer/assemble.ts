import type { FinishReason } from '../../openrouter/streamEvent';
import {
  type AnswerContext,
  type AnswerPiece,
  outcomePiece,
  ownPiece,
  readAnswer,
} from './readAnswer';
import { OutcomeError } from './outcomeError';
import type { OutcomeTable } from './outcomes';
import type { PlannedTask } from '../plan/plan';
import type { AnswerMode, Outcome } from '../run/run';
import type { AnswerSegment } from './splicer';

/** Everything that came of a run, at its end. */
export interface ArrivedAnswer {
  readonly segments: readonly AnswerSegment[];
  /** Whether a piece of a marker is in the text, see `Splicer`. */
  readonly hasDamagedMarker: boolean;
  readonly outcomes: OutcomeTable;
  readonly tasks: readonly PlannedTask[];
  readonly finishReason: FinishReason;
  readonly answerMode: AnswerMode;
}

/** An orchestrator's own text is taken for the whole answer from this share of the outcomes on. */
const OWN_ANSWER_SHARE = 0.5;

export interface AssembledAnswer {
  readonly result: Outcome | OutcomeError;
  /** What the orchestrator said besides the outcomes it accepted. */
  readonly notes: string;
}

/** Puts the result together from the orchestrator's text and the outcomes, or says why not. */
export async function assembleAnswer(
  arrived: ArrivedAnswer,
  context: AnswerContext,
): Promise<AssembledAnswer> {
  const cause = earlyEnd(arrived);
  if (cause) return { result: cause, notes: '' };
  const { segments } = arrived;
  if (arrived.hasDamagedMarker) return { result: new OutcomeError('outcome-unknown'), notes: '' };
  const accepted = segments.filter((segment) => segment.type === 'outcome');
  if (accepted.length === 0) return { result: await ownAnswer(arrived, context), notes: '' };
  const problem = markerProblem(arrived);
  if (problem) return { result: problem, notes: '' };
  if (context.task.answer === 'text') {
    return { result: await readAnswer([splicedText(arrived, context)], context), notes: '' };
  }
  const pieces = acceptedPieces(arrived);
  return {
    result: pieces instanceof OutcomeError ? pieces : await readAnswer(pieces, context),
    notes: ownText(segments).trim(),
  };
}

/** The orchestrator's text with outcomes in place of markers, as far as they are there. */
export function renderSegments(segments: readonly AnswerSegment[], outcomes: OutcomeTable): string {
  return segments
    .map((segment) => {
      if (segment.type === 'text') return segment.text;
      if (segment.type === 'refusal' || segment.type === 'note') return '';
      const outcome = outcomes.find(segment.taskName);
      return outcome.status === 'ok' ? outcome.text : '';
    })
    .join('');
}

/** Ends that are no answer, whatever has come. */
function earlyEnd({ segments, finishReason, outcomes }: ArrivedAnswer): OutcomeError | null {
  const refusal = segments.findIndex((segment) => segment.type === 'refusal');
  if (refusal >= 0) {
    const explanation = ownText(segments.slice(refusal)).trim();
    return new OutcomeError('answer-declined', { explanation });
  }
  const hasAllOutcomes = outcomes.isComplete;
  if (finishReason.unified === 'length') {
    return new OutcomeError('answer-cut-short', { hasAllOutcomes });
  }
  // A word that is not known to mean a whole answer; a stream that ends properly without one is.
  if (finishReason.unified === 'other' && finishReason.raw !== null) {
    return new OutcomeError('answer-unfinished', { hasAllOutcomes });
  }
  if (finishReason.unified === 'content-filter') {
    return new OutcomeError('answer-filtered', { hasAllOutcomes });
  }
  const hasMarker = segments.some((segment) => segment.type === 'outcome');
  // The loop stopped before the last turn: text without a marker was said before a call.
  if (finishReason.unified === 'tool-calls' && !hasMarker) {
    return new OutcomeError('answer-missing', { hasAllOutcomes });
  }
  return null;
}

/** An orchestrator that names no outcome has answered by itself, delegations or not. */
async function ownAnswer(
  arrived: ArrivedAnswer,
  context: AnswerContext,
): Promise<Outcome | OutcomeError> {
  const text = ownText(arrived.segments);
  const hasAllOutcomes = arrived.outcomes.isComplete;
  if (text.trim() === '') return new OutcomeError('answer-missing', { hasAllOutcomes });
  const failure = apologizedFor(arrived, context);
  if (failure !== null) return failure;
  if (isRemark(text, arrived)) return new OutcomeError('outcome-not-accepted', { hasAllOutcomes });
  return readAnswer([ownPiece(context.selection, text)], context);
}

/**
 * A worker failed, none of its task's others did well, and the orchestrator wrote prose in place of
 * a marker. It saw an outline at most, so what it wrote is an apology and not the job.
 */
function apologizedFor(
  { outcomes, tasks, answerMode }: ArrivedAnswer,
  { task }: AnswerContext,
): OutcomeError | null {
  if (task.context !== 'outline' && (task.answer !== 'text' || answerMode !== 'spliced'))
    return null;
  for (const { taskName } of tasks) {
    const outcome = outcomes.find(taskName);
    if (outcome.status !== 'failed') continue;
    return new OutcomeError('outcome-failed', { taskName, workerMessage: outcome.message });
  }
  return null;
}

/**
 * Whether text without a marker is a mere remark, such as "Done.", where a marker was due. Whoever
 * wrote the outcomes out instead wrote about as much as they hold.
 */
function isRemark(text: string, { outcomes, tasks, answerMode }: ArrivedAnswer): boolean {
  if (answerMode !== 'spliced' || !outcomes.isComplete) return false;
  return text.trim().length < joinedOutcomes(outcomes, tasks).length * OWN_ANSWER_SHARE;
}

/** The outcomes that have come, in the plan's order. */
export function joinedOutcomes(outcomes: OutcomeTable, tasks: readonly PlannedTask[]): string {
  return tasks
    .map((task) => outcomes.find(task.taskName))
    .map((outcome) => (outcome.status === 'ok' ? outcome.text : ''))
    .join('\n')
    .trim();
}

function ownText(segments: readonly AnswerSegment[]): string {
  return segments.map((segment) => (segment.type === 'text' ? segment.text : '')).join('');
}

/** Why a marker cannot be replaced; null when all can. */
function markerProblem({ segments, outcomes }: ArrivedAnswer): OutcomeError | null {
  for (const segment of segments) {
    if (segment.type !== 'outcome') continue;
    const { taskName } = segment;
    const outcome = outcomes.find(taskName);
    switch (outcome.status) {
      case 'ok':
        break;
      case 'failed':
        return new OutcomeError('outcome-failed', { taskName, workerMessage: outcome.message });
      case 'running':
      case 'hidden':
        return new OutcomeError('outcome-missing', { taskName });
      case 'none':
        // A stream that shows no delegations at all hides them; else this one never took place.
        return outcomes.isPlanned(taskName) && outcomes.delegations.length === 0
          ? new OutcomeError('outcome-missing', { taskName })
          : new OutcomeError('outcome-unknown', { taskName });
    }
  }
  return null;
}

/** A text answer: one accepted outcome alone is it byte for byte. */
function splicedText({ segments, outcomes }: ArrivedAnswer, context: AnswerContext): AnswerPiece {
  const isBlank = ownText(segments).trim() === '';
  const shown = isBlank ? onePerTask(segments) : segments;
  return ownPiece(context.selection, renderSegments(shown, outcomes));
}

/** The first marker of each task: accepting the same outcome twice says no more than once. */
function onePerTask(segments: readonly AnswerSegment[]): readonly AnswerSegment[] {
  const seen = new Set<string>();
  return segments.filter((segment) => {
    if (segment.type !== 'outcome' || seen.has(segment.taskName)) return false;
    seen.add(segment.taskName);
    return true;
  });
}

/** The latest outcome of every planned task, in the plan's order, if all were accepted. */
function acceptedPieces({
  segments,
  outcomes,
  tasks,
}: ArrivedAnswer): readonly AnswerPiece[] | OutcomeError {
  const pieces: AnswerPiece[] = [];
  for (const task of tasks) {
    const { taskName } = task;
    const isAccepted = segments.some(
      (segment) => segment.type === 'outcome' && segment.taskName === taskName,
    );
    const outcome = outcomes.find(taskName);
    if (!isAccepted || outcome.status !== 'ok') {
      return new OutcomeError('outcome-not-accepted', {
        taskName,
        hasAllOutcomes: outcomes.isComplete,
      });
    }
    pieces.push(outcomePiece(task, outcome.text));
  }
  return pieces;
}
