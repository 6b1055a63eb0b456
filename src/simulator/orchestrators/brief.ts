import type { WorkerJob } from '../workers/runWorker';
import { hasSelection, readJob } from './jobText';

/** A task that the instructions list. */
export interface PlannedTask {
  readonly taskName: string;
  readonly workerName: string;
}

/** What an orchestrator understands of its prompt. There is no other channel to it. */
export interface Brief {
  readonly system: string;
  readonly user: string;
  /** Tasks to delegate, in order; empty when the prompt lists none. */
  readonly tasks: readonly PlannedTask[];
  readonly taskDescription: string;
  /** Nonce of the outcome markers; null when outcomes are to be written out. */
  readonly markerNonce: string | null;
  readonly refusalNonce: string | null;
  /** How many calls with corrections there may be in all. */
  readonly maxCorrections: number;
  /** The job as the prompt shows it; null for a prompt that is not ours. */
  readonly job: WorkerJob | null;
  /** Whether the prompt holds the code itself, so that the job can be done without a worker. */
  readonly showsSelection: boolean;
}

const TASK = /^\s*- task_name "([^"]+)": call worker "([^"]+)"/gm;

/** What a worker that is asked alone is told the second time. */
const REJECTION = /^Your last answer was rejected: .*$/m;

export function readBrief(system: string, user: string): Brief {
  return {
    system,
    user,
    tasks: [...system.matchAll(TASK)].map(([, taskName = '', workerName = '']) => ({
      taskName,
      workerName,
    })),
    taskDescription:
      /^\s*task_description: *"?(.*?)"? *$/m.exec(system)?.[1] ?? 'Do your job on the selection.',
    markerNonce: /\[\[outcome:([a-z2-7]{8}):/.exec(system)?.[1] ?? null,
    refusalNonce: /\[\[cannot:([a-z2-7]{8})\]\]/.exec(system)?.[1] ?? null,
    maxCorrections: Number(/at most (\d+) more/.exec(system)?.[1] ?? 0),
    job: readJob([system, user], REJECTION.exec(user)?.[0] ?? ''),
    showsSelection: hasSelection([system, user]),
  };
}
