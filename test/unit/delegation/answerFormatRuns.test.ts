import assert from 'node:assert/strict';
import { readModels } from '../../../src/catalog/readModels';
import { systemClock } from '../../../src/common/clock';
import type { RunEvent, RunResult } from '../../../src/delegation/run/run';
import { runTask } from '../../../src/delegation/runTask';
import { presetExtraction } from '../../../src/tasks/extract';
import { extractPresets } from '../../../src/tasks/extractPresets';
import { useSimulatedApi } from '../../support/simulatorClient';
import { OpenRouterError, type OpenRouterErrorCode } from '../../../src/openrouter/errors';
import type { StreamEvent } from '../../../src/openrouter/streamEvent';
import { type RequestChange, lookup, model, requestWith } from './kit';
import { begin, codeOf, shownText } from './runKit';

const CODE = ['// TODO: read the file', 'export const one = 1;', '// FIXME: two', ''].join('\n');
const FOUND = [
  { line: 1, mark: 'TODO', text: 'read the file' },
  { line: 3, mark: 'FIXME', text: 'two' },
];
const HOLDS = '~anthropic/claude-opus-latest';
const REFUSES = 'simulator/refuses-schemas';

/** Bodies as they were sent, with what may hold a form of the answer. */
interface Sent {
  readonly body: { readonly response_format?: unknown; readonly text?: unknown };
  readonly status: number | null;
}

suite('form of the answer, against the simulator', () => {
  const api = useSimulatedApi();
  let models: ReturnType<typeof lookup>;

  suiteSetup(async () => {
    models = lookup(...readModels({ data: await api().client.listModels() }));
  });
  setup(() => api().simulator.reset());

  async function run(
    settings: RequestChange['settings'],
    refusedFormats?: Set<string>,
  ): Promise<{ result: RunResult; events: RunEvent[]; sent: Sent[] }> {
    const events: RunEvent[] = [];
    const result = await runTask(
      requestWith({
        ...presetExtraction(extractPresets[0]!),
        text: CODE,
        settings: {
          orchestratorModel: HOLDS,
          workerModel: '~anthropic/claude-haiku-latest',
          routing: 'direct',
          ...settings,
        },
      }),
      {
        client: api().client,
        models,
        clock: systemClock,
        random: Math.random,
        ...(refusedFormats ? { refusedFormats } : {}),
      },
      (event) => events.push(event),
      new AbortController().signal,
    );
    const sent = api().simulator.requests.map(({ body, status }) => ({ body, status }) as Sent);
    return { result, events, sent };
  }

  function assertFound({ outcome, error }: RunResult): void {
    assert.equal(error, null);
    assert.ok(outcome?.format === 'json');
    assert.deepEqual(outcome.value, FOUND);
    assert.deepEqual(JSON.parse(outcome.text), FOUND);
    assert.equal(outcome.mended, undefined, 'an object that was asked for is nothing to mend');
  }

  for (const protocol of ['responses', 'chat'] as const) {
    for (const mode of [
      { routing: 'direct' },
      { routing: 'delegated', answer: 'integrated' },
    ] as const) {
      test(`a list comes back as one, ${protocol}, ${mode.routing}`, async () => {
        const { result, sent, events } = await run({ ...mode, protocol });
        assert.equal(sent.length, 1);
        assert.ok(sent[0]!.body.response_format ?? sent[0]!.body.text);
        assert.match(result.rawAnswer, /^\{"answer":\[/);
        assertFound(result);
        assert.deepEqual(JSON.parse(shownText(events)), FOUND, 'the object around it is not shown');
      });

      test(`a model without it answers as before, ${protocol}, ${mode.routing}`, async () => {
        const { result, sent } = await run({
          ...mode,
          protocol,
          orchestratorModel: 'simulator/well-behaved',
        });
        assert.equal(sent[0]!.body.response_format ?? sent[0]!.body.text, undefined);
        assert.match(result.rawAnswer, /^\[/);
        assertFound(result);
      });

      test(`a refusal is said and answered without, ${protocol}, ${mode.routing}`, async () => {
        const refused = new Set<string>();
        const change = { ...mode, protocol, orchestratorModel: REFUSES };
        const { result, events, sent } = await run(change, refused);
        assertFound(result);
        assert.deepEqual(
          sent.map(({ body, status }) => [
            (body.response_format ?? body.text) !== undefined,
            status,
          ]),
          [
            [true, 400],
            [false, 200],
          ],
        );
        assert.deepEqual(
          events.filter(({ type }) => type === 'retry-scheduled'),
          [{ type: 'retry-scheduled', reason: 'format-refused', delayMs: 0 }],
        );
        assert.ok((result.record.usage?.costNanoUsd ?? 0) > 0);
        api().simulator.reset();
        const again = await run(change, refused);
        assertFound(again.result);
        assert.equal(again.sent.length, 1, 'it is not asked for again');
      });
    }
  }

  test('a worker that is asked alone is told it, too', async () => {
    const { result, sent } = await run({ routing: 'worker-first' });
    assert.equal(result.checkedBy, 'schema');
    assert.ok(sent[0]!.body.response_format);
    assertFound(result);
  });

  test('a run that was repeated already ends with what the API says', async () => {
    const refused = new Set<string>();
    const fails = (code: OpenRouterErrorCode, status: number): StreamEvent => ({
      type: 'stream-error',
      error: new OpenRouterError(code, 'x', { status, apiMessage: 'No response_format here.' }),
    });
    const {
      clock,
      client: scripted,
      result,
    } = begin({
      change: { ...presetExtraction(extractPresets[0]!), settings: { routing: 'direct' } },
      scripts: [[fails('rate-limit', 429)], [fails('invalid-request', 400)]],
      ports: {
        models: lookup(model('test/orchestrator', { supportedParameters: ['structured_outputs'] })),
        refusedFormats: refused,
      },
      onEvent: (event) => {
        if (event.type === 'retry-scheduled') setImmediate(() => clock.advance(event.delayMs));
      },
    });
    assert.equal(codeOf(await result), 'invalid-request');
    assert.equal(scripted.requests.length, 2);
    assert.equal(refused.size, 1, 'the next run does without');
  });
});
