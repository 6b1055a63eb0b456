import assert from 'node:assert/strict';
import Ajv from 'ajv';
import { messageOf, styleInstruction } from '../../../src/commit/message';
import { commitMessageTask } from '../../../src/tasks/commitMessage';

const isAnswer = new Ajv().compile(commitMessageTask.schema ?? {});

suite('commit message', () => {
  for (const subject of [
    'Fix the total',
    'feat(cart): add totals',
    '🐛 Fix it',
    'Ändere die Summe',
  ]) {
    test(`a subject may be: ${subject}`, () => assert.ok(isAnswer({ subject })));
  }

  for (const [why, subject] of [
    ['too long', 'x'.repeat(73)],
    ['with a line end', 'Fix\nthe total'],
    ['in quotes', '"Fix the total"'],
    ['in a fence', '```\nFix'],
    ['with a list mark', '- Fix the total'],
    ['a comment for git', '# Fix the total'],
    ['with a full stop', 'Fix the total.'],
    ['empty', ''],
  ]) {
    test(`a subject may not be ${why ?? ''}`, () => assert.ok(!isAnswer({ subject })));
  }

  test('has no line end in its subject and nothing unseen, but what joins stays', () => {
    const value = {
      subject: 'Fix\n\u202Ethe\u200B total\u0007',
      body: 'One.\rTwo 👩\u200D💻.\u2066',
    };
    assert.equal(messageOf(value), 'Fix the total\n\nOne.\nTwo 👩\u200D💻.');
  });

  test('the body is wrapped, lists keep their indentation, and comment signs go', () => {
    const body = `${'word '.repeat(30).trim()}\n\n- ${'item '.repeat(20).trim()}\n# not lost`;
    const message = messageOf({ subject: 'Fix the total', body }) ?? '';
    const [subject, blank, ...rest] = message.split('\n');
    assert.deepEqual([subject, blank], ['Fix the total', '']);
    assert.ok(rest.every((line) => line.length <= 72));
    assert.ok(rest.some((line) => line.startsWith('  item')));
    assert.equal(rest.at(-1), 'not lost');
    assert.equal(message.replace(/\s+/g, ' ').match(/word/g)?.length, 30);
  });

  test('the style is learnt from real subjects only', () => {
    const words = styleInstruction(['feat: a', 'Merge branch x', 'fixup! feat: a', 'fix: b']);
    assert.match(words, /- feat: a\n- fix: b$/);
    assert.match(styleInstruction([]), /imperative/);
  });
});
