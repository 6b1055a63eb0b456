import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Unfenced, type UnfenceOptions, unfence } from '../../../src/text/fences';

interface Case {
  readonly title: string;
  readonly answer: string;
  readonly options?: Partial<UnfenceOptions>;
  readonly expected: Unfenced;
}

const CASES: readonly Case[] = [
  {
    title: 'plain code',
    answer: 'a\nb\n',
    expected: { type: 'plain', text: 'a\nb\n' },
  },
  {
    title: 'a fence around the whole',
    answer: '\n```ts\na\nb\n```\n',
    expected: { type: 'fenced', text: 'a\nb\n' },
  },
  {
    title: 'tildes around the whole',
    answer: '~~~\na\n~~~',
    expected: { type: 'fenced', text: 'a\n' },
  },
  {
    title: 'prose around a fence, from a worker',
    answer: 'Here it is:\n```\na\n```\n',
    expected: { type: 'ambiguous' },
  },
  {
    title: 'prose around a fence, from an orchestrator',
    answer: 'Here it is:\n```\na\n```\nDone.',
    options: { source: 'own' },
    expected: { type: 'fenced', text: 'a\n' },
  },
  {
    title: 'two fences',
    answer: '```\na\n```\nor\n```\nb\n```',
    options: { source: 'own' },
    expected: { type: 'ambiguous' },
  },
  {
    title: 'a fence that is never closed',
    answer: '```ts\na\n',
    expected: { type: 'ambiguous' },
  },
  {
    title: 'Markdown with a fence of its own',
    answer: '# Title\n```js\na\n```\n',
    options: { codeHasFences: true },
    expected: { type: 'plain', text: '# Title\n```js\na\n```\n' },
  },
  {
    title: 'Markdown that is one fence',
    answer: '```js\na\n```\n',
    options: { codeHasFences: true },
    expected: { type: 'plain', text: '```js\na\n```\n' },
  },
  {
    title: 'Markdown in a longer fence',
    answer: '````md\n```js\na\n```\n````',
    options: { codeHasFences: true },
    expected: { type: 'fenced', text: '```js\na\n```\n' },
  },
  {
    title: 'a template string with backticks',
    answer: 'const a = `x`;\n  ``` in code ```\n',
    expected: { type: 'plain', text: 'const a = `x`;\n  ``` in code ```\n' },
  },
];

suite('fences', () => {
  for (const { title, answer, options, expected } of CASES) {
    test(title, () => {
      const given = { codeHasFences: false, source: 'outcome', ...options } as const;
      assert.deepEqual(unfence(answer, given), expected);
    });
  }

  test('code without fences comes back the same, with or without a fence around it', () => {
    const code = fc
      .array(fc.string({ unit: fc.constantFrom('a', ' ', '{', '\t'), maxLength: 8 }))
      .map((lines) => `x\n${lines.join('\n')}`);
    fc.assert(
      fc.property(code, fc.constantFrom('```', '````', '~~~'), (text, mark) => {
        const options = { codeHasFences: false, source: 'outcome' } as const;
        assert.deepEqual(unfence(text, options), { type: 'plain', text });
        const fenced = unfence(`${mark}ts\n${text}\n${mark}\n`, options);
        assert.deepEqual(fenced, { type: 'fenced', text: `${text}\n` });
      }),
    );
  });
});
