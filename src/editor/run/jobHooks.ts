import type * as vscode from 'vscode';
import type { Outcome, RunEvent, RunResult } from '../../delegation/run/run';
import type { Verdict } from '../../delegation/ports';
import type { Rerun } from '../messages/errorActions';
import type { RunEnded } from '../output/runEnded';
import type { RunView } from '../output/runView';
import type { JobSource } from '../selection/jobSource';
import type { Job } from './job';

/** A run that has ended, with what it was about. */
export interface FinishedJob extends RunEnded {
  readonly job: Job;
  readonly source: JobSource;
  /** The same with placeholders where secrets were masked, for readers that must not see them. */
  readonly maskedResult: RunResult;
}

/** Lets a caller take part in a run, as drafts do to keep what has arrived. */
export interface JobHooks {
  readonly onStart?: (runId: string) => void;
  readonly onEvent?: (event: RunEvent) => void;
  /** Starts the same job once more from an error's actions; without it they do not offer that. */
  readonly rerun?: Rerun;
  /** Ends the run like its own Cancel. */
  readonly cancellation?: vscode.CancellationToken;
  /** Shows the run instead of a notification; the panel is written all the same. */
  readonly view?: RunView;
  /** Tries to prove an edit; absent where nothing can be proven of it. */
  readonly prove?: (outcome: Outcome) => Promise<Verdict>;
}
