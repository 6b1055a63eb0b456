import assert from 'node:assert/strict';
import { plainEnglish } from '../../../../src/common/translate';
import type { RunEvent, RunResult } from '../../../../src/delegation/run/run';
import { RunError } from '../../../../src/delegation/run/runError';
import { OutcomeError } from '../../../../src/delegation/answer/outcomeError';
import { describeError } from '../../../../src/editor/messages/errorMessages';
import { UnverifiedError } from '../../../../src/delegation/run/unverifiedError';
import type { Delegation } from '../../../../src/openrouter/streamEvent';
import { type PreflightFacts, Transcript } from '../../../../src/editor/output/transcript';
import { completed, endOf, record } from './exampleRun';

const running: Delegation = {
  key: 'd1',
  status: 'running',
  taskName: 'summarize',
  workerName: 'delegate-worker',
  model: 'anthropic/claude-haiku-5.5',
  outcome: null,
  error: null,
};

const planned = { taskName: 'summarize', workerModel: '~anthropic/claude-haiku-latest' };

const start: Extract<RunEvent, { type: 'run-start' }> = {
  type: 'run-start',
  routing: 'delegated',
  reason: { type: 'setting' },
  plannedDelegations: 1,
  promptTokens: 1840,
  estimate: {
    lowNanoUsd: 4_000_000,
    expectedNanoUsd: 6_000_000,
    highNanoUsd: 11_000_000,
    ceilingNanoUsd: 90_000_000,
  },
  directEstimateNanoUsd: 27_727_273,
};

const ended = { ...completed, outcome: null, checkedBy: null };

function facts(secretCount: number): PreflightFacts {
  return { secretCount, workerOrigin: null };
}

function transcript(): Transcript {
  return new Transcript(plainEnglish);
}

