import type * as vscode from 'vscode';
import type { RunEvent, RunResult } from '../../delegation/run/run';
import type { OfferedHelp } from '../messages/offeredHelp';
import type { JobSource } from '../selection/jobSource';
import type { TranscriptHeader } from '../output/transcript';
import type { RunChange } from '../messages/errorActions';
import type { Job } from './job';

/** A run that has ended, with what it was about. */
export interface FinishedJob {
  readonly job: Job;
  readonly source: JobSource;
  readonly result: RunResult;
  /** The same with placeholders where secrets were masked, for readers that must not see them. */
  readonly maskedResult: RunResult;
  readonly isDemo: boolean;
}

/** What a view is told when a run begins. */
export interface RunStart {
  readonly header: TranscriptHeader;
  /** Language of the answer when it is code; null when it is Markdown itself. */
  readonly answerLanguage: string | null;
  /** How many values were masked. */
  readonly secretCount: number;
}

/**
 * A place that shows runs instead of panel and notification, such as a chat. The panel is written
 * all the same. It sees what the models see: secrets that were masked stay placeholders.
 */
export interface RunView {
  /** Nothing was sent, for a reason that the user can do something about. */
  refuse(help: OfferedHelp): void;
  start(start: RunStart): void;
  event(event: RunEvent): void;
}

/** Lets a caller take part in a run, as drafts do to keep what has arrived. */
export interface JobHooks {
  readonly onStart?: (runId: string) => void;
  readonly onEvent?: (event: RunEvent) => void;
  /** Starts the same job anew from an error's actions; without it they do not offer that. */
  readonly again?: (change: RunChange) => void;
  /** Ends the run like its own Cancel. */
  readonly cancellation?: vscode.CancellationToken;
  /** Shows the run; an error at its end is then the caller's to show. */
  readonly view?: RunView;
}
