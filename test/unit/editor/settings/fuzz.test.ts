import assert from 'node:assert/strict';
import { NANO_PER_USD } from '../../../../src/common/money';
import { prepareRun } from '../../../../src/delegation/route/prepare';
import { readRecipe } from '../../../../src/recipes/recipe';
import { withAffordableWorker } from '../../../../src/recipes/affordableModel';
import { RefusalError } from '../../../../src/delegation/run/runErrors';
import type { RunRequest, RunSettings } from '../../../../src/delegation/run/run';
import type { TaskDefinition } from '../../../../src/tasks/task';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { resolveSettings } from '../../../../src/editor/settings/resolveSettings';
import { RUN_SETTINGS, SETTING_RULES } from '../../../../src/editor/settings/settingRules';
import { readTaskOverrides } from '../../../../src/editor/settings/taskOverrides';
import type { SettingKey, SettingTypes } from '../../../../src/manifest';
import {
  type Random,
  fuzzRuns,
  fuzzSeed,
  mutateBytes,
  randomSource,
  withStrangeValue,
} from '../../../support/mutate';
import { manifestSettings } from '../../../support/manifestSettings';
import { assertAcceptedBySdk } from '../../../support/sdkSchemas';
import { firstWire, lookup, model, pricing, requestWith } from '../../delegation/kit';
import { assertEndsWithin } from '../../../support/cpuTime';

const RUNS = fuzzRuns(1_000);

type Values = Record<SettingKey, unknown>;

const defaults = Object.fromEntries(
  Object.entries(manifestSettings()).map(([name, schema]) => [
    name.slice('delegate.'.length),
    schema.default,
  ]),
) as Values;
/** Something in every setting, so that there is something to break. */
const given: Values = {
  ...defaults,
  orchestratorModel: 'test/orchestrator',
  workerModel: 'test/worker',
  'worker.instructions': 'Be brief.',
  'worker.tools': [
    'openrouter:datetime',
    { type: 'openrouter:web_search', parameters: { max_results: 2 } },
  ],
  tasks: { summarize: { 'worker.temperature': 1, protocol: 'chat' }, docstring: {} },
  'advisor.model': 'test/orchestrator',
  provider: {
    data_collection: 'deny',
    order: ['a', 'b'],
    zdr: true,
    sort: 'price',
    max_price: { prompt: 1, completion: '2.5' },
  },
};

const strange: readonly unknown[] = [
  NaN,
  1e-9,
  5e-324,
  2 ** 53,
  -0,
  '0',
  ' ',
  'a'.repeat(10_000),
  'openrouter:subagent',
  'function',
  'chat',
  'direct',
  'auto',
  [['openrouter:datetime']],
  [{ type: 'openrouter:subagent' }],
  [{ type: 'openrouter:web_search', parameters: { model: null } }],
  { summarize: { 'worker.tools': [{ type: 'function' }] } },
  { summarize: { 'budget.perRun': 99, 'api.baseUrl': 'https://example.com' } },
  { prompt: 1e-9 },
];

const models = lookup(
  model('test/orchestrator'),
  model('test/worker', { pricing: pricing(0.1, 0.5) }),
  model('test/cheap', { pricing: pricing(0.05, 0.2) }),
  model('test/dear', { pricing: pricing(50, 500) }),
);

function mutateSettings(random: Random): Values {
  const values = { ...given };
  const keys = Object.keys(values) as SettingKey[];
  for (let changes = random(4); changes > 0; changes--) {
    const key = keys[random(keys.length)]!;
    values[key] =
      random(3) === 0 ? strange[random(strange.length)] : withStrangeValue(values[key], random);
  }
  return { ...values, provider: withKnownFields(values.provider) };
}

/** Fields that the schema does not have go to the API as they are; it may be newer. */
function withKnownFields(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const known = Object.keys(given.provider as object);
  return Object.fromEntries(Object.entries(value).filter(([field]) => known.includes(field)));
}

