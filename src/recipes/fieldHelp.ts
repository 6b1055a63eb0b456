import type { Localization } from '../common/translate';
import { WORKER_TOOLS } from '../delegation/route/checks';
import { REASONING_EFFORTS } from '../tasks/workerLimits';
import { RECIPE_FIELDS } from './recipe';
import { WORKER_FIELDS, type WorkerLimits } from './workerFields';

/** A field of a recipe's front matter, for people who write one. */
export interface RecipeField {
  /** Such as `result`, or `worker.temperature` for one below `worker`. */
  readonly path: string;
  /** What it means, what it may be, and what it is when it is left out; Markdown. */
  readonly help: string;
  /** Values to offer, with what each means; empty when any text or number will do. */
  readonly values: readonly RecipeValue[];
}

export interface RecipeValue {
  readonly value: string;
  /** Empty when the value says it all. */
  readonly help: string;
}

/** What helpers of the editor know besides the text. */
export interface RecipeHelpPorts {
  readonly limits: WorkerLimits;
  readonly l10n: Localization;
}

/** Every field, in the order in which they are offered. */
export function recipeFields(ports: RecipeHelpPorts): readonly RecipeField[] {
  return [
    ...RECIPE_FIELDS.map((name) => ({
      path: name,
      help: fieldHelp(name, ports),
      values: fieldValues(name, ports),
    })),
    ...WORKER_FIELDS.map((name) => ({
      path: `worker.${name}`,
      help: workerHelp(name, ports),
      values: workerValues(name, ports),
    })),
  ];
}

function fieldHelp(name: string, { l10n }: RecipeHelpPorts): string {
  switch (name) {
    case 'title':
      return l10n.t('What “Run task…” shows. Left out: the file’s name.');
    case 'result':
      return l10n.t('What comes out: `text`, `edit` or `json`. Left out: `text`.');
    case 'context':
      return l10n.t(
        'What the orchestrator sees of the selection: `outline` or `full`. Left out: `outline`. The worker always gets all of it.',
      );
    case 'worker':
      return l10n.t(
        'Settings of the worker for this recipe. Each may lower your own setting; limits are never raised.',
      );
    case 'schema':
      return l10n.t('JSON Schema of the result, as YAML; only with `result: json`.');
    default:
      return '';
  }
}

function fieldValues(name: string, { l10n }: RecipeHelpPorts): readonly RecipeValue[] {
  switch (name) {
    case 'result':
      return [
        { value: 'text', help: l10n.t('An answer in Markdown, in the output panel.') },
        { value: 'edit', help: l10n.t('A new text for the selection, as a draft.') },
        {
          value: 'json',
          help: l10n.t('A JSON document, checked against `schema` if there is one.'),
        },
      ];
    case 'context':
      return [
        { value: 'outline', help: l10n.t('The shape of the code only, which is cheaper.') },
        { value: 'full', help: l10n.t('The whole text, for jobs that need judgement.') },
      ];
    default:
      return [];
  }
}

function workerHelp(name: string, { limits, l10n }: RecipeHelpPorts): string {
  switch (name) {
    case 'model':
      return l10n.t(
        'Slug of the worker’s model. One that costs more than your own is replaced by yours. Left out: your own.',
      );
    case 'maxCompletionTokens':
      return l10n.t(
        'Limit of the answer in tokens: a whole number from 16 to {0}. Left out: {0}.',
        limits.maxCompletionTokens,
      );
    case 'temperature':
      return l10n.t('Sampling temperature: a number from 0 to 2. Left out: your own.');
    case 'reasoningEffort':
      return l10n.t(
        'Reasoning effort, at most your own. Left out: your own, which is `{0}`.',
        limits.reasoningEffort,
      );
    case 'reasoningMaxTokens':
      return l10n.t(
        'Limit of the reasoning in tokens, at most your own, in place of an effort. Left out: your own, which is {0}.',
        limits.reasoningMaxTokens ?? 0,
      );
    case 'instructions':
      return l10n.t('Text added to the worker’s instructions, such as house style.');
    case 'tools':
      return l10n.t(
        'Server tools for the worker, of those that your own settings allow: {0}.',
        allowed(limits),
      );
    case 'maxToolCalls':
      return l10n.t(
        'Limit of tool calls: a whole number from 1 to {0}. Left out: {0}.',
        limits.maxToolCalls,
      );
    default:
      return '';
  }
}

function allowed({ tools }: WorkerLimits): string {
  return tools.length === 0 ? '–' : tools.map(({ type }) => `\`${type}\``).join(', ');
}

function workerValues(name: string, { limits }: RecipeHelpPorts): readonly RecipeValue[] {
  const offer = (values: readonly (string | number)[]): readonly RecipeValue[] =>
    values.map((value) => ({ value: String(value), help: '' }));
  switch (name) {
    case 'maxCompletionTokens':
      return offer([limits.maxCompletionTokens]);
    case 'reasoningEffort':
      return offer(
        REASONING_EFFORTS.slice(0, REASONING_EFFORTS.indexOf(limits.reasoningEffort) + 1),
      );
    case 'reasoningMaxTokens':
      return offer([limits.reasoningMaxTokens ?? 0]);
    case 'tools':
      return offer([...WORKER_TOOLS]);
    case 'maxToolCalls':
      return offer([limits.maxToolCalls]);
    default:
      return [];
  }
}
