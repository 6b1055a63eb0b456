import type { RunEvent, RunResult } from '../../delegation/run/run';
import { outlineOf } from '../../delegation/plan/outline';
import { splitLines } from '../../text/lines';
import { countTokens } from '../../text/tokens';
import type { CollectedFile } from '../collect/collect';
import type { StoredResult } from '../journal/results';
import { type FileText, wholeSelection } from '../produce/fileText';
import { type Judged, judge } from '../produce/judge';
import { type ProduceContext, Halt, storedOf } from '../produce/produceFile';
import { wholePart } from '../produce/parts';
import { delegatedRequest, orchestratorRequest } from '../produce/requests';
import { BatchError } from '../produce/batchError';
import { changesOf } from './pack';
import { briefTask } from './tasks';

/** A brief is read with every file, so it must stay short. */
export const MAX_BRIEF_TOKENS = 600;
/** Fewer files are cheaper done without learning from some of them first. */
const MIN_FILES_TO_CALIBRATE = 10;
const FEWEST = 3;
const MOST = 5;

/** Sizes between files count as much as another language when one is this many times the other. */
const SIZE_STEP = Math.log(8);

/**
 * Chooses three to five files that differ in language, size and number of declarations: each next
 * one is the farthest from those that are chosen.
 */
export function chooseSample(files: readonly CollectedFile[]): readonly CollectedFile[] {
  if (files.length < MIN_FILES_TO_CALIBRATE) return [];
  const languages = new Set(files.map(({ languageId }) => languageId)).size;
  const count = Math.min(MOST, Math.max(FEWEST, languages));
  const bySize = [...files].sort((a, b) => a.tokens - b.tokens);
  const chosen = bySize.slice(Math.floor(bySize.length / 2), Math.floor(bySize.length / 2) + 1);
  while (chosen.length < count) {
    let best: CollectedFile | null = null;
    let bestDistance = 0;
    for (const file of bySize) {
      const distance = Math.min(...chosen.map((other) => distanceOf(file, other)));
      if (distance > bestDistance) [best, bestDistance] = [file, distance];
    }
    // All the others are like one that is chosen.
    if (!best) break;
    chosen.push(best);
  }
  return chosen;
}

function distanceOf(one: CollectedFile, other: CollectedFile): number {
  const language = one.languageId === other.languageId ? 0 : 1;
  const size = Math.abs(Math.log((one.tokens + 1) / (other.tokens + 1))) / SIZE_STEP;
  const density = (file: CollectedFile): number => file.declarations / Math.max(1, file.lines);
  return (
    language +
    size +
    Math.abs(density(one) - density(other)) * 5 +
    (one.path === other.path ? 0 : 1e-6)
  );
}

/** A file that was done under the orchestrator's eyes. */
export interface SampleRun {
  readonly file: FileText;
  readonly judged: Judged;
  /** What workers wrote, corrections included, in order. */
  readonly outcomes: readonly string[];
}

/** Does one file of the sample by an ordinary delegated run. @throws Halt */
export async function runSample(file: FileText, context: ProduceContext): Promise<SampleRun> {
  const { job, runs, newId, signal, syntax } = context;
  const outcomes: string[] = [];
  const observe = (event: RunEvent): void => {
    if (event.type !== 'delegation-update') return;
    const { status, outcome } = event.delegation;
    if (status === 'ok' && outcome !== null && outcomes.at(-1) !== outcome) outcomes.push(outcome);
  };
  const part = wholePart(file);
  const request = delegatedRequest(newId(), job, {
    selection: part.selection,
    brief: '',
    objection: '',
  });
  const { result, isIntact } = await runs.run(request, {
    signal,
    isWorkerAlone: false,
    directNanoUsd: null,
    observe,
  });
  haltOn(result);
  return {
    file,
    judged: await judge(part, result, { job, syntax, eol: file.eol, isIntact }),
    outcomes,
  };
}

function haltOn({ error }: RunResult): void {
  if (error instanceof BatchError) throw new Halt(error);
}

/** Has the orchestrator write the brief. Null when it could not: then workers go without. */
export async function writeBrief(
  samples: readonly SampleRun[],
  { job, runs, newId, signal }: ProduceContext,
): Promise<string | null> {
  const { task, instruction } = job;
  const report = [
    `Job: ${task.workerRole}`,
    ...(instruction === null ? [] : [`Instruction: ${instruction}`]),
    ...samples.map(sampleText),
  ].join('\n\n');
  const request = orchestratorRequest(newId(), job.settings, {
    task: briefTask,
    text: report,
    maxTokens: MAX_BRIEF_TOKENS + 200,
  });
  const { result } = await runs.run(request, {
    signal,
    isWorkerAlone: false,
    directNanoUsd: 0,
  });
  haltOn(result);
  return result.outcome?.format === 'text' ? cutBrief(result.outcome.text.trim()) : null;
}

/** Whole lines up to the limit. */
function cutBrief(text: string): string {
  const kept: string[] = [];
  let tokens = 0;
  for (const line of splitLines(text)) {
    tokens += countTokens(line);
    if (tokens > MAX_BRIEF_TOKENS) break;
    kept.push(line);
  }
  return kept.join('').trim();
}

/** Characters of an outcome that are shown of each sample. */
const MAX_SHOWN = 3_000;

function sampleText({ file, judged, outcomes }: SampleRun): string {
  const verdict = judged.ok
    ? `Judged: ${judged.standing}.`
    : `Judged: not accepted. ${judged.objection}`;
  const first =
    outcomes.length > 1 ? [`First, sent back: ${outcomes[0]?.slice(0, MAX_SHOWN) ?? ''}`] : [];
  const last = resultText(file, judged);
  return [
    `## ${file.languageId}, ${outlineOf(wholeSelection(file))}`,
    verdict,
    ...first,
    `Result:\n${last}`,
  ].join('\n');
}

function resultText(file: FileText, { piece }: Judged): string {
  if (!piece) return '(none)';
  const text = piece.kind === 'edit' ? changesOf(file.text, piece.text) : piece.text;
  return text.slice(0, MAX_SHOWN);
}

/** What a sample run leaves for the batch; null when the file has to be done again. */
export function storedSample({ file, judged }: SampleRun): StoredResult | null {
  return judged.ok ? storedOf(file, judged.piece) : null;
}

/** A sample that an earlier process has done, as far as a brief needs it. */
export function recalledSample(file: FileText, stored: StoredResult): SampleRun {
  const piece = stored.kind === 'edit' ? { kind: stored.kind, text: stored.proposed } : stored;
  return { file, judged: { ok: true, piece, standing: 'verified' }, outcomes: [] };
}
