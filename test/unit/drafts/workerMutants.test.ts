import assert from 'node:assert/strict';
import { OutcomeError } from '../../../src/delegation/answer/outcomeError';
import { ownPiece, readAnswer } from '../../../src/delegation/answer/readAnswer';
import { type EditPlace, judgeEdit, writeEdit } from '../../../src/drafts/judgeEdit';
import { builtInTasks } from '../../../src/tasks/catalog';
import { selectionOf } from '../delegation/kit';
import { syntax } from '../syntax/service';

/** How many mutants of each task; more by hand. */
const MUTANTS = Number(process.env['DELEGATE_WORKER_MUTANTS'] ?? 400);

const SOURCES: readonly (readonly [languageId: string, code: string])[] = [
  [
    'typescript',
    'export function total(values: number[], factor = 2): number {\n  let sum = 0;\n  for (const value of values) {\n    if (value < 0) continue;\n    sum += value * factor;\n  }\n  return sum;\n}\n',
  ],
  [
    'python',
    'def total(values, factor=2):\n    found = 0\n    for value in values:\n        if value < 0:\n            continue\n        found += value * factor\n    return found\n',
  ],
  [
    'go',
    'func Total(values []int, factor int) int {\n\tsum := 0\n\tfor _, value := range values {\n\t\tif value < 0 {\n\t\t\tcontinue\n\t\t}\n\t\tsum += value * factor\n\t}\n\treturn sum\n}\n',
  ],
  [
    'java',
    'class Totals {\n    int total(int[] values, int factor) {\n        int sum = 0;\n        for (int value : values) {\n            if (value < 0) continue;\n            sum += value * factor;\n        }\n        return sum;\n    }\n}\n',
  ],
];

function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}

type Mutate = (code: string, random: (limit: number) => number) => string;

/** What workers get wrong: they lose, repeat, swap and retype lines and words. */
const MUTATIONS: readonly Mutate[] = [
  (code, random) => {
    const lines = code.split('\n');
    lines.splice(random(lines.length), 1);
    return lines.join('\n');
  },
  (code, random) => {
    const lines = code.split('\n');
    const at = random(lines.length);
    lines.splice(at, 0, lines[at] ?? '');
    return lines.join('\n');
  },
  (code, random) => {
    const lines = code.split('\n');
    const [one, other] = [random(lines.length), random(lines.length)];
    [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
    return lines.join('\n');
  },
  (code, random) => {
    const at = random(code.length);
    return code.slice(0, at) + code.slice(at + 1);
  },
  (code, random) => {
    const at = random(code.length);
    const letters = 'axs0+-*<>=!;,(){}[]"\'.#/ ';
    return code.slice(0, at) + (letters[random(letters.length)] ?? '') + code.slice(at + 1);
  },
  (code, random) => code.slice(0, random(code.length)),
  (code) => code.replace('value < 0', 'value <= 0'),
  (code) => code.replace('continue', 'break'),
  (code) => code.replace(/sum|found/, 'result'),
];

/** Code without white space; a change of layout alone keeps it. */
function ink(code: string): string {
  return code.replace(/\s+/g, '');
}

suite('mutated answers of workers', function () {
  this.timeout(60_000 + MUTANTS * 60);

  test(`${MUTANTS} reformats: none that changes more than layout is verified`, async () => {
    const random = numbers(7);
    const seen = { verified: 0, rejected: 0 };
    for (let count = 0; count < MUTANTS; count += 1) {
      const [languageId, base] = SOURCES[count % SOURCES.length]!;
      const mutate = MUTATIONS[random(MUTATIONS.length)]!;
      const text = mutate(base, random);
      const place: EditPlace = { base, languageId, syntax, eol: '\n' };
      const verdict = await judgeEdit({ format: 'replacement', text }, place, 'layout-changed');
      seen[verdict.isVerified ? 'verified' : 'rejected'] += 1;
      const isFaulty = ink(text) !== ink(base);
      assert.ok(!(verdict.isVerified && isFaulty), `mutant ${count} in ${languageId}:\n${text}`);
    }
    assert.ok(seen.rejected > MUTANTS / 2, JSON.stringify(seen));
  });

  test(`${MUTANTS} lists of docstrings: none that touches code is verified`, async () => {
    const random = numbers(11);
    const seen = { verified: 0, rejected: 0, unread: 0 };
    for (let count = 0; count < MUTANTS; count += 1) {
      const [languageId, base] = SOURCES[count % SOURCES.length]!;
      const text = 'Sums the values, without negative ones.\n\nEach is multiplied first.';
      const line = languageId === 'java' ? 2 : 1;
      const written = JSON.stringify([[line, text]]);
      const answer = MUTATIONS[random(MUTATIONS.length)]!(written, random);
      const selection = selectionOf(base, { languageId });
      const task = builtInTasks.docstring;
      const outcome = await readAnswer([ownPiece(selection, answer)], {
        task,
        selection,
        schema: null,
      });
      if (outcome instanceof OutcomeError || outcome.format !== 'insertions') {
        seen.unread += 1;
        continue;
      }
      const place: EditPlace = { base, languageId, syntax, eol: '\n' };
      const verdict = await judgeEdit(outcome, place, 'comments-added');
      seen[verdict.isVerified ? 'verified' : 'rejected'] += 1;
      if (!verdict.isVerified) continue;
      const draft = (await writeEdit(outcome, place)).text;
      const left = draft.split('\n');
      const kept = base.split('\n').every((row) => {
        const at = left.indexOf(row);
        if (at >= 0) left.splice(0, at + 1);
        return at >= 0;
      });
      assert.ok(kept, `mutant ${count} in ${languageId}:\n${draft}`);
    }
    assert.ok(seen.verified > 0 && seen.unread > 0, JSON.stringify(seen));
  });
});
