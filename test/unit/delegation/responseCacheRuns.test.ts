import assert from 'node:assert/strict';
import { readModels } from '../../../src/catalog/readModels';
import { systemClock } from '../../../src/common/clock';
import type { RunResult } from '../../../src/delegation/run/run';
import { runTask } from '../../../src/delegation/runTask';
import { useSimulatedApi } from '../../support/simulatorClient';
import { lookup, requestWith } from './kit';

suite('response cache, against the simulator', () => {
  const api = useSimulatedApi();

  for (const protocol of ['responses', 'chat'] as const) {
    test(`the same run costs nothing again until it is asked for afresh, on ${protocol}`, async () => {
      const { simulator, client } = api();
      simulator.reset();
      const models = lookup(...readModels({ data: await client.listModels() }));
      const run = (id: string, isCleared: boolean): Promise<RunResult> =>
        runTask(
          requestWith({
            id,
            settings: {
              protocol,
              orchestratorModel: '~anthropic/claude-opus-latest',
              workerModel: '~anthropic/claude-haiku-latest',
              responseCache: { enabled: true, ttlSeconds: 300, isCleared },
            },
          }),
          { client, models, clock: systemClock, random: Math.random },
          () => undefined,
          new AbortController().signal,
        );
      const costs: (number | null | undefined)[] = [];
      for (const [id, isCleared] of [
        ['first', false],
        ['again', false],
        ['afresh', true],
        ['last', false],
      ] as const) {
        const { status, record } = await run(id, isCleared);
        assert.equal(status, 'completed');
        costs.push(record.usage?.costNanoUsd);
      }
      const [first, again, afresh, last] = costs;
      assert.ok(first && first > 0);
      assert.deepEqual([again, afresh, last], [0, first, 0]);
    });
  }
});
