import assert from 'node:assert/strict';
import { type EditPlace, isProvable, judgeEdit } from '../../../src/drafts/judgeEdit';
import { syntax } from '../syntax/service';

const BASE = 'export function add(a: number, b: number): number {\n  return a + b;\n}\n';
const place: EditPlace = { base: BASE, languageId: 'typescript', syntax, eol: '\n' };

suite('judging an edit', () => {
  test('comments that stand where they can are verified', async () => {
    const answer = { format: 'insertions', insertions: [{ line: 1, text: 'Adds.' }] } as const;
    const verdict = await judgeEdit(answer, place, 'comments-added');
    assert.equal(verdict.isVerified, true);
  });

  test('a comment that is not one, or none at all, is not', async () => {
    for (const [insertions, reason] of [
      [[{ line: 1, text: '@ts-nocheck' }], /no comment can stand at line 1/],
      [[], /no comment was written/],
    ] as const) {
      const verdict = await judgeEdit(
        { format: 'insertions', insertions },
        place,
        'comments-added',
      );
      assert.ok(!verdict.isVerified);
      assert.match(verdict.reason, reason);
    }
  });

  test('nothing is right where everything is documented already', async () => {
    const base = `/** Adds. */\n${BASE}`;
    const done = { ...place, base };
    const nothing = { format: 'insertions', insertions: [] } as const;
    assert.equal((await judgeEdit(nothing, done, 'comments-added')).isVerified, true);
    const half = { ...place, base: `${base}\n${BASE.replace('add', 'sum')}` };
    assert.equal((await judgeEdit(nothing, half, 'comments-added')).isVerified, false);
    // What is open stands outside of the selection.
    const context = { before: '', after: `\n${BASE.replace('add', 'sum')}` };
    const part = { ...done, context };
    assert.equal((await judgeEdit(nothing, part, 'comments-added')).isVerified, true);
  });

  test('a reason has kinds, counts and lines, and nothing of the text', async () => {
    const text = BASE.replace('a + b', 'a - hunter2');
    const verdict = await judgeEdit({ format: 'replacement', text }, place, 'layout-changed');
    assert.ok(!verdict.isVerified);
    assert.match(verdict.reason, /changes of code.* at line 2$/);
    assert.doesNotMatch(verdict.reason, /hunter2/);
  });

  test('layout may stay as it is', async () => {
    const verdict = await judgeEdit({ format: 'replacement', text: BASE }, place, 'layout-changed');
    assert.equal(verdict.isVerified, true);
  });

  test('nothing can be proven without a grammar, nor of code that it cannot read', async () => {
    assert.equal(await isProvable(place), true);
    assert.equal(await isProvable({ ...place, languageId: 'plaintext' }), false);
    assert.equal(await isProvable({ ...place, base: 'function (' }), false);
    const failing = { parse: () => Promise.reject(new Error('no memory')) };
    assert.equal(await isProvable({ ...place, syntax: failing }), false);
  });
});
