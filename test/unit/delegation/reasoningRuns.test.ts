import assert from 'node:assert/strict';
import { readModels } from '../../../src/catalog/readModels';
import { systemClock } from '../../../src/common/clock';
import { runTask } from '../../../src/delegation/runTask';
import { useSimulatedApi } from '../../support/simulatorClient';
import { type SettingsChange, lookup, requestWith } from './kit';

/** Effort `none` from the settings to the models; the simulator refuses it where the API does. */
suite('reasoning, against the simulator', () => {
  const api = useSimulatedApi();

  /** `reasoning` of orchestrator and worker as sent, and the tokens that the orchestrator thought. */
  async function sent(
    settings: SettingsChange,
  ): Promise<{ orchestrator: unknown; worker: unknown; thought: number }> {
    const { simulator, client } = api();
    simulator.reset();
    const models = lookup(...readModels({ data: await client.listModels() }));
    const { status, error } = await runTask(
      requestWith({ settings }),
      { client, models, clock: systemClock, random: Math.random },
      () => undefined,
      new AbortController().signal,
    );
    assert.equal(status, 'completed', error?.message ?? '');
    const request = simulator.requests.find(({ path }) => !path.endsWith('/models'));
    const body = request?.body as {
      reasoning?: unknown;
      tools: { parameters: { reasoning?: unknown } }[];
    };
    const thought = request?.steps.reduce((sum, step) => sum + step.reasoningTokens, 0) ?? NaN;
    return {
      orchestrator: body.reasoning,
      worker: body.tools[0]?.parameters.reasoning,
      thought,
    };
  }

  const orchestratorReasoning = { effort: 'none', maxTokens: 0, isOwn: true };

  for (const protocol of ['responses', 'chat'] as const) {
    test(`none keeps an orchestrator from thinking that would, on ${protocol}`, async () => {
      const orchestratorModel = 'simulator/thinker';
      const workerModel = '~anthropic/claude-haiku-latest';
      const free = await sent({ protocol, orchestratorModel, workerModel });
      assert.equal(free.orchestrator, undefined);
      assert.ok(free.thought > 0);
      const kept = await sent({ protocol, orchestratorModel, workerModel, orchestratorReasoning });
      assert.deepEqual([kept.orchestrator, kept.thought], [{ effort: 'none' }, 0]);
      assert.equal(kept.worker, undefined, 'it would not think unasked');
    });

    test(`none goes to a worker that would think, and to none that must, on ${protocol}`, async () => {
      const orchestratorModel = '~anthropic/claude-opus-latest';
      const luna = await sent({ protocol, orchestratorModel, workerModel: 'openai/gpt-6-luna' });
      assert.deepEqual(luna.worker, { effort: 'none' });
      const must = await sent({
        protocol,
        orchestratorModel: 'simulator/must-think',
        workerModel: 'simulator/must-think',
        orchestratorReasoning,
      });
      assert.deepEqual([must.orchestrator, must.worker], [undefined, undefined]);
    });
  }
});
