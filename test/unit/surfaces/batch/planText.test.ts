import assert from 'node:assert/strict';
import type { BatchPlan } from '../../../../src/batch/batch';
import { SKIP_REASONS } from '../../../../src/batch/collect/skipReason';
import type { BatchFile } from '../../../../src/batch/journal/batchState';
import { plainEnglish } from '../../../../src/common/translate';
import { applyEndWords, skipWords, standingWords } from '../../../../src/surfaces/batch/batchWords';
import { type PlanFacts, planText } from '../../../../src/surfaces/batch/planText';

const FACTS: PlanFacts = {
  title: 'Docstring',
  orchestratorModel: 'big',
  workerModel: 'small',
  parallel: 4,
  auditShare: 0.05,
  isProven: true,
  isDemo: false,
  formatted: [],
};

function file(n: number, change: Partial<BatchFile> = {}): BatchFile {
  return {
    ...{ n, path: `src/part${n}.py`, languageId: 'python', hash: 'h', lines: 3, tokens: 100 },
    ...{ declarations: 1, standing: null, by: 'none', reason: '', result: '' },
    ...{ isRead: false, isDiscarded: false, applied: null },
    ...change,
  };
}

function plan(change: Partial<BatchPlan> = {}): BatchPlan {
  const price = { lowNanoUsd: 1e7, expectedNanoUsd: 2e7, highNanoUsd: 5e7, directNanoUsd: 4e8 };
  return {
    files: [file(1), file(2)],
    skipped: [],
    price: { ...price, expectedMs: 125_000 },
    limitNanoUsd: 3e9,
    isResumed: false,
    ...change,
  };
}

suite('Plan of a batch', () => {
  test('says the count, the range, the limit, the time and who judges', () => {
    const text = planText(plan(), FACTS, plainEnglish);
    for (const row of [
      '| Files | 2 |',
      '| Tokens | ~200 |',
      '| Cost | ~$0.0100 – ~$0.0500 |',
      '| The orchestrator alone | ~$0.4000 |',
      '| Time | ~2 min |',
      '| Never more than | $3.00 |',
      '| Judged by | a proof of each file; the orchestrator reads 5 % |',
    ]) {
      assert.ok(text.includes(row), `${row}\n${text}`);
    }
  });

  test('one that goes on names what is left of it; an unknown price is no price', () => {
    const going = plan({ files: [file(1, { standing: 'verified' }), file(2)], price: null });
    const text = planText(going, FACTS, plainEnglish);
    assert.match(text, /\| Files \| 2, of which 1 are to be done \|/);
    assert.match(text, /\| Cost \| not known, because the price of a model is not \|/);
  });

  test('names of files are names: no link, no picture, no table cell, no line', () => {
    const path = 'src/[x](command:evil) ![i](http:a) `c` <b> | # h\n# head.py';
    const text = planText(
      plan({ skipped: [{ path, reason: 'binary' }] }),
      { ...FACTS, title: '[t](command:t)', workerModel: 'a|b' },
      plainEnglish,
    );
    assert.doesNotMatch(text, /(?<!\\)\]\(|(?<!\\)!\[|(?<!\\)<b|^# head|(?<!\\)`c/m);
    assert.match(text, /\| a\\\|b · big \|/);
  });

  test('counts what is left out by reason, and lists no more names than one reads', () => {
    const many = Array.from({ length: 55 }, (_, n) => ({
      path: `a${n}`,
      reason: 'ignored' as const,
    }));
    const text = planText(
      plan({ skipped: [...many, { path: 'b', reason: 'binary' }] }),
      FACTS,
      plainEnglish,
    );
    assert.ok(text.indexOf('**55 · kept out') < text.indexOf('**1 · not text**'));
    assert.match(text, /^- and 15 more$/m);
  });

  test('a formatter of the editor is said first', () => {
    const text = planText(plan(), { ...FACTS, formatted: ['python', 'go'] }, plainEnglish);
    assert.match(text, /^> The editor has a formatter for python, go, which is free and exact/m);
  });
});

suite('Words of a batch', () => {
  test('each reason to leave a file out has its own', () => {
    const words = SKIP_REASONS.map((reason) => skipWords(reason, plainEnglish));
    assert.equal(new Set(words).size, SKIP_REASONS.length);
  });

  test('a code is said in words; what a reader says is quoted', () => {
    const failed = (reason: string): string =>
      standingWords(file(1, { standing: 'failed', reason }), plainEnglish);
    assert.equal(failed('secrets-changed'), 'a masked secret did not come back as it was');
    assert.equal(failed('outcome-missing'), 'no usable answer (outcome-missing)');
    assert.equal(failed('Names x, not y.'), 'the orchestrator says: “Names x, not y.”');
  });

  test('what went wrong says what to do next; success says nothing', () => {
    for (const end of [
      'conflict',
      'read-only',
      'gone',
      'changed',
      'failed',
      'lost',
      'kept',
    ] as const) {
      assert.match(applyEndWords(end, 3, plainEnglish) ?? '', /3\.(?: |$)/, end);
    }
    for (const end of ['written', 'merged', 'already', 'restored'] as const) {
      assert.equal(applyEndWords(end, 3, plainEnglish), null);
    }
  });
});
