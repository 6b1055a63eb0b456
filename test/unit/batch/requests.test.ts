import assert from 'node:assert/strict';
import type { BatchJob } from '../../../src/batch/job';
import { delegatedRequest, workerRequest } from '../../../src/batch/produce/requests';
import type { RunRequest } from '../../../src/delegation/run/run';
import { builtInTasks } from '../../../src/tasks/catalog';
import { lookup, model, prepare, selectionOf, settingsWith } from '../delegation/kit';

const parameters = ['tools', 'reasoning', 'response_format', 'structured_outputs'];
const models = lookup(
  model('test/orchestrator', { supportedParameters: parameters }),
  model('test/worker', {
    supportedParameters: parameters,
    reasoning: { isMandatory: false, isOnByDefault: true, efforts: null },
  }),
);
const content = { brief: '', objection: '', selection: selectionOf('const a = 1;\n') };

function job(worker: { reasoningEffort?: string; reasoningMaxTokens?: number }): BatchJob {
  return {
    task: builtInTasks.summarize,
    instruction: null,
    settings: settingsWith({ worker }),
  } as BatchJob;
}

function body(request: RunRequest): { readonly [field: string]: unknown } {
  return prepare(request, models).wire.body as never;
}

suite('requests of a batch', () => {
  test('a worker that is asked alone reasons as the settings of workers say', () => {
    const alone = (worker: Parameters<typeof job>[0]): unknown =>
      body(workerRequest('1', job(worker), content))['reasoning'];
    assert.deepEqual(alone({}), { effort: 'none' });
    assert.deepEqual(alone({ reasoningEffort: 'high' }), { effort: 'high' });
    assert.deepEqual(alone({ reasoningMaxTokens: 1024 }), { max_tokens: 1024 });
  });

  test('its limit has an effort in it, and a limit of the reasoning besides', () => {
    const limit = (worker: Parameters<typeof job>[0]): unknown =>
      body(workerRequest('1', job(worker), content))['max_output_tokens'];
    assert.equal(limit({ reasoningEffort: 'high' }), 4096);
    assert.equal(limit({ reasoningMaxTokens: 1024 }), 4096 + 1024);
  });

  test('the orchestrator of a delegated run does not take it over', () => {
    assert.equal(body(delegatedRequest('1', job({}), content))['reasoning'], undefined);
  });
});
