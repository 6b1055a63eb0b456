import assert from 'node:assert/strict';
import { NANO_PER_USD } from '../../../../src/common/money';
import { TASK_DESCRIPTION } from '../../../../src/delegation/run/markers';
import { builtInTasks } from '../../../../src/tasks/catalog';
import { extractTask } from '../../../../src/tasks/extract';
import type { PreparedRequest } from '../../../../src/delegation/route/route';
import { assertAcceptedBySdk } from '../../../support/sdkSchemas';
import { readBrief } from '../../../../src/simulator/orchestrators/brief';
import { readJob } from '../../../../src/simulator/orchestrators/jobText';
import {
  lookup,
  model,
  prepare,
  promptsOf,
  requestWith,
  sampleCode,
  workerModel,
  workersOf,
} from '../kit';

const TEXT = 'const secretWord = 42;\nconst other = 43;\n';

suite('request', () => {
  test('for Responses has every bound the contract asks for', () => {
    const { wire } = prepare(requestWith({ text: TEXT }));
    assert.equal(wire.protocol, 'responses');
    const { instructions, input, tools, ...rest } = wire.body as unknown as Readonly<
      Record<string, unknown>
    >;
    assert.ok(instructions && input && tools);
    assert.deepEqual(rest, {
      model: 'test/orchestrator',
      stream: true,
      tool_choice: 'auto',
      stop_server_tools_when: [
        { type: 'max_cost', max_cost_in_dollars: 0.25 },
        { type: 'step_count_is', step_count: 2 },
      ],
      provider: { data_collection: 'deny' },
      session_id: '0b9f7f2e-9a53-4a53-8a0f-000000000001',
      trace: { trace_name: 'summarize', trace_id: '0b9f7f2e-9a53-4a53-8a0f-000000000001' },
      max_output_tokens: 2176,
    });
    assert.deepEqual(wire.headers, {
      'HTTP-Referer':
        'https://marketplace.visualstudio.com/items?itemName=delegate-editor.delegate',
      'X-OpenRouter-Title': 'Delegate',
      'X-OpenRouter-Categories': 'ide-extension',
    });
  });

  test('says how the editor indents to whoever writes code, and to nobody else', () => {
    const words = (task: keyof typeof builtInTasks, insertSpaces: boolean): string[] =>
      (['delegated', 'direct'] as const).map((routing) => {
        const { wire } = prepare(
          requestWith({
            text: TEXT,
            task: builtInTasks[task],
            instruction: 'x',
            settings: { routing },
            selection: { indentation: { insertSpaces, tabSize: 3 } },
          }),
        );
        return /Indent[^.]*\./.exec(JSON.stringify(wire.body))?.[0] ?? '';
      });
    assert.deepEqual(words('refactor', true), Array(2).fill('Indent each level by 3 spaces.'));
    assert.deepEqual(words('reformat', false), Array(2).fill('Indent by tabs.'));
    assert.deepEqual(words('docstring', false), ['', '']);
    assert.deepEqual(words('summarize', true), ['', '']);
  });

  test('for chat has messages and its own name of the output limit', () => {
    const { wire, answerMode } = prepare(
      requestWith({ text: TEXT, settings: { protocol: 'chat' } }),
    );
    assert.equal(wire.protocol, 'chat');
    assert.equal(answerMode, 'integrated');
    const body = wire.body as unknown as Readonly<Record<string, unknown>>;
    assert.deepEqual(
      (body['messages'] as { role: string }[]).map((message) => message.role),
      ['system', 'user'],
    );
    assert.ok((body['max_completion_tokens'] as number) >= 2048);
    assert.ok(!('max_output_tokens' in body) && !('instructions' in body));
  });

  test('of the direct route has neither worker nor tools, and its bounds', () => {
    const { wire, routing } = prepare(
      requestWith({ text: TEXT, settings: { routing: 'direct', advisorModel: 'a/b' } }),
    );
    assert.equal(routing, 'direct');
    assert.ok(!('tools' in wire.body) && !('tool_choice' in wire.body));
    assert.deepEqual(wire.body.stop_server_tools_when, [
      { type: 'max_cost', max_cost_in_dollars: 0.25 },
      { type: 'step_count_is', step_count: 1 },
    ]);
    const { instructions, input } = promptsOf(wire);
    assert.equal(readJob([instructions, input], '')?.selection, TEXT);
  });

  test('has a worker as the settings say', () => {
    const { wire } = prepare(
      requestWith({
        text: TEXT,
        settings: {
          worker: {
            maxCompletionTokens: 500,
            temperature: 0,
            reasoningEffort: 'low',
            instructions: 'Write in French.',
            tools: [{ type: 'openrouter:web_search', parameters: { max_results: 1 } }],
            maxToolCalls: 3,
          },
        },
      }),
    );
    const [worker, ...others] = workersOf(wire);
    assert.equal(others.length, 0);
    const { instructions, ...rest } = worker!;
    assert.deepEqual(rest, {
      name: 'delegate-worker',
      model: 'test/worker',
      max_completion_tokens: 500,
      temperature: 0,
      reasoning: { effort: 'low' },
      tools: [{ type: 'openrouter:web_search', parameters: { max_results: 1 } }],
      max_tool_calls: 3,
    });
    assert.match(instructions, /^Write in French\.$/m);
  });

  test('leaves out what is off', () => {
    const [worker] = workersOf(prepare(requestWith({ text: TEXT })).wire);
    assert.deepEqual(Object.keys(worker!), [
      'name',
      'model',
      'instructions',
      'max_completion_tokens',
      'temperature',
    ]);
    const { wire } = prepare(requestWith({ text: TEXT, settings: { provider: {} } }));
    assert.ok(!('provider' in wire.body) && !('cache_control' in wire.body));
  });

  test('without a budget per run still ends on money', () => {
    const { wire } = prepare(requestWith({ settings: { budgetPerRunNanoUsd: 0 } }));
    assert.deepEqual(wire.body.stop_server_tools_when?.[0], {
      type: 'max_cost',
      max_cost_in_dollars: 1,
    });
  });

  test('passes provider preferences on, prices as text', () => {
    const { wire } = prepare(
      requestWith({
        settings: {
          provider: {
            order: ['a'],
            zdr: true,
            max_price: { prompt: 0.5, completion: '2', request: 1e-7 },
          },
        },
      }),
    );
    assert.deepEqual(wire.body.provider, {
      order: ['a'],
      zdr: true,
      max_price: { prompt: '0.5', completion: '2', request: '0.0000001' },
    });
  });

  test('with the advisor has one more tool and one more step, and says when to ask', () => {
    const { wire } = prepare(requestWith({ text: TEXT, settings: { advisorModel: 'big/model' } }));
    assert.deepEqual(wire.body.tools?.slice(1), [
      {
        type: 'openrouter:advisor',
        parameters: { model: 'big/model', max_completion_tokens: 1024 },
      },
    ]);
    assert.deepEqual(wire.body.stop_server_tools_when?.[1], {
      type: 'step_count_is',
      step_count: 3,
    });
    assert.match(promptsOf(wire).instructions, /advisor/);
  });

  test('gives the advisor a name and what it is told, and the name to the orchestrator', () => {
    const advised = (settings: object): PreparedRequest =>
      prepare(
        requestWith({ text: TEXT, settings: { advisorModel: 'test/orchestrator', ...settings } }),
      );
    const instructions = 'Mind the units, and never more than three sentences.';
    const named = advised({ advisorName: ' Reviewer ', advisorInstructions: instructions });
    assertAcceptedBySdk(named.wire);
    assert.deepEqual(named.wire.body.tools?.[1]?.parameters, {
      name: 'Reviewer',
      model: 'test/orchestrator',
      instructions,
      max_completion_tokens: 1024,
    });
    assert.match(promptsOf(named.wire).instructions, /Ask the advisor "Reviewer" only when/);
    const plain = advised({});
    assert.match(promptsOf(plain.wire).instructions, /Ask the advisor only when/);
    assert.ok(named.estimate!.ceilingNanoUsd > plain.estimate!.ceilingNanoUsd);
    const { body } = prepare(requestWith({ settings: { advisorName: 'x' } })).wire;
    assert.equal(body.tools?.length, 1, 'a name alone makes no advisor');
  });

  test('has fusion for the free task alone, with a panel of the run’s own models', () => {
    const settings = { fusionEnabled: true };
    assert.equal(prepare(requestWith({ settings })).wire.body.tools?.length, 1);
    const { wire } = prepare(
      requestWith({ task: builtInTasks.instruct, instruction: 'Why?', settings }),
    );
    const fusion = wire.body.tools?.[1];
    assert.equal(fusion?.type, 'openrouter:fusion');
    assert.deepEqual((fusion.parameters as { analysis_models: unknown }).analysis_models, [
      'test/orchestrator',
      'test/worker',
    ]);
  });

  test('marks a long prompt for caching where that pays, and no short one', () => {
    const refactor = (lines: number): boolean =>
      'cache_control' in
      prepare(
        requestWith({ task: builtInTasks.refactor, instruction: 'x', text: sampleCode(lines) }),
      ).wire.body;
    assert.equal(refactor(400), true);
    assert.equal(refactor(100), false);
    const uncached = lookup(
      model('test/orchestrator', {
        pricing: { ...workerModel.pricing, cacheReadNanoPerMillion: null },
      }),
      workerModel,
    );
    const request = requestWith({ task: builtInTasks.refactor, text: sampleCode(400) });
    assert.ok(!('cache_control' in prepare(request, uncached).wire.body));
  });

  test('is tight enough for the budget where it can be', () => {
    const text = sampleCode(700);
    const task = builtInTasks.reformat;
    const generous = prepare(requestWith({ task, text, settings: { budgetPerRunNanoUsd: 0 } }));
    const tight = prepare(requestWith({ task, text }));
    assert.ok(generous.estimate!.ceilingNanoUsd > NANO_PER_USD / 4);
    assert.ok(tight.estimate!.ceilingNanoUsd <= NANO_PER_USD / 4);
    assert.match(promptsOf(generous.wire).instructions, /at most 1 more times/);
    assert.doesNotMatch(promptsOf(tight.wire).instructions, /more times/);
  });
});

