import assert from 'node:assert/strict';
import { maskRequest } from '../../../../src/delegation/request/maskedRequest';
import { prepareRun } from '../../../../src/delegation/route/prepare';
import type { RunEvent } from '../../../../src/delegation/run/run';
import { requestWith } from '../kit';

/** Put together at run time, so that no scanner takes this file for a leak. */
const secret = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');
const text = `const token = '${secret}';\nuse(token);\n`;

/** What a view shows of an answer that comes in pieces of `size`. */
function shown(answer: string, size: number, masked: ReturnType<typeof maskRequest>): string {
  const pieces = answer.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  const events = pieces.map((piece): RunEvent => ({ type: 'answer-delta', text: piece }));
  const restored = events.map((event) => masked.restoreEvent(event));
  return (
    restored.map((event) => (event.type === 'answer-delta' ? event.text : '')).join('') +
    masked.restoreTail()
  );
}

const models = { find: () => null };

suite('maskRequest', () => {
  test('nothing secret is in the request, and its lines stay', () => {
    const { request, secretCount } = maskRequest(requestWith({ text }), 'k7qm2xw9');
    assert.equal(secretCount, 1);
    assert.ok(!request.selection.text.includes(secret));
    assert.equal(request.selection.text.split('\n').length, text.split('\n').length);
  });

  test('models are told to keep placeholders, and only where there are any', () => {
    const rule = /Copy words like MASKED_SECRET_/;
    for (const routing of ['delegated', 'direct'] as const) {
      const wireOf = (selected: string): string => {
        const plain = requestWith({ text: selected });
        const { request } = maskRequest(
          { ...plain, settings: { ...plain.settings, routing } },
          'k7qm2xw9',
        );
        const prepared = prepareRun(request, { models, random: () => 1, nowMs: 0 });
        if (prepared instanceof Error) throw prepared;
        return JSON.stringify(prepared.wire.body);
      };
      assert.match(wireOf(text), rule);
      assert.doesNotMatch(wireOf('use(1);\n'), rule);
    }
  });

  for (const size of [1, 7, 1000]) {
    test(`an answer in pieces of ${size} is shown whole, with its secrets`, () => {
      const masked = maskRequest(requestWith({ text }), 'k7qm2xw9');
      assert.equal(shown(masked.request.selection.text, size, masked), text);
    });

    test(`an answer in pieces of ${size} that ends like the start of a placeholder is shown whole`, () => {
      const masked = maskRequest(requestWith({ text }), 'k7qm2xw9');
      const placeholder = /MASKED_\w+/.exec(masked.request.selection.text)?.[0] ?? '';
      const answer = `The end is ${placeholder.slice(0, 8)}`;
      assert.equal(shown(answer, size, masked), answer);
    });
  }
});
