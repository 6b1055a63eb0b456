import { RefusalError } from '../run/runErrors';
import { WORKER_NAME } from '../run/markers';
import { unframe } from '../../text/frame';
import { countLines, numberLines, numberLinesBy } from '../../text/numbering';
import type { JsonObject } from '../../openrouter/wire';
import { splitIntoParts } from './splitSelection';
import type { RunRequest } from '../run/run';
import { jobName, type Selection, type TaskDefinition } from '../../tasks/task';
import { type TokenRange, answerRange, countTokens } from '../../text/tokens';
import type { ResolvedWorker } from './worker';

/** Delegations per request that the API allows; what the next call returns is not documented. */
export const MAX_DELEGATIONS = 10;

/** Share of a worker's limit that an expected answer may fill; the rest is for estimates too low. */
export const FILL_SHARE = 0.75;

/** One job of one worker: a whole selection or a part of it. */
export interface PlannedTask {
  /** Name in the prompt and in markers. */
  readonly taskName: string;
  /** Name of the worker entry, unique in the request. */
  readonly workerName: string;
  /** One-based lines relative to the selection. */
  readonly startLine: number;
  readonly endLine: number;
  /** The part of the selection exactly as in the document; all parts joined are the selection. */
  readonly sourceText: string;
  /** What the worker sees: numbered, or without its frame. */
  readonly pinnedText: string;
  readonly answerTokens: TokenRange;
  /** The worker's limit, its thinking included. */
  readonly maxCompletionTokens: number;
  /** How many of them are for thinking alone; 0 for none in particular. */
  readonly thinkingTokens: number;
}

/**
 * Cuts a job into tasks so that no expected answer comes near its worker's limit.
 *
 * @param modelLimit completion tokens that the worker's model can give; null when unknown.
 * @returns why not, when it does not fit.
 */
export function planTasks(
  request: RunRequest,
  worker: ResolvedWorker,
  modelLimit: number | null,
): readonly PlannedTask[] | RefusalError {
  const { task, selection } = request;
  const limit = Math.min(worker.maxCompletionTokens, modelLimit ?? Infinity);
  const { reasoningMaxTokens: thinking } = worker;
  const room = (limit - thinking) * FILL_SHARE;
  const whole = expectedAnswer(task, selection.text);
  if (whole <= room) {
    return [plannedTask(request, wholePart(request), { limit, thinking })];
  }
  if (!isSplittable(request)) {
    const raised = raisedLimit({ whole, worker, modelLimit });
    return raised instanceof RefusalError
      ? raised
      : [plannedTask(request, wholePart(request), { limit: raised, thinking })];
  }
  const parts = splitIntoParts(selection, {
    maxParts: MAX_DELEGATIONS,
    fits: (text) => expectedAnswer(task, text) <= room,
    partCount: Math.ceil(whole / room),
  });
  if (parts === null) return tooManyDelegations(worker);
  return parts.map((part, index) =>
    plannedTask(request, { ...part, number: index + 1 }, { limit, thinking }),
  );
}

/** Lists are joined from parts; any other JSON value cannot be put together without guessing. */
export function isSplittable({
  task,
  schema,
}: {
  readonly task: TaskDefinition;
  readonly schema?: JsonObject | null;
}): boolean {
  if (!task.splittable) return false;
  return task.answer !== 'json' || (schema ?? task.schema)?.['type'] === 'array';
}

/** Tokens that the answer for `text` is expected to have. */
export function expectedAnswer(task: TaskDefinition, text: string): number {
  return task.answerTokens.base + task.answerTokens.perSelectionToken * countTokens(text);
}

/** What the writer of the answer sees of `text`, which starts on `startLine` of the selection. */
export function shownText(task: TaskDefinition, selection: Selection, part: PartText): string {
  if (task.answer === 'replacement') return unframe(part.text).body;
  const text = part.text.replace(/\r\n/g, '\n');
  if (!task.numbered) return text;
  const { lineNumbers } = selection;
  // Insertions are placed relative to the selection, whichever lines of the document it has.
  return lineNumbers && task.answer !== 'insertions'
    ? numberLinesBy(text, (index) => lineNumbers[part.startLine - 1 + index] ?? null)
    : numberLines(text, firstNumber(task, selection) + part.startLine - 1);
}

/**
 * The number of the selection's first line. Insertions are placed relative to the selection;
 * anything else with line numbers is read by people, who count in the file.
 */
function firstNumber(task: TaskDefinition, selection: Selection): number {
  return task.answer === 'insertions' ? 1 : selection.startLine;
}

interface PartText {
  readonly text: string;
  readonly startLine: number;
}

interface PartOfPlan extends PartText {
  readonly endLine: number;
  /** Null for the only one. */
  readonly number: number | null;
}

function wholePart({ selection }: RunRequest): PartOfPlan {
  const { text } = selection;
  return { text, startLine: 1, endLine: countLines(text), number: null };
}

function plannedTask(
  request: RunRequest,
  part: PartOfPlan,
  { limit, thinking }: { readonly limit: number; readonly thinking: number },
): PlannedTask {
  const { task, selection } = request;
  return {
    taskName: part.number === null ? jobName(task) : `part-${part.number}`,
    workerName: part.number === null ? WORKER_NAME : `${WORKER_NAME}-${part.number}`,
    startLine: part.startLine,
    endLine: part.endLine,
    sourceText: part.text,
    pinnedText: shownText(task, selection, part),
    answerTokens: answerRange(expectedAnswer(task, part.text)),
    maxCompletionTokens: limit,
    thinkingTokens: thinking,
  };
}

function raisedLimit(need: {
  readonly whole: number;
  readonly worker: ResolvedWorker;
  readonly modelLimit: number | null;
}): number | RefusalError {
  const { worker, modelLimit } = need;
  const needed = Math.ceil(need.whole / FILL_SHARE / 256) * 256 + worker.reasoningMaxTokens;
  if (worker.isLimitFixed || needed > (modelLimit ?? Infinity)) {
    const cap = worker.isLimitFixed ? worker.maxCompletionTokens : (modelLimit ?? 0);
    return new RefusalError('refused-answer-too-long', {
      setting: worker.isLimitFixed ? null : 'delegate.workerModel',
      problem: `The answer is expected to take about ${Math.ceil(need.whole)} tokens; the worker's limit is ${cap}.`,
      remedy: 'Select less text, or choose a worker model with longer answers.',
    });
  }
  return needed;
}

function tooManyDelegations(worker: ResolvedWorker): RefusalError {
  return new RefusalError('refused-too-many-delegations', {
    setting: 'delegate.worker.maxCompletionTokens',
    problem: `With ${worker.maxCompletionTokens} tokens for each worker the selection needs more than ${MAX_DELEGATIONS} delegations, which is the most that one request may have.`,
    remedy: 'Select less text, or raise delegate.worker.maxCompletionTokens.',
  });
}
