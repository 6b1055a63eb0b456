import assert from 'node:assert/strict';
import fc from 'fast-check';
import { estimateDirect } from '../../../../src/delegation/price/estimate';
import { rateRange } from '../../../../src/delegation/price/rates';
import { builtInTasks } from '../../../../src/tasks/catalog';
import {
  type RequestChange,
  defaultModels,
  lookup,
  model,
  orchestratorModel,
  prepare,
  pricing,
  requestWith,
  sampleCode,
  workerModel,
} from '../kit';

const AT = { promptTokens: 1000, nowMs: Date.UTC(2026, 10, 23, 12, 0) };

suite('rates', () => {
  test('unknown prices are unknown, free ones are free', () => {
    assert.equal(rateRange(null, AT), null);
    const router = model('r', { pricing: { ...pricing(1, 2), completionNanoPerMillion: null } });
    assert.equal(rateRange(router, AT), null);
    assert.equal(rateRange(model('f', { pricing: pricing(0, 0) }), AT)?.expected.prompt, 0);
  });

  test('conditional prices apply by their conditions, and widen the range in any case', () => {
    const nightly = model('n', {
      pricing: {
        ...pricing(4, 20),
        overrides: [
          {
            minPromptTokens: null,
            utcStart: '2200',
            utcEnd: '0600',
            utcDays: null,
            promptNanoPerMillion: 1e9,
            completionNanoPerMillion: null,
          },
          {
            minPromptTokens: 200_000,
            utcStart: null,
            utcEnd: null,
            utcDays: null,
            promptNanoPerMillion: 8e9,
            completionNanoPerMillion: 30e9,
          },
        ],
      },
    });
    const noon = rateRange(nightly, AT);
    assert.deepEqual(
      [noon?.low.prompt, noon?.expected.prompt, noon?.high.prompt, noon?.high.completion],
      [1e9, 4e9, 8e9, 30e9],
    );
    const night = rateRange(nightly, { ...AT, nowMs: Date.UTC(2026, 10, 23, 23, 0) });
    assert.equal(night?.expected.prompt, 1e9);
    assert.equal(night.expected.completion, 20e9);
    const long = rateRange(nightly, { ...AT, promptTokens: 200_001 });
    assert.equal(long?.expected.prompt, 8e9);
  });

  test('endpoints widen the range', () => {
    const range = rateRange(orchestratorModel, AT, {
      promptNanoPerMillion: { low: 3e9, high: 6e9 },
      completionNanoPerMillion: { low: 15e9, high: 25e9 },
    });
    assert.deepEqual(
      [range?.low.prompt, range?.high.prompt, range?.low.completion, range?.high.completion],
      [3e9, 6e9, 15e9, 25e9],
    );
  });
});

