import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PromptCache } from '../../../src/simulator/loop/promptCache';
import { deltasOf, limitMove } from '../../../src/simulator/loop/output';
import { combineOutcomes } from '../../../src/simulator/orchestrators/combineOutcomes';
import { readBrief } from '../../../src/simulator/orchestrators/brief';
import { readJob, stripLineNumbers } from '../../../src/simulator/orchestrators/jobText';
import { costOf, perTokenUsd, pricingFromUsd } from '../../../src/simulator/pricing';
import { cutToTokens, estimatingTokenizer } from '../../../src/simulator/tokenizer';
import { realTokenizer } from '../../support/tokenizer';
import { instructions, NONCE } from './prompts';

const LONE_SURROGATE = /\p{Surrogate}/u;

suite('Simulator: money', () => {
  const pricing = pricingFromUsd({
    prompt: '4',
    completion: '20',
    cacheRead: '0.20',
    cacheWrite: '5',
  });

  test('each kind of token has its rate', () => {
    const tokens = {
      promptTokens: 10_000,
      cachedTokens: 6000,
      cacheWriteTokens: 1000,
      completionTokens: 7,
    };
    assert.deepEqual(costOf(pricing, tokens), {
      promptNanoUsd: 3000 * 4000 + 6000 * 200 + 1000 * 5000,
      completionNanoUsd: 7 * 20_000,
    });
  });

  test('half a nano-dollar is rounded up, less is not', () => {
    const cheap = pricingFromUsd({ prompt: '0.0005', completion: '0.0004' });
    const tokens = { promptTokens: 1, cachedTokens: 0, cacheWriteTokens: 0, completionTokens: 1 };
    assert.deepEqual(costOf(cheap, tokens), { promptNanoUsd: 1, completionNanoUsd: 0 });
  });

  test('an override holds above its threshold, not at it', () => {
    const override = {
      minPromptTokens: 100,
      promptNanoPerMillion: 8e9,
      completionNanoPerMillion: 40e9,
    };
    const cost = (promptTokens: number): number =>
      costOf(
        { ...pricing, override },
        { promptTokens, cachedTokens: 0, cacheWriteTokens: 0, completionTokens: 0 },
      ).promptNanoUsd;
    assert.deepEqual([cost(100), cost(101)], [400_000, 808_000]);
  });

  test('a rate per token is written without exponent', () => {
    assert.equal(perTokenUsd(10_000_000), '0.00000001');
    assert.equal(perTokenUsd(4e9), '0.000004');
    assert.equal(perTokenUsd(0), '0');
    assert.equal(perTokenUsd(2e15), '2');
  });
});

suite('Simulator: tokens', () => {
  test('a cut is the longest beginning within the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(60), (text, limit) => {
        const cut = cutToTokens(estimatingTokenizer, text, limit);
        assert.ok(text.startsWith(cut));
        assert.ok(estimatingTokenizer.count(cut) <= limit);
        assert.ok(!LONE_SURROGATE.test(cut) || LONE_SURROGATE.test(text));
      }),
    );
    assert.equal(realTokenizer.count(cutToTokens(realTokenizer, 'word '.repeat(50), 9)), 9);
  });

  test('the estimate is within a third of a real count on code', () => {
    const code = cutToTokens.toString() + JSON.stringify(instructions(), null, 2);
    const ratio = estimatingTokenizer.count(code) / realTokenizer.count(code);
    assert.ok(ratio > 0.67 && ratio < 1.5, String(ratio));
  });

  test('deltas join to the text and keep characters whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 7 }), (text, size) => {
        const deltas = [...deltasOf(text, size)];
        assert.equal(deltas.join(''), text);
        assert.ok(LONE_SURROGATE.test(text) || !deltas.some((delta) => LONE_SURROGATE.test(delta)));
      }),
    );
  });

  test('a call that does not fit the limit is left out, an exact fit is not', () => {
    const call = { workerName: 'w', taskName: 't', taskDescription: 'd' };
    const move = { reasoning: '', text: '', calls: [call] };
    const needed = limitMove(move, null, realTokenizer).completionTokens;
    assert.equal(limitMove(move, needed, realTokenizer).isCut, false);
    const cut = limitMove(move, needed - 1, realTokenizer);
    assert.deepEqual([cut.move.calls, cut.completionTokens, cut.isCut], [[], needed - 1, true]);
  });
});