suite('request with the response cache', () => {
  const settings = { responseCache: { enabled: true, ttlSeconds: 60 } };

  test('asks for it by headers', () => {
    const { headers } = prepare(requestWith({ settings })).wire;
    assert.equal(headers['X-OpenRouter-Cache'], 'true');
    assert.equal(headers['X-OpenRouter-Cache-TTL'], '60');
  });

  test('drops what is kept of it when it is to be answered again', () => {
    const of = (enabled: boolean, isCleared: boolean): string | undefined => {
      const responseCache = { enabled, ttlSeconds: 60, isCleared };
      return prepare(requestWith({ settings: { responseCache } })).wire.headers[
        'X-OpenRouter-Cache-Clear'
      ];
    };
    assert.equal(of(true, true), 'true');
    assert.equal(of(true, false), undefined);
    assert.equal(of(false, true), undefined, 'nothing is kept');
  });

  test('is the same byte for byte for the same job, and another for another', () => {
    const bodyOf = (id: string, text: string): string =>
      JSON.stringify(prepare(requestWith({ id, text, settings })).wire.body);
    assert.equal(bodyOf('run-1', TEXT), bodyOf('run-2', TEXT));
    assert.notEqual(bodyOf('run-1', TEXT), bodyOf('run-1', `${TEXT}\n`));
  });
});

