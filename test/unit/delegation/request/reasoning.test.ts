import assert from 'node:assert/strict';
import { type CatalogModel, type ModelReasoning } from '../../../../src/catalog/model';
import { readModels, trimModels } from '../../../../src/catalog/readModels';
import { reasoningFor } from '../../../../src/delegation/request/reasoning';
import { thinkingTokens } from '../../../../src/delegation/run/reasoningWish';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { draftTestsTask } from '../../../../src/tasks/draftTests';
import { extractPresets } from '../../../../src/tasks/extractPresets';
import { presetExtraction } from '../../../../src/tasks/extract';
import { assertAcceptedBySdk } from '../../../support/sdkSchemas';
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
  workersOf,
} from '../kit';

const OWN = { effort: 'none', maxTokens: 0, isOwn: true };
const DEFAULT = { ...OWN, isOwn: false };

function thinking(traits: Partial<ModelReasoning> | null): CatalogModel {
  return model('a/b', {
    supportedParameters: ['reasoning'],
    ...(traits && {
      reasoning: { isMandatory: false, isOnByDefault: true, efforts: null, ...traits },
    }),
  });
}

function worker(
  change: NonNullable<NonNullable<RequestChange['settings']>['worker']>,
): RequestChange {
  return { settings: { worker: change, budgetPerRunNanoUsd: 0 } };
}

function orchestrator(effort: string, change: RequestChange = {}): RequestChange {
  const orchestratorReasoning = { effort, maxTokens: 0, isOwn: true };
  return {
    ...change,
    settings: { budgetPerRunNanoUsd: 0, ...change.settings, orchestratorReasoning },
  };
}

suite('reasoning', () => {
  test('none is sent to a model that would think unasked, by default as well', () => {
    for (const wish of [OWN, DEFAULT]) {
      assert.deepEqual(reasoningFor(wish, thinking({})), { effort: 'none' });
    }
  });

  test('none is never sent to a model that must think, or does not take it', () => {
    for (const wish of [OWN, DEFAULT]) {
      assert.equal(reasoningFor(wish, thinking({ isMandatory: true })), null);
      assert.equal(reasoningFor(wish, thinking({ efforts: ['high', 'low'] })), null);
    }
    assert.deepEqual(reasoningFor(DEFAULT, thinking({ efforts: ['high', 'none'] })), {
      effort: 'none',
    });
  });

  test('what is just the default is not sent where it says nothing', () => {
    const quiet = thinking({ isOnByDefault: false });
    assert.equal(reasoningFor(DEFAULT, quiet), null);
    assert.deepEqual(reasoningFor(OWN, quiet), { effort: 'none' });
    for (const unknown of [null, thinking(null)]) {
      assert.equal(reasoningFor(DEFAULT, unknown), null);
      assert.deepEqual(reasoningFor(OWN, unknown), { effort: 'none' });
    }
    assert.equal(reasoningFor(OWN, model('a/b')), null, 'it has no such parameter');
  });

  test('a limit goes before an effort, and the two are never sent together', () => {
    const wish = { effort: 'high', maxTokens: 2000, isOwn: true };
    assert.deepEqual(reasoningFor(wish, null), { max_tokens: 2000 });
    assert.deepEqual(reasoningFor({ ...wish, maxTokens: 0 }, null), { effort: 'high' });
    assert.equal(reasoningFor({ ...wish, effort: 'default', maxTokens: 0 }, thinking({})), null);
  });

  test('the catalog tells of it, and its cache keeps it', () => {
    const row = {
      id: 'a/b',
      reasoning: {
        mandatory: false,
        default_enabled: true,
        supported_efforts: ['high', 'none', 1],
      },
    };
    const expected = { isMandatory: false, isOnByDefault: true, efforts: ['high', 'none'] };
    assert.deepEqual(readModels([row])[0]?.reasoning, expected);
    assert.deepEqual(readModels(trimModels([row]))[0]?.reasoning, expected);
    assert.equal(readModels([{ id: 'a/b' }])[0]?.reasoning, undefined);
    assert.deepEqual(
      readModels([{ id: 'a/b', reasoning: { default_effort: 'none' } }])[0]?.reasoning,
      {
        isMandatory: false,
        isOnByDefault: false,
        efforts: null,
      },
    );
  });
});

