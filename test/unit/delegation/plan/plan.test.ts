import assert from 'node:assert/strict';
import { stripLineNumbers } from '../../../../src/simulator/orchestrators/jobText';
import { expectedAnswer } from '../../../../src/delegation/plan/plan';
import type { WorkerSettings } from '../../../../src/tasks/task';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { ownExtraction, presetExtraction } from '../../../../src/tasks/extract';
import { extractPresets } from '../../../../src/tasks/extractPresets';
import type { WireRequest } from '../../../../src/openrouter/wire';
import {
  defaultModels,
  lookup,
  orchestratorModel,
  prepare,
  refusalOf,
  requestWith,
  sampleCode,
  workerModel,
  workersOf,
} from '../kit';

function outputLimitOf({ body }: WireRequest): unknown {
  const fields = body as unknown as Readonly<Record<string, unknown>>;
  return fields['max_output_tokens'] ?? fields['max_completion_tokens'];
}

suite('plan', () => {
  test('a short selection is one task, named after the job', () => {
    const { tasks } = prepare(requestWith({ text: sampleCode(50) }));
    assert.deepEqual(
      tasks.map(({ taskName, workerName, startLine, endLine }) => ({
        taskName,
        workerName,
        startLine,
        endLine,
      })),
      [{ taskName: 'summarize', workerName: 'delegate-worker', startLine: 1, endLine: 50 }],
    );
  });

  test('a long reformat is cut into parts that cover the selection byte for byte', () => {
    const text = sampleCode(700);
    const prepared = prepare(requestWith({ task: builtInTasks.reformat, text }));
    const { tasks } = prepared;
    assert.ok(tasks.length > 1 && tasks.length <= 10);
    assert.equal(tasks.map((task) => task.sourceText).join(''), text);
    assert.deepEqual(
      tasks.map((task) => [task.taskName, task.workerName]),
      tasks.map((_, index) => [`part-${index + 1}`, `delegate-worker-${index + 1}`]),
    );
    for (const task of tasks) {
      assert.ok(expectedAnswer(builtInTasks.reformat, task.sourceText) <= 4096 * 0.75);
    }
    assert.equal(workersOf(prepared.wire).length, tasks.length);
  });

  test('line numbers of parts go on where the part before ended', () => {
    const text = sampleCode(1600);
    const { tasks } = prepare(requestWith({ task: builtInTasks.docstring, text }));
    assert.ok(tasks.length > 1);
    for (const task of tasks) {
      assert.ok(task.pinnedText.startsWith(`${task.startLine}| `));
      assert.equal(stripLineNumbers(task.pinnedText).text, task.sourceText);
    }
  });

  test('insertions count from the selection, extractions in the file', () => {
    const selection = { startLine: 41 };
    const docstring = prepare(requestWith({ task: builtInTasks.docstring, selection }));
    assert.match(docstring.tasks[0]?.pinnedText ?? '', /^1\| /);
    const job = presetExtraction(extractPresets[0]!);
    const extract = prepare(requestWith({ ...job, selection }));
    assert.match(extract.tasks[0]?.pinnedText ?? '', /^41\| /);
  });

  test('only lists are extracted in parts', () => {
    const text = sampleCode(1600);
    const list = prepare(requestWith({ ...presetExtraction(extractPresets[1]!), text }));
    assert.ok(list.tasks.length > 1);
    const object = prepare(requestWith({ ...ownExtraction('names', { type: 'object' }), text }));
    assert.equal(object.tasks.length, 1);
  });

  test('a job that cannot be cut raises the limit of its worker', () => {
    const prepared = prepare(
      requestWith({ task: builtInTasks.refactor, instruction: 'x', text: sampleCode(700) }),
    );
    const [worker] = workersOf(prepared.wire);
    assert.equal(prepared.tasks.length, 1);
    assert.ok(worker!.max_completion_tokens > 4096);
    assert.ok(prepared.tasks[0]!.answerTokens.expected <= worker!.max_completion_tokens * 0.75 + 1);
  });

  test('beyond the model it is refused', () => {
    const models = lookup(orchestratorModel, { ...workerModel, maxCompletionTokens: 5000 });
    const request = requestWith({ task: builtInTasks.refactor, text: sampleCode(700) });
    assert.equal(refusalOf(request, models).code, 'refused-answer-too-long');
  });

  test('a limit of the task itself is not raised', () => {
    const task = { ...builtInTasks.refactor, worker: { maxCompletionTokens: 2000 } };
    const request = requestWith({ task, text: sampleCode(700) });
    assert.equal(refusalOf(request).code, 'refused-answer-too-long');
  });

  test('a limit of the run holds for orchestrator and worker, on every route', () => {
    for (const protocol of ['responses', 'chat'] as const) {
      const settings = { maxOutputTokens: 812, protocol };
      const { wire } = prepare(requestWith({ settings, text: sampleCode(50) }));
      assert.equal(workersOf(wire)[0]?.max_completion_tokens, 812);
      assert.ok(Number(outputLimitOf(wire)) <= 812);
    }
    const direct = { maxOutputTokens: 812, routing: 'direct' as const };
    const { wire } = prepare(requestWith({ settings: direct, text: sampleCode(50) }));
    assert.equal(outputLimitOf(wire), 812);
  });

  test('a limit of the run is not raised', () => {
    const request = requestWith({
      task: builtInTasks.refactor,
      text: sampleCode(200),
      settings: { maxOutputTokens: 812 },
    });
    assert.equal(refusalOf(request).code, 'refused-answer-too-long');
  });

  test('a task cannot raise the limits of the settings', () => {
    const tools = [{ type: 'openrouter:datetime' }];
    const workerOf = (worker: WorkerSettings): { limit: unknown; calls: unknown } => {
      const task = { ...builtInTasks.summarize, worker: { tools, ...worker } };
      const [entry] = workersOf(prepare(requestWith({ task })).wire);
      return { limit: entry?.max_completion_tokens, calls: entry?.['max_tool_calls'] };
    };
    const higher = workerOf({ maxCompletionTokens: 9000, maxToolCalls: 25 });
    assert.deepEqual(higher, { limit: 4096, calls: 5 });
    const lower = workerOf({ maxCompletionTokens: 2000, maxToolCalls: 2 });
    assert.deepEqual(lower, { limit: 2000, calls: 2 });
  });

  test('more than ten delegations are refused, with the setting to change', () => {
    const refusal = refusalOf(
      requestWith({
        task: builtInTasks.reformat,
        text: sampleCode(1000),
        settings: { worker: { maxCompletionTokens: 1000 } },
      }),
    );
    assert.equal(refusal.code, 'refused-too-many-delegations');
    assert.equal(refusal.setting, 'delegate.worker.maxCompletionTokens');
    assert.match(refusal.remedy, /raise/);
  });

  test('parts and corrections together stay within ten delegations', () => {
    const request = requestWith({
      task: builtInTasks.reformat,
      text: sampleCode(2900),
      settings: { budgetPerRunNanoUsd: 0, worker: { maxCompletionTokens: 6000 } },
    });
    const { tasks, wire } = prepare(request, defaultModels);
    assert.equal(tasks.length, 10);
    const body = wire.body as { instructions?: string };
    assert.doesNotMatch(body.instructions ?? '', /more times/);
  });
});
