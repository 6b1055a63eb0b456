import { asRecord } from '../common/json';
import type { ServerToolEntry } from '../openrouter/wire';
import { WORKER_TOOLS } from '../delegation/route/checks';
import { REASONING_EFFORTS, WORKER_LIMITS } from '../tasks/workerLimits';
import type { RecipeProblem } from './problem';
import type { WorkerSettings } from '../tasks/task';

/** The user's limits that a recipe may lower and not raise. */
export interface WorkerLimits {
  readonly maxCompletionTokens: number;
  readonly maxToolCalls: number;
  /** More thinking is more tokens, so this is a limit as well. */
  readonly reasoningEffort: string;
  readonly reasoningMaxTokens?: number;
  /** Searches are billed extra, and fetching tells others what is asked for. */
  readonly tools: readonly ServerToolEntry[];
}

/** Fields below `worker` in a recipe; they are named as in the settings. */
export const WORKER_FIELDS: readonly string[] = [
  'model',
  'maxCompletionTokens',
  'temperature',
  'reasoningEffort',
  'reasoningMaxTokens',
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
    ...reader.limit('maxCompletionTokens'),
    ...reader.temperature(),
    ...reader.effort(),
    ...reader.limit('reasoningMaxTokens'),
    ...reader.text('instructions'),
    ...reader.tools(),
    ...reader.limit('maxToolCalls'),
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

  /** A limit above the user's own is lowered to it. */
  limit(field: 'maxCompletionTokens' | 'maxToolCalls' | 'reasoningMaxTokens'): WorkerSettings {
    const [lowest] = WORKER_LIMITS[field];
    const value = this.#fields[field];
    const highest = this.#limits[field] ?? 0;
    if (value === undefined) return {};
    if (!Number.isInteger(value) || Number(value) < lowest) {
      return this.#fail(
        field,
        'is not a usable number.',
        `Write a whole number from ${lowest} to ${highest}.`,
      );
    }
    if (Number(value) <= highest) return { [field]: Number(value) };
    this.#lower(field, `is above your own limit, so ${highest} is used.`);
    return { [field]: highest };
  }

  temperature(): WorkerSettings {
    const value = this.#fields['temperature'];
    if (value === undefined) return {};
    const [low, high] = WORKER_LIMITS.temperature;
    if (typeof value === 'number' && value >= low && value <= high) return { temperature: value };
    return this.#fail(
      'temperature',
      'is not a usable number.',
      `Write a number from ${low} to ${high}.`,
    );
  }

  effort(): WorkerSettings {
    const value = this.#fields['reasoningEffort'];
    if (value === undefined) return {};
    if (typeof value === 'string' && REASONING_EFFORTS.includes(value)) {
      const highest = this.#limits.reasoningEffort;
      if (REASONING_EFFORTS.indexOf(value) <= REASONING_EFFORTS.indexOf(highest)) {
        return { reasoningEffort: value };
      }
      this.#lower('reasoningEffort', `is above your own, so ${highest} is used.`);
      return { reasoningEffort: highest };
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
    if (usable.length === entries.length) return { tools: this.#allowed(usable) };
    return this.#fail(
      'tools',
      'has an entry that is not a tool for workers.',
      `Write a list of ${[...WORKER_TOOLS].join(', ')}.`,
    );
  }

  /** The user's own entries for the tools asked for: with parameters a recipe could ask for more. */
  #allowed(wanted: readonly ServerToolEntry[]): readonly ServerToolEntry[] {
    const isWanted = (type: string): boolean => wanted.some((entry) => entry.type === type);
    const allowed = this.#limits.tools.filter(({ type }) => isWanted(type));
    const refused = wanted.filter(({ type }) => !allowed.some((entry) => entry.type === type));
    if (refused.length > 0) {
      const names = refused.map(({ type }) => type).join(', ');
      this.#lower(
        'tools',
        `asks for what your settings do not allow, so it is left out: ${names}.`,
      );
    }
    return allowed;
  }

  /** Worth a word, not a refusal: the run costs less than the recipe meant. */
  #lower(field: string, what: string): void {
    this.problems.push({
      field: `worker.${field}`,
      problem: `worker.${field} ${what}`,
      remedy: `Ask for less, or change delegate.worker.${field} in your own settings.`,
      isLowered: true,
    });
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
