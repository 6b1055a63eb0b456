import type { SyntaxService } from '../syntax/syntax';
import type { ModelLookup } from '../catalog/model';
import type { BatchEvent, BatchProgress } from './events';
import type { Decisions } from './decisions';
import type { BatchJob } from './job';
import type { BatchFile } from './journal/batchState';
import type { Journal } from './journal/journal';
import type { Results } from './journal/results';
import type { WorkspaceFiles } from './ports';
import { bytesReason } from './collect/contentReason';
import { type FileText, readFileText } from './produce/fileText';
import type { Purse } from './produce/purse';
import type { BatchRuns } from './produce/runs';

/** What the steps of a batch share. */
export interface Work {
  readonly job: BatchJob;
  readonly files: WorkspaceFiles;
  readonly isKeptOut: (path: string) => Promise<boolean>;
  readonly syntax: SyntaxService;
  readonly models: ModelLookup;
  readonly runs: BatchRuns;
  readonly purse: Purse;
  readonly journal: Journal;
  readonly results: Results;
  readonly decisions: Decisions;
  readonly observe: (event: BatchEvent) => void;
  readonly newId: () => string;
  readonly pause: () => Promise<void>;
  readonly parallel: number;
  readonly auditShare: number;
  readonly isProven: boolean;
}

/** The file as it is now; null when it is gone, not text any more, or kept out by a newer rule. */
export async function readWorkFile(file: BatchFile, work: Work): Promise<FileText | null> {
  if (await work.isKeptOut(file.path)) return null;
  const bytes = await work.files.read(file.path);
  if (bytes === null || bytesReason(bytes) !== null) return null;
  const content = bytes.toString('utf8');
  const tree = await work.syntax.parse(file.languageId, content).catch(() => null);
  return readFileText(file, content, tree);
}

export function progressOf(work: Work, timing: Timing): BatchProgress {
  const { files } = work.journal.state;
  let done = 0;
  for (const { standing } of files.values()) if (standing !== null) done += 1;
  const { finished, elapsedMs } = timing;
  return {
    done,
    total: files.size,
    spentNanoUsd: work.purse.spentNanoUsd,
    leftMs: finished === 0 ? null : (elapsedMs / finished) * (files.size - done),
  };
}

/** How many files this process has done, and in which time. */
export interface Timing {
  readonly finished: number;
  readonly elapsedMs: number;
}
