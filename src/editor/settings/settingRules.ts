import { asRecord } from '../../common/json';
import { ORCHESTRATOR_EFFORTS, REASONING_EFFORTS, WORKER_LIMITS } from '../../tasks/workerLimits';
import type { SettingKey } from '../../manifest';

/** What a value must be, in English after "Write"; null when it is that already. */
export type SettingRule = (value: unknown) => string | null;

const ADVISOR_NAME = /^[a-zA-Z0-9_-](?:[a-zA-Z0-9 _-]{0,62}[a-zA-Z0-9_-])?$/;

/** Dearer than anything that anybody means, and far from where sums would lose a nano-dollar. */
const MAX_BUDGET_USD = 1_000_000;

const budget = numberBetween(0, MAX_BUDGET_USD, 'an amount in USD such as 0.25, or 0 for off');

/**
 * What each setting may be. The editor marks other values in its settings page and hands them out
 * all the same, so this says it again; a test keeps it in agreement with the manifest. What depends
 * on models or tools is checked by the engine.
 */
export const SETTING_RULES: Readonly<Record<SettingKey, SettingRule>> = {
  orchestratorModel: text('the slug of a model'),
  workerModel: text('the slug of a model'),
  protocol: oneOf('responses', 'chat'),
  answer: oneOf('spliced', 'integrated'),
  routing: oneOf('auto', 'delegated', 'worker-first', 'direct'),
  'api.baseUrl': text('an address such as https://openrouter.ai/api/v1'),
  'worker.maxCompletionTokens': wholeNumber(...WORKER_LIMITS.maxCompletionTokens),
  'worker.temperature': numberBetween(...WORKER_LIMITS.temperature),
  'orchestrator.reasoningEffort': oneOf(...ORCHESTRATOR_EFFORTS),
  'worker.reasoningEffort': oneOf(...REASONING_EFFORTS),
  'worker.reasoningMaxTokens': wholeNumber(...WORKER_LIMITS.reasoningMaxTokens),
  'worker.instructions': text('a text'),
  'worker.tools': listOf(isTool, 'a list of tool names, or of objects with type and parameters'),
  'worker.maxToolCalls': wholeNumber(...WORKER_LIMITS.maxToolCalls),
  'worker.baseUrl': text('an address such as http://localhost:11434/v1, or an empty text for none'),
  tasks,
  'advisor.model': text('the slug of a model, or an empty text for none'),
  'advisor.name': advisorName,
  'advisor.instructions': text('a text, or an empty one for none'),
  'fusion.enabled': onOrOff,
  'responseCache.enabled': onOrOff,
  'responseCache.ttlSeconds': wholeNumber(1, 86_400),
  provider,
  'budget.perRun': budget,
  'budget.daily': budget,
  'budget.monthly': budget,
  'budget.action': oneOf('block', 'warn'),
  'batch.perBatchBudget': numberBetween(0, MAX_BUDGET_USD, 'an amount in USD such as 3'),
  'batch.parallel': wholeNumber(1, 64),
  'batch.auditShare': numberBetween(0, 1),
  project,
  'statusBar.period': oneOf('session', 'today', 'month'),
  'stream.connectTimeoutSeconds': numberBetween(1, 600),
  'stream.silenceTimeoutSeconds': numberBetween(1, 3600),
  'stream.progressTimeoutSeconds': numberBetween(1, 7200),
  'privacy.maskSecrets': onOrOff,
  'privacy.ignoreFiles': listOf(isFileName, 'a list of file names without folders'),
  'ui.confirmLargeSelectionTokens': wholeNumber(0, Number.MAX_SAFE_INTEGER),
  'agentTool.enabled': onOrOff,
  'chatParticipant.enabled': onOrOff,
};

/** No run depends on these, so a wrong value just falls back to the default. */
const HARMLESS: ReadonlySet<SettingKey> = new Set<SettingKey>(['statusBar.period']);

/** Settings that a run must be able to rely on. */
export const RUN_SETTINGS = (Object.keys(SETTING_RULES) as SettingKey[]).filter(
  (key) => !HARMLESS.has(key),
);

