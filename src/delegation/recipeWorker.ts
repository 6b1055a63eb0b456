import { asRecord } from '../common/json';
import type { ServerToolEntry } from '../openrouter/wire';
import { REASONING_EFFORTS, WORKER_TOOLS } from './checkSettings';
import type { RecipeProblem } from './recipe';
import type { WorkerSettings } from './task';

/** The user's limits that a recipe may lower and not raise. */
export interface WorkerLimits {
  readonly maxCompletionTokens: number;
  readonly maxToolCalls: number;
}

/** Fields below `worker` in a recipe; they are named as in the settings. */
export const WORKER_FIELDS: readonly string[] = [
  'model',
  'maxCompletionTokens',
  'temperature',
  'reasoningEffort',
  'instructions',
  'tools',
  'maxToolCalls',
];

/** Reads a recipe's worker fields. @returns null settings when one of them cannot be used. */
export function readWorkerSettings(
  value: unknown,
  limits: WorkerLimits,
): { readonly settings: WorkerSettings | null; readonly problems: readonly RecipeProblem[] } {
  if (value === undefined || value === null) return { settings: {}, problems: [] };
  const fields = asRecord(value);
  if (!fields) {
    return {
      settings: null,
      problems: [
        {
          field: 'worker',
          problem: 'worker is not a list of fields.',
          remedy: 'Write fields such as "temperature: 0" below it, indented.',
        },
      ],
    };
  }
  const reader = new FieldReader(fields, limits);
  const settings = {
    ...reader.text('model'),
    ...reader.limit('maxCompletionTokens', 16),
    ...reader.temperature(),
    ...reader.effort(),
    ...reader.text('instructions'),
    ...reader.tools(),
    ...reader.limit('maxToolCalls', 1),
  };
  reader.reportUnknown();
  return { settings: reader.hasFailed ? null : settings, problems: reader.problems };
}

class FieldReader {
  readonly problems: RecipeProblem[] = [];
  hasFailed = false;
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #limits: WorkerLimits;

  constructor(fields: Readonly<Record<string, unknown>>, limits: WorkerLimits) {
    this.#fields = fields;
    this.#limits = limits;
  }

  text(field: 'model' | 'instructions'): WorkerSettings {
    const value = this.#fields[field];
    if (value === undefined) return {};
    if (typeof value === 'string' && value.trim() !== '') return { [field]: value.trim() };
    return this.#fail(field, 'is not a text.', 'Write a text, or leave it out.');
  }

  /** A limit above the user's own is lowered to it: that is worth a word, not a refusal. */
  limit(field: keyof WorkerLimits, lowest: number): WorkerSettings {
    const value = this.#fields[field];
    const highest = this.#limits[field];
    if (value === undefined) return {};
    if (!Number.isInteger(value) || Number(value) < lowest) {
      return this.#fail(
        field,
        'is not a usable number.',
        `Write a whole number from ${lowest} to ${highest}.`,
      );
    }
    if (Number(value) <= highest) return { [field]: Number(value) };
    this.problems.push({
      field: `worker.${field}`,
      problem: `worker.${field} is above your own limit, so ${highest} is used.`,
      remedy: `Write ${highest} or less, or raise delegate.worker.${field} in your settings.`,
    });
    return { [field]: highest };
  }

  temperature(): WorkerSettings {
    const value = this.#fields['temperature'];
    if (value === undefined) return {};
    if (typeof value === 'number' && value >= 0 && value <= 2) return { temperature: value };
    return this.#fail('temperature', 'is not a usable number.', 'Write a number from 0 to 2.');
  }

  effort(): WorkerSettings {
    const value = this.#fields['reasoningEffort'];
    if (value === undefined) return {};
    if (typeof value === 'string' && REASONING_EFFORTS.includes(value)) {
      return { reasoningEffort: value };
    }
    return this.#fail(
      'reasoningEffort',
      'has an unknown value.',
      `Write one of ${REASONING_EFFORTS.join(', ')}.`,
    );
  }

  tools(): WorkerSettings {
    const value = this.#fields['tools'];
    if (value === undefined) return {};
    const entries = Array.isArray(value) ? value.map(readTool) : [null];
    const usable = entries.filter((entry) => entry !== null);
    if (usable.length === entries.length) return { tools: usable };
    return this.#fail(
      'tools',
      'has an entry that is no tool for workers.',
      `Write a list of ${[...WORKER_TOOLS].join(', ')}.`,
    );
  }

  reportUnknown(): void {
    for (const field of Object.keys(this.#fields)) {
      if (WORKER_FIELDS.includes(field)) continue;
      this.#fail(field, 'is not known.', `The fields are ${WORKER_FIELDS.join(', ')}.`);
    }
  }

  #fail(field: string, what: string, remedy: string): WorkerSettings {
    this.hasFailed = true;
    this.problems.push({ field: `worker.${field}`, problem: `worker.${field} ${what}`, remedy });
    return {};
  }
}

/** A tool by its name, or as an object with parameters. */
function readTool(value: unknown): ServerToolEntry | null {
  const entry = typeof value === 'string' ? { type: value } : asRecord(value);
  const type = entry?.['type'];
  if (typeof type !== 'string' || !WORKER_TOOLS.has(type)) return null;
  const parameters = asRecord(entry?.['parameters']);
  return parameters ? { type, parameters } : { type };
}
