import assert from 'node:assert/strict';
import { readModels } from '../../../src/catalog/readModels';
import { systemClock } from '../../../src/common/clock';
import { plainEnglish } from '../../../src/common/translate';
import { runTask } from '../../../src/delegation/runTask';
import { taskTitle } from '../../../src/editor/messages/taskTitles';
import { startSimulator } from '../../../src/simulator';
import type { TaskDefinition } from '../../../src/tasks/task';
import { simulatorClient } from '../../support/simulatorClient';
import { realTokenizer } from '../../support/tokenizer';
import { lookup, requestWith, sampleCode } from '../delegation/kit';

/**
 * A task that nobody else in the project knows, as one file in `src/tasks` would define it: what a
 * run needs of a task stands in its definition.
 */
const glossaryTask: TaskDefinition = {
  id: 'glossary',
  title: 'Glossary',
  answer: 'text',
  needsInstruction: false,
  context: 'outline',
  splittable: true,
  numbered: false,
  workerRole: 'List the terms of the selection in alphabetical order, each with one sentence.',
  acceptance: 'every term occurs in the selection',
  answerTokens: { base: 60, perSelectionToken: 0.1 },
};

suite('a task of one file', () => {
  for (const protocol of ['responses', 'chat'] as const) {
    for (const routing of ['delegated', 'direct', 'auto'] as const) {
      test(`is priced, run and booked: ${routing}, ${protocol}`, async () => {
        const simulator = await startSimulator({ tokenizer: realTokenizer });
        const client = simulatorClient(simulator);
        try {
          const models = lookup(...readModels({ data: await client.listModels() }));
          let ceiling = 0;
          const result = await runTask(
            requestWith({
              task: glossaryTask,
              text: sampleCode(120),
              settings: {
                orchestratorModel: '~anthropic/claude-opus-latest',
                workerModel: '~anthropic/claude-haiku-latest',
                protocol,
                routing,
              },
            }),
            { client, models, clock: systemClock, random: Math.random },
            (event) => {
              if (event.type === 'run-start') ceiling = event.estimate?.ceilingNanoUsd ?? 0;
            },
            new AbortController().signal,
          );
          assert.equal(result.status, 'completed', result.error?.message ?? '');
          assert.equal(result.outcome.format, 'text');
          const cost = result.record.usage?.costNanoUsd ?? NaN;
          assert.ok(cost > 0 && cost <= ceiling, `${cost} of ${ceiling}`);
          const billed = [...simulator.bills.values()].reduce((sum, bill) => sum + bill, 0);
          assert.equal(cost, billed);
          const wire = JSON.stringify(simulator.requests);
          assert.ok(wire.includes(glossaryTask.workerRole));
        } finally {
          await client.close();
          await simulator.close();
        }
      });
    }
  }

  test('is called by its title until there are words for it', () => {
    assert.equal(taskTitle(glossaryTask, plainEnglish), 'Glossary');
  });
});
