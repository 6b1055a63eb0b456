import assert from 'node:assert/strict';
import { plainEnglish } from '../../../../src/common/translate';
import type { AnswerRow } from '../../../../src/compare/tally';
import { compareReport } from '../../../../src/surfaces/compare/compareReport';

function rows(model: string, good: number, bad: number): AnswerRow[] {
  return Array.from({ length: good + bad }, (_, index) => ({
    model,
    place: `p${index}`,
    isGood: index < good,
    code: index < good ? '' : 'proof-changed',
    costNanoUsd: index === 0 ? null : 1_000_000,
    durationMs: 1500,
  }));
}

suite('The report of a comparison', () => {
  const answers = [...rows('a/cheap', 3, 13), ...rows('b/dear', 16, 0), ...rows('c/new', 8, 0)];
  const models = ['a/cheap', 'b/dear', 'c/new'];
  const judgements = [
    { cheaper: 'b/dear', dearer: 'c/new', place: 'p1', preferred: 'neither' as const },
  ];

  test('says who passes, who does not and of whom too little is known', () => {
    const text = compareReport(
      {
        taskTitle: 'Docstring',
        models,
        placeCount: 48,
        result: { answers, judgements, chosen: 'b/dear', stopped: null },
      },
      plainEnglish,
    );
    assert.match(text, /^\*\*The cheapest that passes: b\/dear\*\*$/m);
    const lines = text.split('\n').filter((line) => /^\| [abc]\//.test(line));
    assert.equal(
      lines[0],
      '| a/cheap | 3 / 16 | 7–43 % | not good enough | 13 × changed too much | $0.0150 +1? | 1.5 |',
    );
    assert.match(lines[1] ?? '', /\| 16 \/ 16 \| 81–100 % \| passes \|/);
    assert.match(lines[2] ?? '', /\| 8 \/ 8 \| 68–100 % \| too few to tell \|/);
    assert.match(text, /read 1 pairs blindly/);
  });

  test('a name cannot break out of the table', () => {
    const model = 'x/`|[a](command:b)';
    const text = compareReport(
      {
        taskTitle: 'Docstring',
        models: [model],
        placeCount: 8,
        result: {
          answers: rows(model, 8, 0),
          judgements: [],
          chosen: model,
          stopped: 'batch-limit',
        },
      },
      plainEnglish,
    );
    assert.doesNotMatch(text, /[^\\]\[a\]\(command/);
    assert.match(text, /The limit was reached/);
  });
});
