import assert from 'node:assert/strict';
import { xmlDocumentation } from '../../../src/syntax/xmlDocumentation';

suite('xmlDocumentation', () => {
  const cases: readonly (readonly [name: string, text: string, written: string])[] = [
    ['plain words are the summary', 'Does a < b.', '<summary>\nDoes a &lt; b.\n</summary>'],
    ['what is XML stays', '<summary>Does.</summary>', '<summary>Does.</summary>'],
    [
      'words before the first section',
      'Gets a List<int>.\n<param name="a">A & b.</param>',
      '<summary>\nGets a List&lt;int&gt;.\n</summary>\n<param name="a">A &amp; b.</param>',
    ],
    [
      'elements inside words',
      'See <see cref="A"/> and <c>x</c>.',
      '<summary>\nSee <see cref="A"/> and <c>x</c>.\n</summary>',
    ],
    ['an element that does not end', 'A <b>bold.', '<summary>\nA &lt;b&gt;bold.\n</summary>'],
    [
      'an element that ends in another',
      '<summary><b>x</summary></b>',
      '<summary>&lt;b&gt;x</summary>&lt;/b&gt;',
    ],
    ['entities', 'a &lt; b &x; c', '<summary>\na &lt; b &amp;x; c\n</summary>'],
    [
      'an element of nobody',
      '<summary><script>x</script></summary>',
      '<summary>&lt;script&gt;x&lt;/script&gt;</summary>',
    ],
    [
      'sections over lines',
      '<summary>\nA\n</summary>\n<returns>1 > 0</returns>',
      '<summary>\nA\n</summary>\n<returns>1 &gt; 0</returns>',
    ],
  ];
  for (const [name, text, written] of cases) {
    test(name, () => {
      assert.equal(xmlDocumentation(text.split('\n')).join('\n'), written);
    });
  }
});
