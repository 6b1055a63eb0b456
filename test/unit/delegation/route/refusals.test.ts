import assert from 'node:assert/strict';
import { builtInTasks } from '../../../../src/tasks/catalog';
import type { RefusalCode } from '../../../../src/delegation/run/runErrors';
import {
  type RequestChange,
  defaultModels,
  lookup,
  model,
  orchestratorModel,
  prepare,
  refusalOf,
  requestWith,
  sampleCode,
  workerModel,
} from '../kit';

interface Case {
  readonly title: string;
  readonly change: RequestChange;
  readonly models?: typeof defaultModels;
  readonly code: RefusalCode;
  readonly setting: string | null;
}

const worker = (change: Record<string, unknown>): RequestChange => ({
  settings: { worker: change },
});

const CASES: readonly Case[] = [
  {
    title: 'nothing but blanks',
    change: { text: ' \n\t\r\n' },
    code: 'refused-empty-selection',
    setting: null,
  },
  {
    title: 'no orchestrator model',
    change: { settings: { orchestratorModel: ' ' } },
    code: 'refused-no-orchestrator-model',
    setting: 'delegate.orchestratorModel',
  },
  {
    title: 'no worker model',
    change: { settings: { workerModel: '' } },
    code: 'refused-no-worker-model',
    setting: 'delegate.workerModel',
  },
  {
    title: 'the tool’s name as worker model',
    change: { settings: { workerModel: 'openrouter:subagent' } },
    code: 'refused-worker-is-tool',
    setting: 'delegate.workerModel',
  },
  {
    title: 'a function tool in the worker',
    change: worker({ tools: [{ type: 'function' }] }),
    code: 'refused-worker-tool',
    setting: 'delegate.worker.tools',
  },
  {
    title: 'the subagent in the worker',
    change: worker({ tools: [{ type: 'openrouter:subagent' }] }),
    code: 'refused-worker-tool',
    setting: 'delegate.worker.tools',
  },
  {
    title: 'a tool without a type',
    change: worker({ tools: [{ type: '' }] }),
    code: 'refused-worker-tool',
    setting: 'delegate.worker.tools',
  },
  ...[0, 26, 1.5, Number.NaN].map((maxToolCalls) => ({
    title: `${maxToolCalls} tool calls`,
    change: worker({ maxToolCalls }),
    code: 'refused-worker-limit' as const,
    setting: 'delegate.worker.maxToolCalls',
  })),
  ...[-0.1, 2.1, Number.NaN].map((temperature) => ({
    title: `a temperature of ${temperature}`,
    change: worker({ temperature }),
    code: 'refused-worker-limit' as const,
    setting: 'delegate.worker.temperature',
  })),
  ...[0, 15, 99.5].map((maxCompletionTokens) => ({
    title: `${maxCompletionTokens} completion tokens`,
    change: worker({ maxCompletionTokens }),
    code: 'refused-worker-limit' as const,
    setting: 'delegate.worker.maxCompletionTokens',
  })),
  {
    title: 'an unknown effort',
    change: worker({ reasoningEffort: 'extreme' }),
    code: 'refused-worker-limit',
    setting: 'delegate.worker.reasoningEffort',
  },
  {
    title: 'a cache that never ends',
    change: { settings: { responseCache: { enabled: true, ttlSeconds: 86_401 } } },
    code: 'refused-setting',
    setting: 'delegate.responseCache.ttlSeconds',
  },
  {
    title: 'an orchestrator without tools',
    change: {},
    models: lookup({ ...orchestratorModel, supportedParameters: ['temperature'] }, workerModel),
    code: 'refused-orchestrator-without-tools',
    setting: 'delegate.orchestratorModel',
  },
  {
    title: 'a selection over the worker’s context',
    change: { text: sampleCode(1000) },
    models: lookup(orchestratorModel, { ...workerModel, contextLength: 16_000 }),
    code: 'refused-context-too-small',
    setting: 'delegate.workerModel',
  },
  {
    title: 'a selection over the orchestrator’s context',
    change: { task: builtInTasks.refactor, text: sampleCode(1000) },
    models: lookup({ ...orchestratorModel, contextLength: 16_000 }, workerModel),
    code: 'refused-context-too-small',
    setting: 'delegate.orchestratorModel',
  },
  {
    title: 'a selection over the direct model’s context',
    change: { text: sampleCode(1000), settings: { routing: 'direct' } },
    models: lookup({ ...orchestratorModel, contextLength: 16_000 }),
    code: 'refused-context-too-small',
    setting: 'delegate.orchestratorModel',
  },
  {
    title: 'a direct answer longer than the model gives',
    change: {
      task: builtInTasks.reformat,
      text: sampleCode(1000),
      settings: { routing: 'direct' },
    },
    models: lookup({ ...orchestratorModel, maxCompletionTokens: 4096 }),
    code: 'refused-answer-too-long',
    setting: 'delegate.orchestratorModel',
  },
];

suite('refusals', () => {
  for (const { title, change, models, code, setting } of CASES) {
    test(`${title}: ${code}`, () => {
      const refusal = refusalOf(requestWith(change), models ?? defaultModels);
      assert.equal(refusal.code, code);
      assert.equal(refusal.setting, setting);
      assert.match(refusal.problem, /\.$/);
      assert.match(refusal.remedy, /\.$/);
    });
  }

  test('models that the catalog does not know are tried', () => {
    assert.equal(prepare(requestWith(), lookup()).routing, 'delegated');
    const bare = model('test/orchestrator', { supportedParameters: [] });
    assert.equal(prepare(requestWith(), lookup(bare, workerModel)).routing, 'delegated');
  });

  test('the direct route needs no worker', () => {
    const settings = { workerModel: '', routing: 'direct' } as const;
    assert.equal(prepare(requestWith({ settings })).routing, 'direct');
  });

  test('messages hold nothing of the selection', () => {
    const text = `secretWord();\n${sampleCode(1000)}`;
    const models = lookup(orchestratorModel, { ...workerModel, contextLength: 10 });
    assert.ok(!refusalOf(requestWith({ text }), models).message.includes('secretWord'));
  });
});
