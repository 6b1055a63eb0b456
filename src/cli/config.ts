import type { BudgetPolicy } from '../accounting/budget/budget';
import { patternsThatAreOn } from '../batch/collect/patterns';
import { asRecord, parseRecord } from '../common/json';
import { NANO_PER_USD, type NanoUsd } from '../common/money';
import type { RunSettings } from '../delegation/run/run';
import { resolveSettings } from '../editor/settings/resolveSettings';
import { SETTING_RULES } from '../editor/settings/settingRules';
import { readTaskOverrides } from '../editor/settings/taskOverrides';
import type { SettingTypes } from '../manifest';
import { BATCH_SETTINGS, type BatchSetting, DEFAULTS } from './defaults';
import { UsageError } from './usageError';

/** What a batch needs to know besides its arguments. */
export interface Config {
  readonly settings: RunSettings;
  readonly policy: BudgetPolicy;
  readonly limitNanoUsd: NanoUsd;
  readonly parallel: number;
  readonly auditShare: number;
  readonly masksSecrets: boolean;
  readonly ignoreFiles: readonly string[];
  readonly excludes: readonly string[];
  readonly connectTimeoutMs: number;
  readonly silenceTimeoutMs: number;
  readonly progressTimeoutMs: number;
}

/** Keys besides those of `BATCH_SETTINGS`, as they stand in an editor's settings. */
const EXCLUDES = ['files.exclude', 'search.exclude'] as const;
/** The editor's own defaults of `files.exclude`. */
const DEFAULT_EXCLUDES = ['**/.git', '**/.svn', '**/.hg', '**/.DS_Store', '**/Thumbs.db'];

/**
 * Reads a configuration: JSON with keys as in an editor's settings, with or without `delegate.`.
 *
 * @param text null for the defaults.
 * @throws UsageError for a key that is not one of ours, and for a value that a run cannot rest on.
 */
export function readConfig(text: string | null, taskId: string): Config {
  const values = readValues(text);
  const read = <K extends BatchSetting>(key: K): SettingTypes[K] =>
    (values.has(key) ? values.get(key) : DEFAULTS[key]) as SettingTypes[K];
  const { overrides, problems } = readTaskOverrides(read('tasks'), taskId);
  const [problem] = problems;
  if (problem) {
    throw new UsageError(`"${problem.key}" in ${problem.setting}: expected ${problem.expected}.`);
  }
  const settings = resolveSettings((key) => valueFor(key, read), overrides);
  return {
    settings: { ...settings, routing: 'delegated' },
    policy: {
      // It goes out with each request; the batch has a limit of its own.
      perRunNanoUsd: 0,
      dailyNanoUsd: toNano(read('budget.daily')),
      monthlyNanoUsd: toNano(read('budget.monthly')),
      action: 'block',
    },
    limitNanoUsd: toNano(read('batch.perBatchBudget')),
    parallel: read('batch.parallel'),
    auditShare: read('batch.auditShare'),
    masksSecrets: read('privacy.maskSecrets'),
    ignoreFiles: [...new Set([...DEFAULTS['privacy.ignoreFiles'], ...read('privacy.ignoreFiles')])],
    excludes: excludesOf(values),
    connectTimeoutMs: read('stream.connectTimeoutSeconds') * 1000,
    silenceTimeoutMs: read('stream.silenceTimeoutSeconds') * 1000,
    progressTimeoutMs: read('stream.progressTimeoutSeconds') * 1000,
  };
}

/** Settings that a batch does not have are what switches them off. */
function valueFor<K extends keyof SettingTypes>(
  key: K,
  read: <B extends BatchSetting>(key: B) => SettingTypes[B],
): SettingTypes[K] {
  if ((BATCH_SETTINGS as readonly string[]).includes(key)) {
    return read(key as BatchSetting) as SettingTypes[K];
  }
  const off: Partial<SettingTypes> = {
    'advisor.model': '',
    'advisor.name': '',
    'advisor.instructions': '',
    'fusion.enabled': false,
    'responseCache.enabled': false,
    'responseCache.ttlSeconds': 300,
    routing: 'delegated',
  };
  return off[key] as SettingTypes[K];
}

function readValues(text: string | null): ReadonlyMap<string, unknown> {
  if (text === null) return new Map();
  const row = parseRecord(text);
  if (!row) throw new UsageError('The configuration is not a JSON object.');
  const values = new Map<string, unknown>();
  for (const [name, value] of Object.entries(row)) {
    const key = name.replace(/^delegate\./, '');
    if ((BATCH_SETTINGS as readonly string[]).includes(key)) {
      const expected = SETTING_RULES[key as BatchSetting](value);
      if (expected !== null) throw new UsageError(`${name}: write ${expected}.`);
    } else if (!(EXCLUDES as readonly string[]).includes(key)) {
      throw new UsageError(`${name} is not a setting of a batch.`);
    }
    values.set(key, value);
  }
  return values;
}

function excludesOf(values: ReadonlyMap<string, unknown>): readonly string[] {
  const patterns = EXCLUDES.flatMap((key) => {
    const value = values.get(key);
    if (value === undefined) return [];
    const row = asRecord(value);
    if (!row) throw new UsageError(`${key}: write an object of patterns.`);
    return patternsThatAreOn(row);
  });
  return [...DEFAULT_EXCLUDES, ...patterns];
}

function toNano(usd: number): NanoUsd {
  return Math.round(usd * NANO_PER_USD);
}
