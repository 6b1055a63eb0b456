import assert from 'node:assert/strict';
import { linkedAnswer } from '../../../src/text/linkedAnswer';

const target = {
  text: 'import x;\n\nfunction total(items) {\n  return items.length;\n}\n',
  lineUri: (line: number): string => `file:///a.ts#L${String(line + 1)}`,
};

suite('An answer in the preview', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'names link to their line',
      'Calls `total()` on `items`.\n',
      'Calls [`total()`](file:///a.ts#L3) on [`items`](file:///a.ts#L3).\n',
    ],
    ['other code stays', '`total + 1` and `unknown`', '`total + 1` and `unknown`'],
    ['tags show', 'a <img src=x> b', 'a &lt;img src=x> b'],
    ['pictures load nothing', '![x](https://e.example/a.png)', '!\\[x](https://e.example/a.png)'],
    ['code fences stay', '```ts\n<b> `total` ![\n```\n', '```ts\n<b> `total` ![\n```\n'],
    [
      'a fence in a list ends with it, and may open another block below',
      '- a\n  ```\n<img>\n',
      '- a\n  \\`\\`\\`\n&lt;img>\n',
    ],
    [
      'a fence in a list that is closed stays',
      '- a\n  ```\n  b\n  ```\n\n```\n<i>\n```\n',
      '- a\n  ```\n  b\n  ```\n\n```\n<i>\n```\n',
    ],
    ['a fence that is open is closed', '```\n<i>', '```\n<i>\n```\n'],
    ['an escaped backtick begins no code', '\\`![x](y)`', '\\`!\\[x](y)`'],
    ['nor does one in a formula', '$`$ ![x](y)`', '$`$ !\\[x](y)`'],
    ['a formula of lines hides no fence', '$$\n```\n$$\n', '\\$\\$\n```\n$$\n```\n'],
    ['code may go over lines', 'a ` b\n` ![x](y) `', 'a ` b\n` !\\[x](y) `'],
    ['a name behind a mark of exclamation is no picture', 'Look!`total`', 'Look!`total`'],
    ['nothing is unseen', 'a\u202Eb\u200B\u0007c', 'abc'],
    ['tags in code spans stay', '`<b>` <b>', '`<b>` &lt;b>'],
    ['a link of the model’s is not taken apart', '[`total`](x)', '[`total`](x)'],
    ['a lone backtick is one', 'a ` <b>', 'a ` &lt;b>'],
  ];
  for (const [name, given, expected] of cases) {
    test(name, () => assert.equal(linkedAnswer(given, target), expected));
  }

  test('without a source nothing is linked, and nothing is loaded', () => {
    assert.equal(linkedAnswer('`total` <b> ![a](b)', null), '`total` &lt;b> !\\[a](b)');
  });
});
