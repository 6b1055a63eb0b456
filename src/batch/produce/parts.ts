import type { ModelLookup } from '../../catalog/model';
import { expectedAnswer } from '../../delegation/plan/plan';
import { splitIntoParts } from '../../delegation/plan/splitSelection';
import { resolveWorker } from '../../delegation/plan/worker';
import type { Selection } from '../../tasks/task';
import { splitLines } from '../../text/lines';
import type { BatchJob } from '../job';
import type { FileText } from './fileText';
import { wholeSelection } from './fileText';

/** A stretch of a file that one answer is asked for, with the rest of the file around it. */
export interface FilePart {
  readonly selection: Selection;
  readonly before: string;
  readonly after: string;
  /** Whether there is nothing to do in it, so that nobody need be asked. */
  readonly isSettled: boolean;
}

/** Share of a worker's limit that an expected answer may fill; estimates may be too low. */
const FILL_SHARE = 0.75;
/** A file of more parts than this is longer than a batch takes. */
const MAX_PARTS = 64;

/** Cuts a file so that no expected answer comes near the worker's limit. */
export function partsOf(file: FileText, job: BatchJob, models: ModelLookup): readonly FilePart[] {
  const { task, settings } = job;
  const worker = resolveWorker(settings, task);
  const modelLimit = models.find(worker.model)?.maxCompletionTokens ?? Infinity;
  const room = Math.min(worker.maxCompletionTokens, modelLimit) * FILL_SHARE;
  const whole = wholeSelection(file);
  const expected = expectedAnswer(task, file.text);
  const single = [{ selection: whole, before: '', after: '', isSettled: false }];
  if (expected <= room || !isSplittable(job)) return single;
  const parts = splitIntoParts(whole, {
    maxParts: MAX_PARTS,
    partCount: Math.ceil(expected / room),
    fits: (text) => expectedAnswer(task, text) <= room,
  });
  // Better one answer that may be cut off, which is noticed, than none.
  if (parts === null) return single;
  const lines = splitLines(file.text);
  return parts.map(({ text, startLine, endLine }) => ({
    selection: {
      text,
      languageId: file.languageId,
      startLine,
      symbols: symbolsIn(whole, startLine, endLine),
    },
    before: lines.slice(0, startLine - 1).join(''),
    after: lines.slice(endLine).join(''),
    isSettled:
      task.answer === 'insertions' &&
      file.openLines !== null &&
      !file.openLines.some((line) => line >= startLine && line <= endLine),
  }));
}

/** Lists are joined from parts; any other JSON value could only be put together by guessing. */
function isSplittable({ task, schema }: BatchJob): boolean {
  if (!task.splittable) return false;
  return task.answer !== 'json' || (schema ?? task.schema)?.['type'] === 'array';
}

function symbolsIn(whole: Selection, first: number, last: number): Selection['symbols'] {
  return whole.symbols
    .filter(({ startLine, endLine }) => startLine >= first && endLine <= last)
    .map((symbol) => ({
      ...symbol,
      startLine: symbol.startLine - first + 1,
      endLine: symbol.endLine - first + 1,
    }));
}
