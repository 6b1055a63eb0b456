import type { CatalogModel } from '../../catalog/model';
import { ORCHESTRATOR_EFFORTS, REASONING_EFFORTS, WORKER_LIMITS } from '../../tasks/workerLimits';
import { RefusalError } from '../run/runErrors';
import type { RunRequest } from '../run/run';
import type { ResolvedWorker } from '../plan/worker';

/** Server tools that a worker may use (API reference, server tools, subagent). */
export const WORKER_TOOLS: ReadonlySet<string> = new Set([
  'openrouter:web_search',
  'openrouter:web_fetch',
  'openrouter:datetime',
]);

/** The subagent tool's own name; as a worker's model the API would refuse it. */
const SUBAGENT_TOOL = 'openrouter:subagent';

const MAX_CACHE_TTL_SECONDS = 86_400;

/** What can be known to be wrong for any route; null for nothing. */
export function checkCommon({ selection, settings }: RunRequest): RefusalError | null {
  if (selection.text.trim() === '') {
    return new RefusalError('refused-empty-selection', {
      setting: null,
      problem: 'The selection has no text.',
      remedy: 'Select the text that the task is for.',
    });
  }
  if (settings.orchestratorModel.trim() === '') {
    return new RefusalError('refused-no-orchestrator-model', {
      setting: 'delegate.orchestratorModel',
      problem: 'No orchestrator model is set.',
      remedy: 'Choose one with "Select orchestrator model…".',
    });
  }
  const effort = settings.orchestratorReasoning?.effort;
  if (effort !== undefined && !ORCHESTRATOR_EFFORTS.includes(effort)) {
    return badSetting(
      'delegate.orchestrator.reasoningEffort',
      effort,
      `one of ${ORCHESTRATOR_EFFORTS.join(', ')}`,
    );
  }
  const { enabled, ttlSeconds } = settings.responseCache;
  if (enabled && !isWholeNumber(ttlSeconds, 1, MAX_CACHE_TTL_SECONDS)) {
    return badSetting(
      'delegate.responseCache.ttlSeconds',
      ttlSeconds,
      `a whole number of seconds from 1 to ${MAX_CACHE_TTL_SECONDS}`,
    );
  }
  return null;
}

/** Why the API would not accept a worker, or it would cost more than meant; null for nothing. */
export function checkWorker(worker: ResolvedWorker): RefusalError | null {
  if (worker.model.trim() === '') {
    return new RefusalError('refused-no-worker-model', {
      setting: 'delegate.workerModel',
      problem: 'No worker model is set; the API would then use the orchestrator model for workers.',
      remedy: 'Choose one with "Select worker model…".',
    });
  }
  if (worker.model.trim() === SUBAGENT_TOOL) {
    return new RefusalError('refused-worker-is-tool', {
      setting: 'delegate.workerModel',
      problem: `${SUBAGENT_TOOL} is the name of a tool, not of a model.`,
      remedy: 'Write the slug of a model, such as ~anthropic/claude-haiku-latest.',
    });
  }
  const wrongTool = worker.tools.find(({ type }) => !WORKER_TOOLS.has(type));
  return checkWorkerRanges(worker) ?? (wrongTool ? refusedTool(wrongTool.type) : null);
}

function checkWorkerRanges(worker: ResolvedWorker): RefusalError | null {
  const [leastTokens] = WORKER_LIMITS.maxCompletionTokens;
  if (!isWholeNumber(worker.maxCompletionTokens, leastTokens, Number.MAX_SAFE_INTEGER)) {
    return badSetting(
      'delegate.worker.maxCompletionTokens',
      worker.maxCompletionTokens,
      `a whole number from ${leastTokens}`,
    );
  }
  const [coldest, hottest] = WORKER_LIMITS.temperature;
  if (!(worker.temperature >= coldest && worker.temperature <= hottest)) {
    return badSetting(
      'delegate.worker.temperature',
      worker.temperature,
      `a number from ${coldest} to ${hottest}`,
    );
  }
  if (!REASONING_EFFORTS.includes(worker.reasoningEffort)) {
    return badSetting(
      'delegate.worker.reasoningEffort',
      worker.reasoningEffort,
      `one of ${REASONING_EFFORTS.join(', ')}`,
    );
  }
  const thinking = worker.reasoningMaxTokens;
  if (!isWholeNumber(thinking, 0, worker.maxCompletionTokens - 1)) {
    return badSetting(
      'delegate.worker.reasoningMaxTokens',
      thinking,
      `a whole number below delegate.worker.maxCompletionTokens, which is ${worker.maxCompletionTokens}`,
    );
  }
  const [fewest, most] = WORKER_LIMITS.maxToolCalls;
  if (!isWholeNumber(worker.maxToolCalls, fewest, most)) {
    return badSetting(
      'delegate.worker.maxToolCalls',
      worker.maxToolCalls,
      `a whole number from ${fewest} to ${most}`,
    );
  }
  return null;
}

function refusedTool(type: string): RefusalError {
  const problem =
    type === SUBAGENT_TOOL
      ? 'A worker cannot delegate: the API allows one level of workers.'
      : type === 'function'
        ? 'Function tools cannot reach a worker: nobody would answer its calls.'
        : `${type === '' ? 'An entry without a type' : type} is not a tool for workers.`;
  return new RefusalError('refused-worker-tool', {
    setting: 'delegate.worker.tools',
    problem,
    remedy: `Write only ${[...WORKER_TOOLS].join(', ')}.`,
  });
}

/** Refuses an orchestrator that cannot call tools, as far as the catalog knows. */
export function checkOrchestrator(slug: string, model: CatalogModel | null): RefusalError | null {
  if (!model || model.supportedParameters.length === 0) return null;
  if (model.supportedParameters.includes('tools')) return null;
  return new RefusalError('refused-orchestrator-without-tools', {
    setting: 'delegate.orchestratorModel',
    problem: `${slug} does not support tools, so it cannot delegate.`,
    remedy: 'Choose another orchestrator model, or set delegate.routing to direct.',
  });
}

/** Refuses a prompt that leaves no room for the answer in a model's context. */
export function checkContext(need: {
  readonly role: 'orchestrator' | 'worker';
  readonly model: CatalogModel | null;
  readonly promptTokens: number;
  readonly outputTokens: number;
}): RefusalError | null {
  const context = need.model?.contextLength ?? null;
  if (context === null || need.promptTokens + need.outputTokens <= context) return null;
  return new RefusalError('refused-context-too-small', {
    setting: need.role === 'worker' ? 'delegate.workerModel' : 'delegate.orchestratorModel',
    problem: `The ${need.role} needs about ${need.promptTokens} tokens of prompt and ${need.outputTokens} of answer; its model holds ${context}.`,
    remedy: `Select less text, or choose a ${need.role} model with a larger context.`,
  });
}

function badSetting(setting: string, value: string | number, expected: string): RefusalError {
  const isLimit = setting.startsWith('delegate.worker.');
  return new RefusalError(isLimit ? 'refused-worker-limit' : 'refused-setting', {
    setting,
    problem: `${setting} is ${String(value)}.`,
    remedy: `Write ${expected}.`,
  });
}

function isWholeNumber(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
