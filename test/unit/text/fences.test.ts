import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Unfenced, unfence } from '../../../src/text/fences';

interface Case {
  readonly title: string;
  readonly answer: string;
  /** What was sent. */
  readonly code?: string;
  readonly expected: Unfenced;
}

const plain = (text: string): Unfenced => ({ type: 'plain', text });
const fenced = (text: string, around = ''): Unfenced => ({
  type: 'fenced',
  text,
  around,
  isClosed: true,
});
const markdown = '# Title\n```js\na\n```\n';

const CASES: readonly Case[] = [
  { title: 'plain code', answer: 'a\nb\n', expected: plain('a\nb\n') },
  {
    title: 'a fence around the whole',
    answer: '\n```ts\na\nb\n```\n',
    expected: fenced('a\nb\n'),
  },
  { title: 'tildes around the whole', answer: '~~~\na\n~~~', expected: fenced('a\n') },
  {
    title: 'prose around a fence',
    answer: 'Here it is:\n```\na\n```\nDone.',
    expected: fenced('a\n', 'Here it is:\nDone.'),
  },
  {
    title: 'two fences',
    answer: '```\na\n```\nor\n```\nb\n```',
    expected: { type: 'ambiguous', candidates: ['a\n', 'b\n'] },
  },
  {
    title: 'a fence that is never closed',
    answer: '```ts\na\n',
    expected: { type: 'fenced', text: 'a\n', around: '', isClosed: false },
  },
  { title: 'a fence that is only closed', answer: 'a\nb\n```\n', expected: fenced('a\nb\n') },
  {
    title: 'Markdown with a fence of its own',
    answer: markdown,
    code: '# T\n```js\nb\n```\n',
    expected: plain(markdown),
  },
  {
    title: 'Markdown that is one fence',
    answer: '```js\na\n```\n',
    code: '```js\nb\n```\n',
    expected: plain('```js\na\n```\n'),
  },
  {
    title: 'Markdown in a longer fence',
    answer: `\`\`\`\`md\n${markdown}\`\`\`\``,
    code: markdown,
    expected: fenced(markdown),
  },
  {
    title: 'Markdown in a fence as long as its own',
    answer: `\`\`\`markdown\n${markdown}\`\`\``,
    code: markdown,
    expected: fenced(markdown),
  },
  {
    title: 'code with a fence in a comment, in a fence as long',
    answer: '```python\n"""\n```\na\n```\n"""\n```',
    code: '"""\n```\nb\n```\n"""\n',
    expected: fenced('"""\n```\na\n```\n"""\n'),
  },
  {
    title: 'a template string with backticks',
    answer: 'const a = `x`;\n  ``` in code ```\n',
    expected: plain('const a = `x`;\n  ``` in code ```\n'),
  },
];

suite('fences', () => {
  for (const { title, answer, code, expected } of CASES) {
    test(title, () => {
      assert.deepEqual(unfence(answer, code ?? ''), expected);
    });
  }

  test('code without fences comes back the same, with or without a fence around it', () => {
    const code = fc
      .array(fc.string({ unit: fc.constantFrom('a', ' ', '{', '\t'), maxLength: 8 }))
      .map((lines) => `x\n${lines.join('\n')}`);
    fc.assert(
      fc.property(code, fc.constantFrom('```', '````', '~~~'), (text, mark) => {
        assert.deepEqual(unfence(text, text), plain(text));
        assert.deepEqual(unfence(`${mark}ts\n${text}\n${mark}\n`, text), fenced(`${text}\n`));
      }),
    );
  });
});
