import type { ModelLookup } from '../../catalog/model';
import { FILL_SHARE, expectedAnswer, isSplittable } from '../../delegation/plan/plan';
import { type SplitLimits, splitIntoParts } from '../../delegation/plan/splitSelection';
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
  /** Whether nothing in it lacks documentation, so that nobody need be asked for any. */
  readonly isSettled: boolean;
}

/** A file of more parts than this is longer than a batch takes. */
const MAX_PARTS = 64;

/** Cuts a file so that no expected answer comes near the worker's limit. */
export function partsOf(file: FileText, job: BatchJob, models: ModelLookup): readonly FilePart[] {
  const { task, settings } = job;
  const worker = resolveWorker(settings, task);
  const modelLimit = models.find(worker.model)?.maxCompletionTokens ?? Infinity;
  const room = Math.min(worker.maxCompletionTokens, modelLimit) * FILL_SHARE;
  const whole = wholePart(file);
  const expected = expectedAnswer(task, file.text);
  if (expected <= room || !isSplittable(job)) return [whole];
  const parts = cut(whole, file, {
    maxParts: MAX_PARTS,
    partCount: Math.ceil(expected / room),
    fits: (text) => expectedAnswer(task, text) <= room,
  });
  // Better one answer that may be cut off, which is noticed, than none.
  return parts ?? [whole];
}

/** Two parts of a part whose answer was cut off; null when it must stay whole. */
export function halvesOf(
  part: FilePart,
  file: FileText,
  job: BatchJob,
): readonly FilePart[] | null {
  if (!isSplittable(job) || splitLines(part.selection.text).length < MIN_LINES_TO_HALVE)
    return null;
  return cut(part, file, { maxParts: 2, partCount: 2, fits: () => true });
}

/** An answer for fewer lines than this is not cut off for their number. */
const MIN_LINES_TO_HALVE = 40;

export function wholePart(file: FileText): FilePart {
  return { selection: wholeSelection(file), before: '', after: '', isSettled: false };
}

function cut(part: FilePart, file: FileText, limits: SplitLimits): readonly FilePart[] | null {
  const { selection } = part;
  const lines = splitLines(selection.text);
  const cuts = splitIntoParts(selection, limits);
  return (
    cuts &&
    cuts.map(({ text, startLine, endLine }) => {
      const first = selection.startLine + startLine - 1;
      const last = selection.startLine + endLine - 1;
      return {
        selection: {
          text,
          languageId: selection.languageId,
          startLine: first,
          symbols: symbolsIn(selection, startLine, endLine),
        },
        before: part.before + lines.slice(0, startLine - 1).join(''),
        after: lines.slice(endLine).join('') + part.after,
        isSettled:
          file.openLines !== null && !file.openLines.some((line) => line >= first && line <= last),
      };
    })
  );
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