/** What a value is, for a sentence about it. Texts are not repeated: a key may have been pasted. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text';
  return 'an object';
}

function text(expected: string): SettingRule {
  return (value) => (isText(value) ? null : expected);
}

/** A name with a folder in it would name nothing, and its rules would silently be off. */
function isFileName(value: unknown): value is string {
  return isText(value) && /^[^\\/]+$/.test(value) && value !== '.' && value !== '..';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function onOrOff(value: unknown): string | null {
  return typeof value === 'boolean' ? null : 'true or false';
}

function oneOf(...values: readonly string[]): SettingRule {
  const last = values.at(-1) ?? '';
  const expected = `${values.slice(0, -1).join(', ')} or ${last}`;
  return (value) => (isText(value) && values.includes(value) ? null : expected);
}

function wholeNumber(low: number, high: number): SettingRule {
  const expected =
    high === Number.MAX_SAFE_INTEGER
      ? `a whole number from ${low}`
      : `a whole number from ${low} to ${high}`;
  return (value) =>
    Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high
      ? null
      : expected;
}

function numberBetween(
  low: number,
  high: number,
  expected = `a number from ${low} to ${high}`,
): SettingRule {
  return (value) => (typeof value === 'number' && value >= low && value <= high ? null : expected);
}

function listOf(isItem: (value: unknown) => boolean, expected: string): SettingRule {
  return (value) => (Array.isArray(value) && value.every(isItem) ? null : expected);
}

/** Which tools there are is the engine's to say; here only what could not be read as one. */
function isTool(value: unknown): boolean {
  if (isText(value)) return true;
  const entry = asRecord(value);
  const parameters = entry?.['parameters'];
  return isText(entry?.['type']) && (parameters === undefined || asRecord(parameters) !== null);
}

/** A tag goes into ledger and traces, where a path has no place. */
function project(value: unknown): string | null {
  return isText(value) && value.length <= 64 && !/[/\\]/.test(value)
    ? null
    : 'a tag of up to 64 characters without slashes';
}

/** A name makes a tool of its own for the orchestrator (API reference, server tools, advisor). */
function advisorName(value: unknown): string | null {
  return isText(value) && (value === '' || ADVISOR_NAME.test(value))
    ? null
    : 'up to 64 letters, digits, blanks, _ or -';
}

function tasks(value: unknown): string | null {
  const entries = asRecord(value);
  return entries && Object.values(entries).every((entry) => asRecord(entry) !== null)
    ? null
    : 'an object with an object of settings for each task';
}

const names = orNull(listOf(isText, 'a list of names'));
const flag = orNull(onOrOff);
/** Fields of `provider` whose types the API's schema fixes; others go through as they are. */
const PROVIDER_RULES: Readonly<Record<string, SettingRule>> = {
  order: names,
  only: names,
  ignore: names,
  quantizations: names,
  allow_fallbacks: flag,
  require_parameters: flag,
  zdr: flag,
  enforce_distillable_text: flag,
  data_collection: orNull(oneOf('deny', 'allow')),
  sort: orNull((value) =>
    isText(value) || isRecordOf(value, ['by', 'partition'], isTextOrNull)
      ? null
      : 'price, throughput or latency',
  ),
  max_price: (value) =>
    isRecordOf(value, ['prompt', 'completion', 'image', 'audio', 'request'], isPrice)
      ? null
      : 'an object of prices, such as { "prompt": 1 }',
};

function isRecordOf(
  value: unknown,
  fields: readonly string[],
  isField: (field: unknown) => boolean,
): boolean {
  const record = asRecord(value);
  if (!record) return false;
  return Object.entries(record).every(([name, field]) => fields.includes(name) && isField(field));
}

function isTextOrNull(value: unknown): boolean {
  return value === null || isText(value);
}

function orNull(rule: SettingRule): SettingRule {
  return (value) => (value === null ? null : rule(value));
}

function isPrice(value: unknown): boolean {
  return typeof value === 'number'
    ? value >= 0 && Number.isFinite(value)
    : isText(value) && /^\d+(?:\.\d+)?$/.test(value);
}

function provider(value: unknown): string | null {
  const fields = asRecord(value);
  if (!fields) return 'an object of provider preferences';
  for (const [field, rule] of Object.entries(PROVIDER_RULES)) {
    const expected = fields[field] === undefined ? null : rule(fields[field]);
    if (expected !== null) return `for ${field} ${expected}`;
  }
  return null;
}
