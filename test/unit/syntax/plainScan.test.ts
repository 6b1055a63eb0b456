import assert from 'node:assert/strict';
import { languageOf } from '../../../src/syntax/languages/languages';
import { scanPlainly } from '../../../src/syntax/plainScan';
import { assertEndsWithin } from '../../support/cpuTime';

function scanned(languageId: string, source: string): string[] {
  const lexis = languageOf(languageId)?.comments.lexis ?? {};
  return scanPlainly(source, lexis).map(
    ({ kind, start, end }) => `${kind} ${source.slice(start, end)}`,
  );
}

suite('scanPlainly', () => {
  const cases: readonly (readonly [
    languageId: string,
    source: string,
    found: readonly string[],
  ])[] = [
    ['kotlin', 'a /* b /* c */ d */ e // f', ['comment /* b /* c */ d */', 'comment // f']],
    ['kotlin', 'a = "/* b" // c', ['comment // c']],
    ['kotlin', 'a = """\n// b\n"""', ['code """\n// b\n"""']],
    ['kotlin', 'a = "b\n// c', ['comment // c']],
    ['kotlin', 'a = "b\\" // c"\n// d', ['comment // d']],
    ['lua', '--[[ a\nb ]] c -- d', ['comment --[[ a\nb ]]', 'comment -- d']],
    ['sql', "a 'b''c -- d' -- e", ["code 'b'", "code 'c -- d'", 'comment -- e']],
    ['perl', '=pod\n# a\n=cut\n# b', ['code =pod\n# a\n=cut', 'comment # b']],
    ['xml', '<a b=">"><!-- c --></a>', ['code <a b=">">', 'code <!-- c -->', 'code </a>']],
    ['html', 'a {{ b }} c', ['code {{ b }}']],
    ['ocaml', 'a (* b (* c *) *) "(* d"', ['comment (* b (* c *) *)', 'code "(* d"']],
    ['terraform', 'a = <<EOT\nb\nEOT\n# c', ['code \nb\nEOT', 'comment # c']],
    ['kotlin', '/* a', ['comment /* a']],
    ['unknown', '/* a', []],
  ];
  for (const [languageId, source, found] of cases) {
    test(`${languageId}: ${JSON.stringify(source)}`, () => {
      assert.deepEqual(scanned(languageId, source), found);
    });
  }

  test('takes time in proportion to the text, whatever is in it', () => {
    const hostile = ['<a {', '"""', '/*', '<!--', '{{', "'", '<pre>', '- "a', '(*', '<<EOT\n'];
    for (const languageId of ['kotlin', 'html', 'xml', 'yaml', 'ocaml', 'perl', 'vue']) {
      for (const piece of hostile) {
        const text = piece.repeat(100_000).slice(0, 200_000);
        assertEndsWithin(2_000, () => scanned(languageId, text), `${languageId} ${piece}`);
      }
    }
  });
});