/** As a run reads them: refused, or with the task's own on top. */
function resolve(values: Values, taskId: string): RunSettings | null {
  if (RUN_SETTINGS.some((key) => SETTING_RULES[key](values[key]) !== null)) return null;
  const { overrides, problems } = readTaskOverrides(values.tasks, taskId);
  if (problems.some(({ kind }) => kind === 'wrong-value')) return null;
  const read = <K extends SettingKey>(key: K): SettingTypes[K] => values[key] as SettingTypes[K];
  return resolveSettings(read, overrides);
}

/** What is sent for a request, if anything; refusals must say what to write. */
function sentFor(request: RunRequest): ReturnType<typeof prepareRun> | null {
  const prepared = prepareRun(request, { models, random: (below) => below - 1, nowMs: 0 });
  if (!(prepared instanceof RefusalError)) {
    assertAcceptedBySdk(firstWire(prepared));
    JSON.stringify(firstWire(prepared).body, (_key, value: unknown) => {
      assert.ok(
        typeof value !== 'number' || Number.isFinite(value),
        'a number that JSON cannot have',
      );
      return value;
    });
    return prepared;
  }
  assert.match(prepared.problem, /\.$/);
  assert.match(prepared.remedy, /\.$/);
  return null;
}

/** The limit on cost that goes out with a request, in nano-USD; null when there is none. */
function costLimitOf(
  prepared: Exclude<ReturnType<typeof sentFor>, null | RefusalError>,
): number | null {
  const conditions = firstWire(prepared).body.stop_server_tools_when ?? [];
  const limits = conditions.flatMap((condition) =>
    condition.type === 'max_cost' ? [condition.max_cost_in_dollars * NANO_PER_USD] : [],
  );
  return limits.length === 0 ? null : Math.min(...limits);
}

suite('mutated settings', function () {
  this.timeout(60_000 + RUNS * 20);

  test(`${RUNS} of them are refused, or make a request that the API's schema has`, () => {
    const random = randomSource(fuzzSeed);
    const ends = { refused: 0, sent: 0 };
    const tasks = Object.values(builtInTasks);
    for (let count = 0; count < RUNS; count++) {
      const values = mutateSettings(random);
      const task = tasks[random(tasks.length)]!;
      const told = `mutant ${count} of seed ${fuzzSeed}: ${task.id}`;
      try {
        const settings = resolve(values, task.id);
        const prepared =
          settings && sentFor({ ...requestWith({ task, instruction: 'Do it.' }), settings });
        if (!prepared || prepared instanceof RefusalError) {
          ends.refused += 1;
          continue;
        }
        ends.sent += 1;
        const budget = values['budget.perRun'] as number;
        const limit = costLimitOf(prepared);
        if (prepared.routing === 'delegated' && budget >= 1e-9) {
          assert.ok(limit !== null && limit <= Math.ceil(budget * NANO_PER_USD), `${limit}`);
        }
      } catch (error) {
        throw new Error(told, { cause: error });
      }
    }
    assert.ok(ends.sent > RUNS / 10 && ends.refused > RUNS / 10, JSON.stringify(ends));
  });
});

const recipeText = `---
title: Name the errors
result: json
context: full
worker:
  model: test/cheap
  maxCompletionTokens: 1000
  temperature: 0
  reasoningEffort: low
  instructions: Be brief.
  tools:
    - openrouter:datetime
    - type: openrouter:web_search
      parameters: { max_results: 50 }
  maxToolCalls: 2
schema: { type: array, items: { type: string } }
---

List every error that {{what}} can throw.
`;

const lines: readonly string[] = [
  '---',
  'result: edit',
  'result: [json]',
  'context: null',
  'worker: []',
  '  model: test/dear',
  '  model: openrouter:subagent',
  '  maxCompletionTokens: 999999999',
  '  maxCompletionTokens: .inf',
  '  maxToolCalls: 25',
  '  reasoningEffort: max',
  '  tools: [openrouter:web_fetch, openrouter:subagent, { type: function }]',
  '  temperature: -.inf',
  'budget: { perRun: 1000 }',
  'delegate.budget.perRun: 1000',
  '__proto__: { answer: replacement }',
  'schema: &a [*a]',
  'schema: { $ref: "#" }',
  `title: ${'['.repeat(3000)}`,
  'x: &x [1,1]\ny: &y [*x,*x,*x,*x,*x,*x]\nz: &z [*y,*y,*y,*y,*y,*y]\nw: [*z,*z,*z,*z,*z,*z]',
  '\u0000\u0007',
  '\uFEFF',
];

