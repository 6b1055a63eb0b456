import type { FinishReason } from '../../openrouter/streamEvent';
import { isAllSpoken, isRefusal } from '../../text/prose';
import { likeness } from '../../text/lexical';
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
/** From this likeness on, the orchestrator's text is the outcomes written out again. */
const SAME_LIKENESS = 0.9;
/** A refusal in words is short. */
const MAX_REFUSAL = 400;

export interface AssembledAnswer {
  readonly result: Outcome | OutcomeError;
  /** What the orchestrator said besides the outcomes it accepted. */
  readonly notes: string;
}

/**
 * Puts the result together from the orchestrator's text and the outcomes, or says why not.
 *
 * What was paid for reaches the user: where all outcomes came and nothing refuses them, they are the
 * result even if the orchestrator's text does not accept them. Then the result says so.
 */
export async function assembleAnswer(
  arrived: ArrivedAnswer,
  context: AnswerContext,
): Promise<AssembledAnswer> {
  const refusal = refusalOf(arrived);
  if (refusal) return { result: refusal, notes: '' };
  const said = ownText(arrived.segments).trim();
  const assembled = await acceptedAnswer(arrived, context);
  if (!(assembled.result instanceof OutcomeError) || !mayUseOutcomes(arrived, assembled.result)) {
    return assembled;
  }
  const pieces = outcomePieces(arrived);
  const unaccepted = pieces && (await readAnswer(pieces, context));
  return !unaccepted || unaccepted instanceof OutcomeError
    ? assembled
    : { result: { ...unaccepted, isUnaccepted: true }, notes: said };
}

/** The answer as the orchestrator gave it. */
async function acceptedAnswer(
  arrived: ArrivedAnswer,
  context: AnswerContext,
): Promise<AssembledAnswer> {
  const cause = earlyEnd(arrived);
  if (cause) return { result: cause, notes: '' };
  const { segments, outcomes } = arrived;
  const isAnyAccepted = segments.some((segment) => segment.type === 'outcome');
  const isMeant = arrived.hasDamagedMarker || isForeignMarker(arrived);
  if (!isAnyAccepted && isMeant) {
    return { result: new OutcomeError('outcome-unknown'), notes: '' };
  }
  if (isRejected(segments)) {
    return { result: new OutcomeError('outcome-not-accepted'), notes: '' };
  }
  if (!isAnyAccepted) return { result: await ownAnswer(arrived, context), notes: '' };
  const problem = markerProblem(arrived);
  if (problem) return { result: problem, notes: '' };
  if (context.task.answer === 'text') {
    return { result: await readAnswer([splicedText(arrived, context)], context), notes: '' };
  }
  const pieces = acceptedPieces(arrived);
  const notes = saidBesides(segments, joinedOutcomes(outcomes, arrived.tasks));
  return {
    result: pieces instanceof OutcomeError ? pieces : await readAnswer(pieces, context),
    notes,
  };
}

/** Nothing but a marker of another run, or of none: it is not text for anybody. */
function isForeignMarker({ segments, tasks }: ArrivedAnswer): boolean {
  const said = ownText(segments);
  return tasks.length > 0 && /^\W*outcome\s*:?[\w\s-]{0,64}(?::[\w\s-]{0,64})?\W*$/i.test(said);
}