suite('estimate', () => {
  test('of the direct route is prompt and answer at the model’s price', () => {
    const rates = rateRange(orchestratorModel, AT);
    assert.ok(rates);
    assert.deepEqual(
      estimateDirect({
        promptTokens: { low: 900, expected: 1000, high: 1400 },
        answerTokens: { low: 100, expected: 200, high: 5000 },
        maxOutputTokens: 4096,
        orchestrator: rates,
      }),
      {
        lowNanoUsd: 900 * 4000 + 100 * 20_000,
        expectedNanoUsd: 1000 * 4000 + 200 * 20_000,
        highNanoUsd: 1400 * 4000 + 4096 * 20_000,
        ceilingNanoUsd: 1400 * 4000 + 4096 * 20_000,
      },
    );
  });

  test('is unknown when any price is', () => {
    assert.equal(prepare(requestWith(), lookup(orchestratorModel)).estimate, null);
    const { estimate, directEstimateNanoUsd } = prepare(requestWith(), lookup(workerModel));
    assert.equal(estimate, null);
    assert.equal(directEstimateNanoUsd, null);
    const settings = { advisorModel: 'unknown/advisor' };
    assert.equal(prepare(requestWith({ settings })).estimate, null);
  });

  const anyRequest: fc.Arbitrary<RequestChange> = fc.record({
    task: fc.constantFrom(...Object.values(builtInTasks)),
    instruction: fc.constantFrom('Do it well.', null),
    text: fc.integer({ min: 1, max: 400 }).map(sampleCode),
    settings: fc.record({
      protocol: fc.constantFrom('chat' as const, 'responses' as const),
      answer: fc.constantFrom('spliced' as const, 'integrated' as const),
      routing: fc.constantFrom('delegated' as const, 'direct' as const, 'auto' as const),
      advisorModel: fc.constantFrom('', 'test/orchestrator'),
      advisorInstructions: fc.constantFrom('', 'Mind the units.'),
      orchestratorReasoning: fc.record({
        effort: fc.constantFrom('default', 'low', 'high'),
        maxTokens: fc.constantFrom(0, 1024),
        isOwn: fc.constant(true),
      }),
      fusionEnabled: fc.boolean(),
      worker: fc.record({
        maxCompletionTokens: fc.constantFrom(1200, 4096, 20_000),
        reasoningMaxTokens: fc.constantFrom(0, 200),
        tools: fc.constantFrom([], [{ type: 'openrouter:web_search' }]),
      }),
    }),
  });

  test('low ≤ expected ≤ high ≤ ceiling, in whole nano-dollars', () => {
    fc.assert(
      fc.property(anyRequest, (change) => {
        const { estimate } = prepare(requestWith(change));
        assert.ok(estimate);
        const { lowNanoUsd, expectedNanoUsd, highNanoUsd, ceilingNanoUsd } = estimate;
        assert.ok(lowNanoUsd > 0 && lowNanoUsd <= expectedNanoUsd);
        assert.ok(expectedNanoUsd <= highNanoUsd && highNanoUsd <= ceilingNanoUsd);
        for (const amount of Object.values(estimate)) assert.ok(Number.isSafeInteger(amount));
      }),
      { numRuns: 120 },
    );
  });

  test('a dearer worker, nested tools or an advisor raise the ceiling', () => {
    const ceiling = (change: RequestChange, models = defaultModels): number =>
      prepare(
        requestWith({ ...change, settings: { budgetPerRunNanoUsd: 0, ...change.settings } }),
        models,
      ).estimate?.ceilingNanoUsd ?? NaN;
    const plain = ceiling({});
    assert.ok(
      ceiling({}, lookup(orchestratorModel, { ...workerModel, pricing: pricing(1, 5) })) > plain,
    );
    assert.ok(ceiling({ settings: { advisorModel: 'test/orchestrator' } }) > plain);
    const tools = [{ type: 'openrouter:web_search' }];
    assert.ok(ceiling({ settings: { worker: { tools } } }) > plain + 5 * 2 * 15_000_000);
  });
});

suite('routing', () => {
  const auto = { routing: 'auto' } as const;

  test('auto takes the cheaper route and says so', () => {
    const small = prepare(requestWith({ task: builtInTasks.extract, text: 'a\n', settings: auto }));
    assert.equal(small.routing, 'direct');
    assert.ok(small.routingReason.type === 'cheaper');
    assert.ok(small.routingReason.directNanoUsd < small.routingReason.delegatedNanoUsd);
    const large = prepare(
      requestWith({ task: builtInTasks.reformat, text: sampleCode(200), settings: auto }),
    );
    assert.equal(large.routing, 'delegated');
    assert.equal(
      large.directEstimateNanoUsd,
      (large.routingReason as { directNanoUsd: number }).directNanoUsd,
    );
  });

  test('auto without prices delegates', () => {
    const prepared = prepare(requestWith({ settings: auto }), lookup());
    assert.equal(prepared.routing, 'delegated');
    assert.deepEqual(prepared.routingReason, { type: 'unknown-prices' });
  });

  test('auto takes the only route that holds the job', () => {
    const noTools = lookup({ ...orchestratorModel, supportedParameters: ['seed'] }, workerModel);
    const prepared = prepare(requestWith({ settings: auto }), noTools);
    assert.equal(prepared.routing, 'direct');
    assert.deepEqual(prepared.routingReason, {
      type: 'only-route',
      refusal: 'refused-orchestrator-without-tools',
    });
    const shortAnswers = lookup({ ...orchestratorModel, maxCompletionTokens: 3000 }, workerModel);
    const request = requestWith({
      task: builtInTasks.reformat,
      text: sampleCode(500),
      settings: auto,
    });
    assert.equal(prepare(request, shortAnswers).routing, 'delegated');
  });

  test('auto works around no wrong setting', () => {
    assert.throws(() => prepare(requestWith({ settings: { ...auto, workerModel: '' } })), {
      code: 'refused-no-worker-model',
    });
  });

  test('the direct estimate is there on every route', () => {
    for (const routing of ['delegated', 'direct', 'auto'] as const) {
      assert.ok(prepare(requestWith({ settings: { routing } })).directEstimateNanoUsd);
    }
  });
});
