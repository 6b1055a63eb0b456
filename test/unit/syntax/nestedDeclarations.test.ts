import assert from 'node:assert/strict';
import { type NestedDeclaration, nestedDeclarations } from '../../../src/syntax/nestedDeclarations';
import { parse } from './service';
import { SNIPPETS } from './snippets';

/** `name` of each, with those inside it in brackets. */
function names(nested: readonly NestedDeclaration[]): string {
  return nested
    .map(({ declaration, children }) =>
      children.length > 0 ? `${declaration.name}[${names(children)}]` : declaration.name,
    )
    .join(' ');
}

const NESTED: Readonly<Record<string, string>> = {
  typescript: 'readSettings Settings Store[items add describe]',
  python: 'LIMIT Reading[name value scaled] read_all',
  go: 'ErrMissing Store Get newStore',
  java: 'Ledger[amounts Ledger total text]',
  c: 'SQUARE LOG count entry print_entry',
  cpp: 'sample[Queue[Queue ~Queue push]]',
  csharp: 'Sample.Store[Names[text Count Names FindAsync Dispose]]',
};

suite('nestedDeclarations', () => {
  for (const [languageId, expected] of Object.entries(NESTED)) {
    test(`${languageId}: members are inside of what declares them`, async () => {
      const { declarations } = await parse(languageId, SNIPPETS[languageId] ?? '');
      assert.equal(names(nestedDeclarations(declarations)), expected);
    });
  }

  test('a declaration begins with its documentation', async () => {
    const text = 'package a\n\n// Get gets.\nfunc Get() int {\n\treturn 1\n}\n';
    const [only] = nestedDeclarations((await parse('go', text)).declarations);
    assert.equal(text.slice(only?.start, only?.end), text.slice(text.indexOf('//')).trimEnd());
  });

  test('children are within their parents in every language', async () => {
    for (const [languageId, text] of Object.entries(SNIPPETS)) {
      const pending = nestedDeclarations((await parse(languageId, text)).declarations);
      for (let next = pending.pop(); next; next = pending.pop()) {
        const { nameStart, name } = next.declaration;
        assert.ok(next.start <= nameStart && nameStart < next.end, `${languageId}: ${name}`);
        for (const child of next.children) {
          assert.ok(child.start >= next.start && child.end <= next.end, `${languageId}: ${name}`);
          pending.push(child);
        }
      }
    }
  });
});