suite('Transcript', () => {
  test('closes with time, cost, tokens, delegations and what was saved', () => {
    assert.equal(
      transcript().closing(endOf(completed)),
      '- done · 14.2 s · $0.0061 · 1,840 in / 420 out · 1 delegation · 78 % below direct\n',
    );
  });

  test('says in plain words how much more delegating cost', () => {
    const dear = { ...completed, record: { ...record, directEstimateNanoUsd: 3_050_000 } };
    assert.match(transcript().closing(endOf(dear)), /cost \$0\.0031? more than asking directly/);
    assert.doesNotMatch(transcript().closing(endOf(dear, { isDemo: true })), /more|direct/);
  });

  test('tokens are named for the model that they are of, and left out where they are of several', () => {
    const line = (change: Partial<RunResult['record']>): string =>
      transcript().closing(endOf({ ...completed, record: { ...record, ...change } }));
    assert.match(line({ routing: 'direct' }), / · 1,840 in \/ 420 out\n/);
    const alone = { routing: 'worker-first', didEnableDelegation: false } as const;
    assert.match(line(alone), / · 1,840 in \/ 420 out · /);
    assert.doesNotMatch(line({ ...alone, didEnableDelegation: true }), / out /);
  });

  test('says what worker first would have cost', () => {
    const line = transcript().closing(endOf(completed, { workerFirstNanoUsd: 210_000 }));
    assert.match(line, / · 78 % below direct · worker first would have cost ~\$0\.0002/);
  });

  test('tells an unknown cost from a cost of nothing', () => {
    const { usage } = record;
    assert.ok(usage);
    const at = (costNanoUsd: number | null): string =>
      transcript().closing(
        endOf({ ...completed, record: { ...record, usage: { ...usage, costNanoUsd } } }),
      );
    assert.match(at(null), / · cost unknown · /);
    assert.match(at(0), / · \$0\.00 · /);
  });

  test('a run that was not sent has neither cost nor tokens', () => {
    const line = transcript().closing(
      endOf({
        ...ended,
        status: 'refused',
        error: new RunError(null),
        record: { ...record, status: 'refused', usage: null, wasSent: false, durationMs: 3 },
      }),
    );
    assert.equal(line, '- not sent · 0.0 s\n');
  });

  test('labels an answer of the orchestrator itself and the demo', () => {
    const line = transcript().closing(
      endOf(
        {
          ...completed,
          record: { ...record, delegations: { requested: 0, ok: 0, failed: 0 } },
          didDelegate: false,
        },
        { isDemo: true },
      ),
    );
    assert.match(line, / · not delegated · .* · demo\n$/);
  });

  test('shows the first heartbeat at once and then one line every ten seconds', () => {
    const text = transcript();
    const shown = [0, 1000, 9999, 10_000, 15_000, 20_000].map((nowMs) =>
      text.event({ type: 'heartbeat-received', waitingMs: nowMs }, nowMs),
    );
    assert.deepEqual(shown, [
      '- alive · waiting 0 s\n',
      '',
      '',
      '- alive · waiting 10 s\n',
      '',
      '- alive · waiting 20 s\n',
    ]);
  });

  test('a heartbeat inside the answer does not tear it apart', () => {
    const text = transcript();
    text.event({ type: 'answer-delta', text: 'half a li' }, 0);
    assert.equal(text.event({ type: 'heartbeat-received', waitingMs: 20_000 }, 20_000), '');
  });

  test('shows a delegation once when it starts and once when it ends', () => {
    const text = transcript();
    const at = (delegation: Delegation): string =>
      text.event({ type: 'delegation-update', delegation, planned, elapsedMs: 3210 }, 0);
    assert.equal(at(running), '- delegated: summarize → anthropic/claude-haiku-5.5\n');
    assert.equal(at(running), '');
    assert.equal(at({ ...running, status: 'ok' }), '- outcome: summarize · ok · 3.2 s\n');
    assert.equal(at({ ...running, status: 'ok' }), '');
  });

  test('a delegation first seen when it has failed shows both lines', () => {
    assert.equal(
      transcript().event(
        {
          type: 'delegation-update',
          delegation: { ...running, status: 'failed' },
          planned,
          elapsedMs: null,
        },
        0,
      ),
      '- delegated: summarize → anthropic/claude-haiku-5.5\n- outcome: summarize · failed\n',
    );
  });

  const bare = { ...running, taskName: null, workerName: null, model: null };

  test('a worker that the stream does not name yet has its name and model from the plan', () => {
    const text = transcript();
    assert.equal(
      text.event({ type: 'delegation-update', delegation: bare, planned, elapsedMs: null }, 0),
      '- delegated: summarize → ~anthropic/claude-haiku-latest\n',
    );
    const done = { ...running, status: 'ok' as const };
    assert.equal(
      text.event({ type: 'delegation-update', delegation: done, planned, elapsedMs: 2000 }, 0),
      '- outcome: summarize · ok · 2.0 s\n',
    );
  });

  test('one of several workers has no line before its name is known, and no time unmeasured', () => {
    const text = transcript();
    const unknown = { ...planned, taskName: null };
    const event = { type: 'delegation-update', delegation: bare, planned: unknown } as const;
    assert.equal(text.event({ ...event, elapsedMs: null }, 0), '');
    const done = { ...running, taskName: 'part-2', status: 'ok' as const };
    assert.equal(
      text.event({ ...event, delegation: done, elapsedMs: 3 }, 0),
      '- delegated: part-2 → anthropic/claude-haiku-5.5\n- outcome: part-2 · ok\n',
    );
  });

  test('shows what other tools did, and what was said before a call', () => {
    const text = transcript();
    const use = { key: 'a', tool: 'fusion', model: 'a/b', failedModels: ['c/d'] };
    assert.equal(text.event({ type: 'tool-update', use: { ...use, status: 'running' } }, 0), '');
    assert.equal(
      text.event({ type: 'tool-update', use: { ...use, status: 'ok' } }, 0),
      '- fusion · a/b · ok · without c/d\n',
    );
    const search = { key: 'b', tool: 'web_search', model: null, failedModels: [] };
    assert.equal(
      text.event({ type: 'tool-update', use: { ...search, status: 'failed' } }, 0),
      '- web search · failed\n',
    );
    assert.equal(
      text.event({ type: 'preamble', text: "I'll ask\nthe worker." }, 0),
      "- the orchestrator: I'll ask the worker.\n",
    );
  });

  test('says that a request is sent once more, and why', () => {
    const line = (change: Partial<Extract<RunEvent, { type: 'retry-scheduled' }>>): string =>
      transcript().event(
        { type: 'retry-scheduled', reason: 'rate-limit', delayMs: 7000, ...change },
        0,
      );
    assert.equal(line({}), '- trying again in 7 s (rate-limit)\n');
    assert.equal(
      line({ reason: 'format-refused', delayMs: 0 }),
      '- the model is not served with a JSON schema; asked again without, checked here\n',
    );
  });

  test('the answer stands apart from the lines around it', () => {
    const text = transcript();
    const all = [
      text.header({
        taskTitle: 'Summarize',
        location: 'a.ts:1-9',
        orchestratorModel: 'a/big',
        workerModel: 'a/small',
      }),
      text.preflight(start, facts(3)),
      text.event({ type: 'answer-delta', text: 'First' }, 0),
      text.event({ type: 'answer-delta', text: ' line.' }, 0),
      text.closing(endOf(completed)),
    ].join('');
    assert.equal(
      all,
      '\n## Summarize · a.ts:1-9\n\n- orchestrator `a/big` · worker `a/small`\n' +
        '- estimate: 1,840 tokens · ~$0.0040–$0.0110 · delegated · 3 values masked\n' +
        '\nFirst line.\n\n- done · 14.2 s · $0.0061 · 1,840 in / 420 out · 1 delegation · 78 % below direct\n',
    );
  });

  test('an estimate without prices says so instead of naming zero', () => {
    assert.equal(
      transcript().preflight({ ...start, estimate: null, routing: 'direct' }, facts(0)),
      '- estimate: 1,840 tokens · price unknown · without a worker\n',
    );
  });

  test('says why automatic routing took a route', () => {
    const at = (reason: typeof start.reason): string =>
      transcript().preflight({ ...start, reason, routing: 'direct' }, facts(0));
    assert.match(
      at({ type: 'cheaper', delegatedNanoUsd: 6_000_000, directNanoUsd: 5_000_000 }),
      /without a worker, the cheaper route \(~\$0\.0060 with a worker, ~\$0\.0050 without\)\n$/,
    );
    assert.match(
      at({ type: 'cheaper', delegatedNanoUsd: 4_900_000, directNanoUsd: 5_000_000 }),
      /without a worker, as a worker would save too little \(~\$0\.0049 with/,
    );
    assert.match(at({ type: 'unknown-prices' }), /prices are unknown/);
    assert.match(
      at({ type: 'only-route', refusal: 'refused-context-too-small' }),
      /the other route cannot hold the job/,
    );
  });

  const failed: RunResult = { ...ended, status: 'failed', error: new RunError(null) };

  test('a run without a result shows what else had arrived, and the raw answer', () => {
    const text = transcript();
    const all = [
      text.event({ type: 'answer-delta', text: 'Done: ' }, 0),
      text.closing(
        endOf({
          ...failed,
          rawAnswer: 'Done: [[outcome:abcdefgh:other]]',
          partialAnswer: 'Done: \n\nIt adds numbers.',
        }),
      ),
    ].join('');
    assert.match(
      all,
      /^\nDone: \n- what else had arrived:\n\n`````\nIt adds numbers\.\n`````\n- the orchestrator’s own words:\n\n`````\nDone: \[\[outcome:abcdefgh:other\]\]\n`````\n\n- failed · /,
    );
  });

  test('what is shown already is not said again, nor anything of a run that has a result', () => {
    const text = transcript();
    text.event({ type: 'answer-delta', text: 'Half an answ' }, 0);
    const half = { rawAnswer: 'Half an answ', partialAnswer: 'Half an answ' };
    assert.match(text.closing(endOf({ ...failed, ...half })), /^\n\n- failed · [^\n]*\n$/);
    const twice = { rawAnswer: 'Half an answ', partialAnswer: 'Half an answ\n\nan answ' };
    assert.match(text.closing(endOf({ ...failed, ...twice })), /^\n- failed · [^\n]*\n$/);
    const whole = { rawAnswer: '[[outcome:abcdefgh:summarize]]', partialAnswer: 'It adds.' };
    assert.match(transcript().closing(endOf({ ...completed, ...whole })), /^- done · [^\n]*\n$/);
  });

  test('shows code as code, also when lines interrupt it', () => {
    const text = new Transcript(plainEnglish, 'go');
    const all = [
      text.event({ type: 'answer-delta', text: 'x := 1' }, 0),
      text.note('a note'),
      text.closing(endOf(completed)),
    ].join('');
    assert.match(all, /^\n`````go\nx := 1\n`````\n- a note\n\n- done/);
  });

  test('an answer that was cut off in its code does not swallow the closing line', () => {
    const text = transcript();
    const all = [
      text.event({ type: 'answer-delta', text: 'It does:\n``' }, 0),
      text.event({ type: 'answer-delta', text: '`go\nx := 1' }, 0),
      text.closing(endOf({ ...failed, partialAnswer: 'It does:\n```go\nx := 1' })),
    ].join('');
    assert.match(all, /^\nIt does:\n```go\nx := 1\n```\n\n- failed · [^\n]*\n$/);
  });
});

suite('Transcript of worker first', () => {
  const workerFirst = { ...start, routing: 'worker-first' } as const;

  test('says what it costs when proven and at most, and where the text goes', () => {
    const line = transcript().preflight(workerFirst, {
      secretCount: 0,
      workerOrigin: 'http://localhost:11434',
    });
    assert.match(line, /~\$0\.0060, at most ~\$0\.0110 · worker first/);
    assert.match(
      line,
      /the text goes to http:\/\/localhost:11434 and nowhere else; the orchestrator, if need be, sees an outline/,
    );
    assert.doesNotMatch(transcript().preflight(workerFirst, facts(0)), /nowhere else/);
  });

  test('an answer that came damaged is closed, and stands once more as a whole', () => {
    const text = new Transcript(plainEnglish, 'typescript');
    const all = [
      text.event({ type: 'answer-delta', text: 'const' }, 0),
      text.event({ type: 'answer-restart' }, 0),
      text.event({ type: 'answer-delta', text: 'const a' }, 0),
    ].join('');
    const again = '- pieces of the answer were lost on the way; here it is whole';
    const [first, second] = ['const', 'const a'].map((code) => `\n\`\`\`\`\`typescript\n${code}`);
    assert.equal(all, `${first}\n\`\`\`\`\`\n\n${again}\n${second}`);
  });

  test('each step has a line, and an answer that is not taken is closed before the next', () => {
    const text = new Transcript(plainEnglish, 'typescript');
    const rejected = new UnverifiedError('2 changes of code at line 3');
    const all = [
      text.event({ type: 'step-start', step: 'worker', rejected: null }, 0),
      text.event({ type: 'answer-delta', text: 'const a' }, 0),
      text.event({ type: 'step-start', step: 'worker-again', rejected }, 0),
      text.event({ type: 'answer-delta', text: 'const b' }, 0),
      text.event({ type: 'step-start', step: 'delegated', rejected }, 0),
    ].join('');
    assert.equal(
      all,
      [
        '- the worker writes alone',
        '',
        '`````typescript',
        'const a',
        '`````',
        '',
        '- answer not taken (2 changes of code at line 3); the worker writes it again',
        '',
        '`````typescript',
        'const b',
        '`````',
        '',
        '- answer not taken (2 changes of code at line 3); the orchestrator takes over',
        '',
      ].join('\n'),
    );
  });

  test('what does not fit stands in the output, not in the message', () => {
    const error = new OutcomeError('answer-invalid', {
      problems: [{ path: '/0/name', message: 'must be string' }],
    });
    const text = new Transcript(plainEnglish, 'json').closing(
      endOf({
        ...completed,
        status: 'failed',
        outcome: null,
        error,
        partialAnswer: '[{"name":1}]',
      }),
    );
    assert.match(text, /^- what does not fit: 1 › name: must be string$/m);
    assert.doesNotMatch(describeError(error, plainEnglish).message, /must be|name/);
  });
});
