import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWorker } from '../../../../src/simulator/workers/runWorker';
import { SNIPPETS } from '../../syntax/snippets';
import { job } from './job';
import { projectRoot } from '../../../support/projectFiles';

function summarize(languageId: string, selection: string, firstLineNumber = 1): Promise<string> {
  return runWorker(job({ job: 'summarize', languageId, selection, firstLineNumber }));
}

suite('Worker: summarize', () => {
  test('lists each declaration with its signature, lines and own documentation', async () => {
    const text = await summarize('typescript', SNIPPETS['typescript'] ?? '', 10);
    assert.match(text, /declares 1 function, 1 interface, 1 class, 1 variable and 2 methods/);
    assert.match(
      text,
      /^- `readSettings\(path, fallback\)` \(function, line 13–20\): Reads a file of settings\./m,
    );
    assert.match(text, /^ {2}- `add\(item\)` \(method, line 30–33\)/m);
  });

  test('tells what a function is for from its name when nothing else does', async () => {
    const text = await summarize('go', 'func parseHeader(line string) error { return nil }\n');
    assert.match(text, /`parseHeader\(line\)` \(function, line 1\): Parses the header\./);
  });

  test('says what a reader should know: dependencies, effects, failures, open work', async () => {
    const text = await summarize(
      'typescript',
      [
        "import { readFile } from 'node:fs/promises';",
        'export async function load(path: string) {',
        '  // TODO: cache the result',
        '  for (const part of [1, 2]) console.log(part);',
        '  try { return await readFile(path); } catch { throw new Error("x"); }',
        '}',
      ].join('\n'),
      41,
    );
    assert.match(text, /depends on `node:fs\/promises`/);
    assert.match(text, /reaches files and output or a log: `log` and `readFile`/);
    assert.match(text, /has 1 loop/);
    assert.match(text, /handles errors in 1 place/);
    assert.match(text, /raises errors in 1 place/);
    assert.match(text, /Line 43: TODO: cache the result/);
    assert.match(text, /May fail with an error of its own/);
  });

  test('says nothing of what is not there', async () => {
    const text = await summarize('java', 'class A { int f(int a) { return a; } }');
    assert.doesNotMatch(text, /loop|reaches|errors|depends/);
  });

  test('begins with what a file says of itself', async () => {
    assert.match(await summarize('python', SNIPPETS['python'] ?? ''), /^Reads measurements\. /);
  });

  test('uses the words of the language', async () => {
    assert.match(await summarize('go', SNIPPETS['go'] ?? ''), /`Store` \(struct, line 12–15\)/);
    assert.match(await summarize('c', SNIPPETS['c'] ?? ''), /`entry` \(struct,/);
    assert.match(await summarize('java', SNIPPETS['java'] ?? ''), /Creates the ledger/);
  });

  test('grows with the selection, but not in proportion', async () => {
    const file = join(projectRoot, 'node_modules/undici/lib/dispatcher/client-h1.js');
    const large = readFileSync(file, 'utf8');
    const small = large.split('\n').slice(0, 150).join('\n');
    const [long, short] = [
      await summarize('javascript', large),
      await summarize('javascript', small),
    ];
    assert.ok(long.length > 1.5 * short.length, `${long.length} ${short.length}`);
    assert.ok(long.length < large.length / 5, `${long.length} of ${large.length}`);
  });

  test('a fragment that is no whole code is said to be one', async () => {
    assert.match(await summarize('java', 'int f( {'), /not complete code by itself/);
  });

  test('a language without a grammar is described by its lines and comments', async () => {
    const text = await summarize('makefile', '# TODO: build\nall:\n\techo 1\n');
    assert.match(text, /3 lines of Makefile/);
    assert.match(text, /Line 1: TODO: build/);
  });

  test('Markdown is summarized by headings and what stands under them', async () => {
    const text = await summarize(
      'markdown',
      '# Title\n\nFirst sentence. Second.\n\n## Part\n\n- a\n- b\n\n```js\n# no heading\n```\n\nSee [this](x.md).\n',
    );
    assert.equal(
      text,
      [
        'First sentence. The document has 12 words in 2 sections.',
        '',
        '- **Title**: First sentence.',
        '  - **Part** (2 list items, 1 code block and 1 link): See this.',
      ].join('\n'),
    );
  });
});