function mutateRecipe(random: Random): string {
  let text = recipeText;
  for (let changes = random(4); changes >= 0; changes--) {
    const all = text.split('\n');
    const at = random(all.length);
    switch (random(5)) {
      case 0:
        text = mutateBytes(Buffer.from(text), random, Buffer.from(recipeText)).toString('utf8');
        break;
      case 1:
        all.splice(at, 1);
        text = all.join('\n');
        break;
      default: {
        const line = lines[random(lines.length)] ?? '';
        const key = line.slice(0, line.indexOf(':') + 1);
        const own = all.findIndex((other) => key !== '' && other.startsWith(key));
        all.splice(own < 0 ? at : own, own < 0 ? 0 : 1, line);
        text = all.join(random(20) === 0 ? '\r\n' : '\n');
      }
    }
  }
  return text;
}

suite('mutated recipes', function () {
  this.timeout(60_000 + RUNS * 20);
  const limits = {
    maxCompletionTokens: 4096,
    maxToolCalls: 5,
    reasoningEffort: 'medium',
    tools: [{ type: 'openrouter:datetime' }],
  };
  const own = requestWith().settings;
  const settings: RunSettings = {
    ...own,
    worker: { ...own.worker, ...limits },
    budgetPerRunNanoUsd: 200_000_000,
  };

  /** The costs that a recipe may lower and never raise. */
  function checkLimits(task: TaskDefinition): void {
    const { worker = {} } = task;
    assert.ok((worker.maxCompletionTokens ?? 0) <= limits.maxCompletionTokens);
    assert.ok((worker.maxToolCalls ?? 0) <= limits.maxToolCalls);
    assert.ok(['none', 'minimal', 'low', 'medium'].includes(worker.reasoningEffort ?? 'none'));
    for (const tool of worker.tools ?? []) assert.deepEqual(tool, limits.tools[0]);
    assert.ok([undefined, 'test/cheap', settings.workerModel].includes(worker.model), worker.model);
  }

  test(`${RUNS} of them say what is wrong, or run within the user's own limits`, () => {
    const random = randomSource(fuzzSeed);
    const ends = { refused: 0, sent: 0, wrong: 0 };
    for (let count = 0; count < RUNS; count++) {
      const text = mutateRecipe(random);
      try {
        const file = { name: 'mutant', text, limits };
        const { recipe, problems } = readRecipe(file);
        assertEndsWithin(1_000, () => readRecipe(file));
        for (const { problem, remedy } of problems) {
          assert.ok(problem !== '' && /[.:…]|$/.test(problem));
          assert.match(remedy, /\.$/);
        }
        if (!recipe) {
          assert.ok(problems.length > 0, 'nothing is said');
          ends.wrong += 1;
          continue;
        }
        const { task } = withAffordableWorker(recipe.task, settings.workerModel, models);
        checkLimits(task);
        const request = requestWith({ task, instruction: recipe.instruction });
        const prepared = sentFor({ ...request, settings });
        if (!prepared || prepared instanceof RefusalError) {
          ends.refused += 1;
          continue;
        }
        ends.sent += 1;
        assert.equal(costLimitOf(prepared), settings.budgetPerRunNanoUsd);
        const tools = JSON.stringify(firstWire(prepared).body.tools ?? []);
        assert.doesNotMatch(tools, /"model":"test\/dear"/);
      } catch (error) {
        throw new Error(`mutant ${count} of seed ${fuzzSeed}: ${JSON.stringify(text)}`, {
          cause: error,
        });
      }
    }
    assert.ok(ends.sent > RUNS / 20 && ends.wrong > RUNS / 20, JSON.stringify(ends));
  });
});