suite('prompts', () => {
  test('of one task are understood as they are meant', () => {
    const prepared = prepare(requestWith({ text: TEXT, instruction: 'Mind the units.' }));
    const { instructions, input } = promptsOf(prepared.wire);
    const brief = readBrief(instructions, input);
    assert.deepEqual(brief.tasks, [{ taskName: 'summarize', workerName: 'delegate-worker' }]);
    assert.equal(brief.taskDescription, TASK_DESCRIPTION);
    assert.equal(brief.markerNonce, prepared.nonce);
    assert.equal(brief.refusalNonce, prepared.nonce);
    assert.equal(brief.maxCorrections, 1);
    assert.equal(brief.showsSelection, false);
    assert.match(input, /<outline-[a-z2-7]{8}>\n2 lines[^]*\n<\/outline-[a-z2-7]{8}>$/);
    const [worker] = workersOf(prepared.wire);
    const job = readJob([worker!.instructions], TASK_DESCRIPTION);
    assert.equal(job?.job, 'summarize');
    assert.equal(job.languageId, 'typescript');
    assert.equal(job.answer, 'text');
    assert.equal(job.instruction, 'Mind the units.');
    assert.equal(job.selection, TEXT);
  });

  test('of several tasks list them in order with their lines', () => {
    const prepared = prepare(requestWith({ task: builtInTasks.reformat, text: sampleCode(700) }));
    const { instructions, input } = promptsOf(prepared.wire);
    assert.deepEqual(
      readBrief(instructions, input).tasks,
      prepared.tasks.map(({ taskName, workerName }) => ({ taskName, workerName })),
    );
    for (const { taskName, workerName, startLine, endLine } of prepared.tasks) {
      assert.ok(
        instructions.includes(
          `- task_name "${taskName}": call worker "${workerName}" (lines ${startLine}-${endLine})\n`,
        ),
      );
    }
  });

  test('of an integrated answer have no marker', () => {
    const { wire } = prepare(requestWith({ text: TEXT, settings: { answer: 'integrated' } }));
    const { instructions, input } = promptsOf(wire);
    assert.equal(readBrief(instructions, input).markerNonce, null);
    assert.match(instructions, /^Write the final answer yourself, in full, from the outcomes\.$/m);
  });

  test('give the schema to the worker', () => {
    const schema = { type: 'array', items: { type: 'string' } };
    const prepared = prepare(
      requestWith({ task: extractTask, instruction: 'x', schema, text: TEXT }),
    );
    const [worker] = workersOf(prepared.wire);
    assert.deepEqual(readJob([worker!.instructions], '')?.schema, schema);
  });

  test('of a recipe name no file', () => {
    const task = { ...builtInTasks.instruct, id: 'recipe:for-customer-x' };
    const { wire, tasks } = prepare(requestWith({ task, instruction: 'x', text: TEXT }));
    assert.equal(tasks[0]?.taskName, 'recipe');
    assert.ok(!JSON.stringify(wire.body).includes('customer'));
  });

  test('show the selection to workers alone where an outline does', () => {
    const { wire } = prepare(requestWith({ text: TEXT }));
    const { instructions, input } = promptsOf(wire);
    assert.ok(!(instructions + input).includes('secretWord = 42'));
    assert.equal(JSON.stringify(wire).split('secretWord = 42').length, 2);
  });

  test('show it to the orchestrator as well where it has to judge', () => {
    const { wire } = prepare(
      requestWith({ task: builtInTasks.refactor, instruction: 'x', text: TEXT }),
    );
    assert.ok(promptsOf(wire).input.includes('secretWord = 42'));
    assert.equal(JSON.stringify(wire).split('secretWord = 42').length, 3);
  });
});