suite('a worker’s reasoning', () => {
  test('has a limit in its entry, which is part of its answer’s limit', () => {
    const { wire, tasks } = prepare(
      requestWith(worker({ reasoningMaxTokens: 1024, reasoningEffort: 'high' })),
    );
    assertAcceptedBySdk(wire);
    const entry = workersOf(wire)[0]!;
    assert.deepEqual(entry['reasoning'], { max_tokens: 1024 });
    assert.equal(entry.max_completion_tokens, 4096);
    assert.equal(tasks[0]?.thinkingTokens, 1024);
  });

  test('leaves that much less room, so a long job has more workers or a higher limit', () => {
    const parts = (change: RequestChange): number =>
      prepare(requestWith({ task: builtInTasks.reformat, text: sampleCode(700), ...change })).tasks
        .length;
    assert.ok(parts(worker({ reasoningMaxTokens: 2000 })) > parts(worker({})));
    const limit = (change: RequestChange): number =>
      prepare(requestWith({ task: draftTestsTask, text: sampleCode(1200), ...change })).tasks[0]!
        .maxCompletionTokens;
    const raised = limit(worker({ maxCompletionTokens: 1000 }));
    assert.ok(raised > 1000);
    assert.equal(
      limit(worker({ maxCompletionTokens: 1000, reasoningMaxTokens: 900 })),
      raised + 900,
    );
  });

  test('is in the price, most of all in the worst case', () => {
    const price = (change: RequestChange): { expected: number; ceiling: number } => {
      const { estimate } = prepare(
        requestWith({ task: builtInTasks.reformat, text: sampleCode(700), ...change }),
      );
      return { expected: estimate!.expectedNanoUsd, ceiling: estimate!.ceilingNanoUsd };
    };
    const [with2000, without] = [price(worker({ reasoningMaxTokens: 2000 })), price(worker({}))];
    // 0.50 USD per million tokens that the worker writes; at least one part more than without.
    assert.ok(with2000.ceiling >= without.ceiling + 2000 * 500);
    assert.ok(with2000.expected > without.expected);
  });

  test('that fills the whole answer is refused, unless somebody asked for a short answer', () => {
    const change = worker({ reasoningMaxTokens: 4096 });
    const refusal = refusalOf(requestWith(change));
    assert.equal(refusal.code, 'refused-worker-limit');
    assert.equal(refusal.setting, 'delegate.worker.reasoningMaxTokens');
    const short = { ...builtInTasks.summarize, worker: { maxCompletionTokens: 500 } };
    const { wire } = prepare(requestWith({ ...worker({ reasoningMaxTokens: 600 }), task: short }));
    assert.equal(workersOf(wire)[0]?.['reasoning'], undefined);
  });

  test('a recipe can lower it and not raise it', () => {
    const sent = (reasoningMaxTokens: number): unknown => {
      const task = { ...builtInTasks.summarize, worker: { reasoningMaxTokens } };
      const { wire } = prepare(requestWith({ ...worker({ reasoningMaxTokens: 1500 }), task }));
      return workersOf(wire)[0]?.['reasoning'];
    };
    assert.deepEqual(sent(1100), { max_tokens: 1100 });
    assert.deepEqual(sent(3000), { max_tokens: 1500 });
    assert.equal(sent(0), undefined);
  });

  test('goes along when the worker is asked alone', () => {
    const prepared = requestWith({
      ...presetExtraction(extractPresets[0]!),
      settings: { routing: 'direct', orchestratorReasoning: { ...DEFAULT, maxTokens: 1024 } },
    });
    assert.deepEqual(prepare(prepared).wire.body.reasoning, { max_tokens: 1024 });
  });
});

suite('the orchestrator’s reasoning', () => {
  test('is sent on both protocols and routes, and not without a word of the user', () => {
    for (const protocol of ['responses', 'chat'] as const) {
      for (const routing of ['delegated', 'direct'] as const) {
        const settings = { protocol, routing };
        const { wire } = prepare(requestWith(orchestrator('low', { settings })));
        assertAcceptedBySdk(wire);
        assert.deepEqual(wire.body.reasoning, { effort: 'low' });
        const none = prepare(
          requestWith(orchestrator('none', { settings })),
          lookup(
            { ...orchestratorModel, supportedParameters: ['tools', 'reasoning'] },
            workerModel,
          ),
        ).wire;
        assertAcceptedBySdk(none);
        assert.deepEqual(none.body.reasoning, { effort: 'none' });
        for (const change of [orchestrator('default', { settings }), { settings }]) {
          assert.ok(!('reasoning' in prepare(requestWith(change)).wire.body));
        }
      }
    }
  });

  test('leaves as much of the limit for the answer as without, and is in the price', () => {
    for (const routing of ['delegated', 'direct'] as const) {
      const settings = { routing, protocol: 'responses' } as const;
      const of = (effort: string): { limit: number; ceiling: number; high: number } => {
        const { wire, estimate } = prepare(requestWith(orchestrator(effort, { settings })));
        assert.ok(wire.protocol === 'responses' && estimate);
        return {
          limit: wire.body.max_output_tokens,
          ceiling: estimate.ceilingNanoUsd,
          high: estimate.highNanoUsd,
        };
      };
      const [plain, medium] = [of('default'), of('medium')];
      assert.equal(medium.limit, plain.limit * 2);
      assert.ok(medium.ceiling > plain.ceiling && medium.high > plain.high);
      assert.deepEqual(of('none'), plain);
    }
    assert.equal(thinkingTokens({ effort: 'high', maxTokens: 0, isOwn: true }, 100), 400);
    assert.equal(thinkingTokens(undefined, 100), 0);
  });

  test('with an effort that does not exist is refused', () => {
    const refusal = refusalOf(requestWith(orchestrator('extreme')), defaultModels);
    assert.equal(refusal.setting, 'delegate.orchestrator.reasoningEffort');
  });
});
