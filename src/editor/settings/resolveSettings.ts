import { asRecord } from '../../common/json';
import { NANO_PER_USD } from '../../common/money';
import type { RunSettings } from '../../delegation/run/run';
import type { SettingKey, SettingTypes } from '../../manifest';
import type { ServerToolEntry } from '../../openrouter/wire';
import type { OverridableKey, TaskOverrides } from './taskOverrides';

/** The settings of one run: those that `read` gives, with a task's own overrides on top. */
export function resolveSettings(
  read: <K extends SettingKey>(key: K) => SettingTypes[K],
  overrides: TaskOverrides,
): RunSettings {
  const own = <K extends OverridableKey>(key: K): SettingTypes[K] =>
    (overrides as TaskOverrides & Record<K, SettingTypes[K] | undefined>)[key] ?? read(key);
  return {
    orchestratorModel: own('orchestratorModel'),
    workerModel: own('workerModel'),
    protocol: own('protocol'),
    answer: own('answer'),
    routing: own('routing'),
    worker: {
      maxCompletionTokens: own('worker.maxCompletionTokens'),
      temperature: own('worker.temperature'),
      reasoningEffort: own('worker.reasoningEffort'),
      reasoningMaxTokens: own('worker.reasoningMaxTokens'),
      instructions: own('worker.instructions'),
      tools: own('worker.tools').map(toServerTool),
      maxToolCalls: own('worker.maxToolCalls'),
    },
    orchestratorReasoning: {
      effort: own('orchestrator.reasoningEffort'),
      maxTokens: 0,
      isOwn: true,
    },
    advisorModel: read('advisor.model'),
    advisorName: read('advisor.name'),
    advisorInstructions: read('advisor.instructions'),
    fusionEnabled: read('fusion.enabled'),
    responseCache: {
      enabled: read('responseCache.enabled'),
      ttlSeconds: read('responseCache.ttlSeconds'),
    },
    provider: read('provider'),
    project: read('project').trim(),
    budgetPerRunNanoUsd: Math.round(read('budget.perRun') * NANO_PER_USD),
  };
}

/** A tool is a name, or an object with a name and parameters; refusals are the engine's. */
export function toServerTool(value: unknown): ServerToolEntry {
  if (typeof value === 'string') return { type: value };
  const entry = asRecord(value);
  const parameters = asRecord(entry?.['parameters']);
  const type = typeof entry?.['type'] === 'string' ? entry['type'] : '';
  return parameters ? { type, parameters } : { type };
}
