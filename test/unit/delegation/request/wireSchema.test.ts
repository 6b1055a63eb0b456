import fc from 'fast-check';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { presetExtraction } from '../../../../src/tasks/extract';
import { extractPresets } from '../../../../src/tasks/extractPresets';
import { assertAcceptedBySdk } from '../../../support/sdkSchemas';
import { type RequestChange, lookup, model, prepare, requestWith, sampleCode } from '../kit';

/** Everything that settings and tasks can make of a request. */
const anyChange: fc.Arbitrary<RequestChange> = fc.record({
  task: fc.constantFrom(
    ...Object.values(builtInTasks),
    presetExtraction(extractPresets[0]!).task,
    { ...builtInTasks.instruct, id: 'recipe:my own' },
    {
      ...builtInTasks.reformat,
      worker: { model: 'other/model:free', maxCompletionTokens: 3000, temperature: 2 },
    },
  ),
  instruction: fc.constantFrom(null, 'Do it.', ''),
  schema: fc.constantFrom(...extractPresets.map(({ schema }) => schema), { type: 'object' }),
  text: fc.oneof(
    fc.integer({ min: 1, max: 500 }).map(sampleCode),
    fc.string({ unit: 'binary' }).map((text) => `x${text}`),
  ),
  settings: fc.record({
    orchestratorModel: fc.constantFrom('test/orchestrator', '~anthropic/claude-opus-latest'),
    workerModel: fc.constantFrom('test/worker', '~anthropic/claude-haiku-latest'),
    protocol: fc.constantFrom('chat' as const, 'responses' as const),
    answer: fc.constantFrom('spliced' as const, 'integrated' as const),
    routing: fc.constantFrom('delegated' as const, 'direct' as const, 'auto' as const),
    advisorModel: fc.constantFrom('', 'big/advisor'),
    advisorName: fc.constantFrom('', 'Reviewer', 'a b-c_1'),
    advisorInstructions: fc.constantFrom('', 'Mind the units.'),
    orchestratorReasoning: fc.record({
      effort: fc.constantFrom('default', 'none', 'low', 'max'),
      maxTokens: fc.constantFrom(0, 2000),
      isOwn: fc.boolean(),
    }),
    fusionEnabled: fc.boolean(),
    responseCache: fc.record({ enabled: fc.boolean(), ttlSeconds: fc.constantFrom(1, 86_400) }),
    provider: fc.constantFrom(
      {},
      {
        data_collection: 'deny',
        zdr: true,
        only: ['a'],
        order: ['a', 'b'],
        allow_fallbacks: false,
      },
      { sort: 'price', max_price: { prompt: 1, completion: 2.5 } },
    ),
    budgetPerRunNanoUsd: fc.constantFrom(0, 1_000_000, 250_000_000),
    worker: fc.record({
      maxCompletionTokens: fc.constantFrom(16, 4096, 30_000),
      temperature: fc.double({ min: 0, max: 2, noNaN: true }),
      reasoningEffort: fc.constantFrom('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
      reasoningMaxTokens: fc.constantFrom(0, 15, 1024),
      instructions: fc.constantFrom('', 'Be brief.'),
      tools: fc.constantFrom(
        [],
        [{ type: 'openrouter:web_search', parameters: { max_results: 3 } }],
        [{ type: 'openrouter:web_fetch' }, { type: 'openrouter:datetime' }],
      ),
      maxToolCalls: fc.integer({ min: 1, max: 25 }),
    }),
  }),
});

const parameters = ['tools', 'reasoning', 'response_format', 'structured_outputs'];
const models = lookup(
  model('test/orchestrator', { supportedParameters: parameters }),
  model('test/worker', {
    reasoning: { isMandatory: false, isOnByDefault: true, efforts: null },
  }),
);

suite('wire', () => {
  test('every request that settings can make is one the official SDK would send', () => {
    let checked = 0;
    fc.assert(
      fc.property(anyChange, (change) => {
        let prepared;
        try {
          prepared = prepare(requestWith(change), models);
        } catch (error) {
          // A refusal sends nothing.
          if ((error as { code?: string }).code?.startsWith('refused-')) return;
          throw error;
        }
        assertAcceptedBySdk(prepared.wire);
        checked += 1;
      }),
      { numRuns: 200 },
    );
    if (checked < 100) throw new Error(`Only ${checked} requests were built.`);
  });
});