/** Words before a marker that turn it down: "I do not accept [[…]]". */
const TURNED_DOWN =
  /(?:\bnot|n't|\bnever|\bcannot)\s+(?:\w+\s+)?(?:accept|use|take|approve|recommend|trust)\w*\b[^.\n]{0,40}$|\b(?:not|reject(?:ed|ing)?|declined?|refused?|discard)[\s:"'`*]*$/i;

function isRejected(segments: readonly AnswerSegment[]): boolean {
  return segments.some((segment, index) => {
    const before = segments[index - 1];
    return segment.type === 'outcome' && before?.type === 'text' && TURNED_DOWN.test(before.text);
  });
}

/** The orchestrator's text with outcomes in place of markers, as far as they are there. */
export function renderSegments(segments: readonly AnswerSegment[], outcomes: OutcomeTable): string {
  return onePerTask(segments, outcomes)
    .map((segment) => {
      if (segment.type === 'text') return segment.text;
      if (segment.type !== 'outcome') return '';
      const outcome = outcomes.find(segment.taskName);
      return outcome.status === 'ok' ? outcome.text : '';
    })
    .join('');
}

/** What is refused stays refused, by the marker for it or in words. */
function refusalOf(arrived: ArrivedAnswer): OutcomeError | null {
  const { segments } = arrived;
  const marked = segments.findIndex((segment) => segment.type === 'refusal');
  if (marked >= 0) {
    const after = ownText(segments.slice(marked)).trim();
    return new OutcomeError('answer-declined', { explanation: after || ownText(segments).trim() });
  }
  if (segments.some((segment) => segment.type === 'outcome')) return null;
  const said = ownText(segments).trim();
  const [unmarked] = /^\[\[cannot(?::[\w-]*)?\]\]/i.exec(said) ?? [];
  if (unmarked !== undefined) {
    return new OutcomeError('answer-declined', { explanation: said.slice(unmarked.length).trim() });
  }
  // An apology for a worker that failed is told as that.
  const hasFailed = arrived.tasks.some(
    ({ taskName }) => arrived.outcomes.find(taskName).status === 'failed',
  );
  const isRefused =
    arrived.tasks.length > 0 && !hasFailed && isRefusal(said) && said.length < MAX_REFUSAL;
  return isRefused && isAllSpoken(said)
    ? new OutcomeError('answer-declined', { explanation: said })
    : null;
}

/** Ends that are not an answer, whatever has come. */
function earlyEnd({ segments, finishReason, outcomes }: ArrivedAnswer): OutcomeError | null {
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

/** Whether the outcomes can stand in for an answer that failed in this way. */
function mayUseOutcomes({ outcomes }: ArrivedAnswer, { code }: OutcomeError): boolean {
  return outcomes.isComplete && code !== 'answer-filtered' && code !== 'schema-invalid';
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
  const pieces = outcomePieces(arrived);
  if (arrived.answerMode === 'spliced' && pieces) {
    const outcomes = joinedOutcomes(arrived.outcomes, arrived.tasks);
    if (repeats(text, outcomes)) return readAnswer(pieces, context);
    if (isRemark(text, outcomes))
      return new OutcomeError('outcome-not-accepted', { hasAllOutcomes });
  }
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

/** Whether a text is another one written out again, in full or nearly so. */
function repeats(text: string, outcomes: string): boolean {
  return outcomes !== '' && likeness(text, outcomes) >= SAME_LIKENESS;
}

/**
 * Whether text without a marker is a mere remark, such as "Done.", where a marker was due. An
 * orchestrator that wrote the outcomes out instead wrote about as much as they hold.
 */
function isRemark(text: string, outcomes: string): boolean {
  return text.trim().length < outcomes.length * OWN_ANSWER_SHARE;
}

/** The outcomes that have come, in the plan's order. */
export function joinedOutcomes(outcomes: OutcomeTable, tasks: readonly PlannedTask[]): string {
  return tasks
    .map((task) => outcomes.find(task.taskName))
    .map((outcome) => (outcome.status === 'ok' ? outcome.text : ''))
    .join('\n')
    .trim();
}

/** Every task's outcome as a piece of the answer; null unless all are there. */
function outcomePieces({ outcomes, tasks }: ArrivedAnswer): readonly AnswerPiece[] | null {
  if (tasks.length === 0) return null;
  const pieces: AnswerPiece[] = [];
  for (const task of tasks) {
    const outcome = outcomes.find(task.taskName);
    if (outcome.status !== 'ok') return null;
    pieces.push(outcomePiece(task, outcome.text));
  }
  return pieces;
}

function ownText(segments: readonly AnswerSegment[]): string {
  return segments.map((segment) => (segment.type === 'text' ? segment.text : '')).join('');
}

/** What is left to tell of the orchestrator's text: not empty fences, and no outcome once more. */
function saidBesides(segments: readonly AnswerSegment[], outcomes: string): string {
  const said = ownText(segments).trim();
  const bare = withoutMarkup(said).trim();
  // A label such as "Answer:" is no more than that.
  const isEmpty = !/[\p{L}\p{N}]/u.test(bare) || /^\p{L}[^\n:]{0,60}:$/u.test(bare);
  return isEmpty || repeats(said, outcomes) ? '' : said;
}

/** What a text says: not its fences and tags, nor signs written as entities, in URLs or in JSON. */
function withoutMarkup(text: string): string {
  return text
    .replace(/^[ \t>]*(?:[-*+] )?(?:`{3,}|~{3,})[^\n]*$/gm, '')
    .replace(/<!--|-->|<\/?[a-z][^<>\n]*>|&#?\w{2,8};|%[0-9a-f]{2}/gi, '')
    .replace(/^\s*\{\s*"?\w+"?\s*:\s*(?=[}"]|$)|\[[ x]\]/g, '');
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
        return outcomes.resolve(taskName) !== null && outcomes.delegations.length === 0
          ? new OutcomeError('outcome-missing', { taskName })
          : new OutcomeError('outcome-unknown', { taskName });
    }
  }
  return null;
}

/** A text answer: one accepted outcome alone is it byte for byte. */
function splicedText(
  { segments, outcomes, tasks }: ArrivedAnswer,
  context: AnswerContext,
): AnswerPiece {
  const isAlone = saidBesides(segments, joinedOutcomes(outcomes, tasks)) === '';
  const shown = isAlone ? segments.filter((segment) => segment.type === 'outcome') : segments;
  return ownPiece(context.selection, renderSegments(shown, outcomes));
}

/** The first marker of each task: accepting the same outcome twice says no more than once. */
function onePerTask(
  segments: readonly AnswerSegment[],
  outcomes: OutcomeTable,
): readonly AnswerSegment[] {
  const seen = new Set<string>();
  return segments.filter((segment) => {
    if (segment.type !== 'outcome') return true;
    const task = outcomes.resolve(segment.taskName) ?? segment.taskName;
    if (seen.has(task)) return false;
    seen.add(task);
    return true;
  });
}

/** The accepted outcome of every planned task, in the plan's order, if all were accepted. */
function acceptedPieces({
  segments,
  outcomes,
  tasks,
}: ArrivedAnswer): readonly AnswerPiece[] | OutcomeError {
  const pieces: AnswerPiece[] = [];
  for (const task of tasks) {
    const { taskName } = task;
    const accepting = segments.find(
      (segment) => segment.type === 'outcome' && outcomes.resolve(segment.taskName) === taskName,
    );
    const outcome = outcomes.find(accepting?.type === 'outcome' ? accepting.taskName : taskName);
    if (!accepting || outcome.status !== 'ok') {
      return new OutcomeError('outcome-not-accepted', {
        taskName,
        hasAllOutcomes: outcomes.isComplete,
      });
    }
    pieces.push(outcomePiece(task, outcome.text));
  }
  return pieces;
}
