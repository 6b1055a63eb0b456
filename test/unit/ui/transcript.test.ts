import assert from 'node:assert/strict';
import { plainEnglish } from '../../../src/common/translate';
import type { RunRecord } from '../../../src/delegation/run';
import type { Delegation } from '../../../src/openrouter/streamEvent';
import { Transcript, type ClosingLine } from '../../../src/ui/transcript';

const running: Delegation = {
  key: 'd1',
  status: 'running',
  taskName: 'summarize',
  workerName: 'delegate-worker',
  model: 'anthropic/claude-haiku-5.5',
  outcome: null,
  error: null,
};

const record: RunRecord = {
  id: 'r1',
  route: 'summarize',
  protocol: 'responses',
  routing: 'delegated',
  orchestratorModel: 'a/big',
  workerModel: 'a/small',
  didEnableDelegation: true,
  delegations: { requested: 1, ok: 1, failed: 0 },
  status: 'completed',
  finishReason: null,
  usage: {
    promptTokens: 1840,
    completionTokens: 420,
    totalTokens: 2260,
    cachedTokens: null,
    costNanoUsd: 6_100_000,
    isByok: false,
    toolCallsExecuted: 1,
  },
  generationId: 'gen-1',
  startedAtMs: 0,
  durationMs: 14_200,
  wasSent: true,
};

const closing: ClosingLine = {
  status: 'completed',
  record,
  directEstimateNanoUsd: 27_727_273,
  didDelegate: true,
  isDemo: false,
};

function transcript(): Transcript {
  return new Transcript(plainEnglish);
}

suite('Transcript', () => {
  test('closes with time, cost, tokens, delegations and what was saved', () => {
    assert.equal(
      transcript().closing(closing),
      '- done · 14.2 s · $0.0061 · 1,840 in / 420 out · 1 delegation · 78 % below direct\n',
    );
  });

  test('says above direct when delegating cost more', () => {
    assert.match(
      transcript().closing({ ...closing, directEstimateNanoUsd: 3_050_000 }),
      /100 % above direct/,
    );
  });

  test('tells an unknown cost from a cost of nothing', () => {
    const { usage } = record;
    assert.ok(usage);
    const at = (costNanoUsd: number | null): string =>
      transcript().closing({ ...closing, record: { ...record, usage: { ...usage, costNanoUsd } } });
    assert.match(at(null), / · cost unknown · /);
    assert.match(at(0), / · \$0\.00 · /);
  });

  test('a run that was not sent has neither cost nor tokens', () => {
    const line = transcript().closing({
      ...closing,
      status: 'refused',
      record: { ...record, status: 'refused', usage: null, wasSent: false, durationMs: 3 },
    });
    assert.equal(line, '- not sent · 0.0 s\n');
  });

  test('labels an answer of the orchestrator itself and the demo', () => {
    const line = transcript().closing({
      ...closing,
      record: { ...record, delegations: { requested: 0, ok: 0, failed: 0 } },
      didDelegate: false,
      isDemo: true,
    });
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
      text.event({ type: 'delegation-update', delegation, elapsedMs: 3210 }, 0);
    assert.equal(at(running), '- delegated: summarize → anthropic/claude-haiku-5.5\n');
    assert.equal(at(running), '');
    assert.equal(at({ ...running, status: 'ok' }), '- outcome: summarize · ok · 3.2 s\n');
    assert.equal(at({ ...running, status: 'ok' }), '');
  });

  test('a delegation first seen when it has failed shows both lines', () => {
    assert.equal(
      transcript().event(
        { type: 'delegation-update', delegation: { ...running, status: 'failed' }, elapsedMs: 100 },
        0,
      ),
      '- delegated: summarize → anthropic/claude-haiku-5.5\n- outcome: summarize · failed · 0.1 s\n',
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
      text.preflight({
        promptTokens: 1840,
        lowNanoUsd: 4_000_000,
        highNanoUsd: 11_000_000,
        maskedSecrets: 3,
        routing: 'delegated',
      }),
      text.event({ type: 'answer-delta', text: 'First' }, 0),
      text.event({ type: 'answer-delta', text: ' line.' }, 0),
      text.closing(closing),
    ].join('');
    assert.equal(
      all,
      '\n## Summarize · a.ts:1-9\n\n- orchestrator `a/big` · worker `a/small`\n' +
        '- estimate: 1,840 tokens · ~$0.0040–$0.0110 · delegated · 3 values masked\n' +
        '\nFirst line.\n\n- done · 14.2 s · $0.0061 · 1,840 in / 420 out · 1 delegation · 78 % below direct\n',
    );
  });

  test('an estimate without prices says so instead of naming zero', () => {
    const line = transcript().preflight({
      promptTokens: 10,
      lowNanoUsd: null,
      highNanoUsd: null,
      maskedSecrets: 0,
      routing: 'direct',
    });
    assert.equal(line, '- estimate: 10 tokens · price unknown · without a worker\n');
  });
});