suite('Simulator: prompt cache', () => {
  const parts = [
    { text: 'system', tokens: 3000 },
    { text: 'user', tokens: 2000 },
  ];
  const scope = { owner: 'key model', minTokens: 4096, isOn: true };

  test('reads the longest known prefix, for five minutes after its last use', () => {
    let now = 0;
    const cache = new PromptCache({ now: () => now, after: () => () => undefined });
    assert.deepEqual(cache.use(parts, scope), { cachedTokens: 0, cacheWriteTokens: 5000 });
    const longer = [...parts, { text: 'result', tokens: 10 }];
    assert.deepEqual(cache.use(longer, scope), { cachedTokens: 5000, cacheWriteTokens: 10 });
    now = 299_999;
    assert.deepEqual(cache.use(parts, scope), { cachedTokens: 5000, cacheWriteTokens: 0 });
    now += 300_000;
    assert.deepEqual(cache.use(parts, scope), { cachedTokens: 0, cacheWriteTokens: 5000 });
  });

  test('a change in front, another key and a short prompt miss', () => {
    const cache = new PromptCache({ now: () => 0, after: () => () => undefined });
    cache.use(parts, scope);
    const changed = [{ text: 'System', tokens: 3000 }, ...parts.slice(1)];
    assert.equal(cache.use(changed, scope).cachedTokens, 0);
    assert.equal(cache.use(parts, { ...scope, owner: 'other' }).cachedTokens, 0);
    assert.deepEqual(cache.use(parts.slice(0, 1), scope), { cachedTokens: 0, cacheWriteTokens: 0 });
    assert.deepEqual(cache.use(parts, { ...scope, isOn: false }), {
      cachedTokens: 0,
      cacheWriteTokens: 0,
    });
  });
});

suite('Simulator: reading prompts', () => {
  test('an orchestrator finds tasks, markers and limits', () => {
    const brief = readBrief(instructions({ tasks: ['part-1', 'part-2'], corrections: 3 }), '');
    assert.deepEqual(brief.tasks, [
      { taskName: 'part-1', workerName: 'delegate-worker' },
      { taskName: 'part-2', workerName: 'delegate-worker-2' },
    ]);
    assert.equal(brief.markerNonce, NONCE);
    assert.equal(brief.refusalNonce, NONCE);
    assert.equal(brief.maxCorrections, 3);
    assert.equal(brief.taskDescription, 'Do your job on the pinned selection.');
    assert.equal(readBrief(instructions({ integrated: true }), '').markerNonce, null);
  });

  test('a worker finds its job around a selection that says otherwise', () => {
    const selection = 'Job: refactor\nAnswer: json\n<selection-zzzzzzzz>\nx\n</selection-zzzzzzzz>';
    const job = readJob(
      [
        [
          'Job: extract',
          'Language: python',
          'Answer: json',
          `<schema-${NONCE}>{"type":"array"}</schema-${NONCE}>`,
          `<instruction-${NONCE}>all TODOs</instruction-${NONCE}>`,
          `<selection-${NONCE}>`,
          selection,
          `</selection-${NONCE}>`,
        ].join('\n'),
      ],
      'Do it.',
    );
    assert.deepEqual(job, {
      job: 'extract',
      languageId: 'python',
      answer: 'json',
      instruction: 'all TODOs',
      schema: { type: 'array' },
      selection,
      firstLineNumber: 1,
      taskDescription: 'Do it.',
    });
  });

  test('a selection keeps its own line ends, blank edges and final newline', () => {
    for (const selection of ['a\r\nb\r\n', '\n  x\n', 'x', '\r']) {
      const text = `Job: reformat\n<selection-${NONCE}>\n${selection}\n</selection-${NONCE}>`;
      assert.equal(readJob([text], '')?.selection, selection, JSON.stringify(selection));
    }
  });

  test('line numbers come off only when every line has one', () => {
    assert.deepEqual(stripLineNumbers(' 9|   x\n10|\n11| y'), { text: '  x\n\ny', firstLine: 9 });
    assert.deepEqual(stripLineNumbers('1| x\ny'), { text: '1| x\ny', firstLine: 1 });
    assert.deepEqual(stripLineNumbers('7| x\r\n8|  \r\n9| y\r\n'), {
      text: 'x\r\n  \r\ny\r\n',
      firstLine: 7,
    });
  });

  test('outcomes of parts are joined by their kind', () => {
    assert.equal(combineOutcomes(['as it is']), 'as it is');
    assert.equal(
      combineOutcomes(['{"insertions":[{"line":1}]}', '```json\n{"insertions":[{"line":2}]}\n```']),
      '{"insertions":[{"line":1},{"line":2}]}',
    );
    assert.equal(combineOutcomes(['```ts\na\n```', '```ts\nb\n```']), '```ts\na\nb\n```');
    assert.equal(combineOutcomes(['# A', '# B']), '# A\n# B');
  });
});
