import { resolveWorker } from '../../delegation/plan/worker';
import { workerReasoning } from '../../delegation/request/workerEntry';
import type { RunRequest, RunSettings } from '../../delegation/run/run';
import type { Selection, TaskDefinition } from '../../tasks/task';
import type { BatchJob } from '../job';

/** What a request of a batch says besides the task. */
export interface Words {
  /** What all workers of the batch are told; empty for none. */
  readonly brief: string;
  /** Why the last answer was not taken; empty for none. */
  readonly objection: string;
}

/** The worker is asked alone: an ordinary request without tools, at the worker's price. */
export function workerRequest(
  id: string,
  job: BatchJob,
  content: Words & { readonly selection: Selection },
): RunRequest {
  const worker = resolveWorker(job.settings, job.task);
  return {
    ...requestOf(id, job, content),
    instruction: instructionOf([job.instruction ?? '', worker.instructions], content),
    settings: {
      ...job.settings,
      orchestratorModel: worker.model,
      orchestratorReasoning: workerReasoning(worker),
      routing: 'direct',
      advisorModel: '',
      fusionEnabled: false,
    },
  };
}

/** The ordinary delegated run, whose orchestrator is told what was wrong before. */
export function delegatedRequest(
  id: string,
  job: BatchJob,
  content: Words & { readonly selection: Selection },
): RunRequest {
  return {
    ...requestOf(id, job, content),
    instruction: instructionOf([job.instruction ?? ''], content),
    settings: { ...job.settings, routing: 'delegated' },
  };
}

/** The orchestrator alone, for what it writes and reads itself: the brief and the samples. */
export function orchestratorRequest(
  id: string,
  settings: RunSettings,
  content: { readonly task: TaskDefinition; readonly text: string; readonly maxTokens: number },
): RunRequest {
  return {
    id,
    task: content.task,
    instruction: null,
    selection: { text: content.text, languageId: 'markdown', startLine: 1, symbols: [] },
    settings: {
      ...settings,
      routing: 'direct',
      advisorModel: '',
      fusionEnabled: false,
      worker: { ...settings.worker, maxCompletionTokens: content.maxTokens, instructions: '' },
    },
  };
}

function requestOf(
  id: string,
  job: BatchJob,
  { selection }: { readonly selection: Selection },
): Omit<RunRequest, 'instruction' | 'settings'> {
  const { task, schema } = job;
  return { id, task, selection, ...(schema ? { schema } : {}) };
}

function instructionOf(own: readonly string[], { brief, objection }: Words): string | null {
  const parts = [
    ...own,
    brief,
    objection === '' ? '' : `An earlier answer was not accepted: ${objection} Do not repeat this.`,
  ].filter((part) => part.trim() !== '');
  return parts.length === 0 ? null : parts.join('\n\n');
}
