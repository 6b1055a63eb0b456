import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PARSED_LANGUAGES } from '../../../../src/syntax/grammars';
import type { SyntaxService } from '../../../../src/syntax/syntax';
import { runWorker, runWorkerWith } from '../../../../src/simulator/workers/runWorker';
import { CannotDoError } from '../../../../src/simulator/workers/workerJob';
import { SNIPPETS } from '../../syntax/snippets';
import { job } from './job';

const KINDS = ['summarize', 'docstring', 'reformat', 'extract', 'refactor', 'instruct', 'recipe'];
const RENAME = 'rename Store to Box';

suite('Worker', () => {
  test('answers the same way every time', async () => {
    for (const kind of KINDS) {
      const work = job({
        job: kind,
        selection: SNIPPETS['typescript'] ?? '',
        instruction: kind === 'refactor' ? RENAME : 'List the types',
      });
      assert.equal(await runWorker(work), await runWorker(work), kind);
    }
  });

  test('a recipe is answered in the format that it asks for', async () => {
    const recipe = { job: 'recipe', selection: SNIPPETS['go'] ?? '', languageId: 'go' };
    const json = await runWorker(job({ ...recipe, answer: 'json', instruction: 'all functions' }));
    assert.ok(Array.isArray(JSON.parse(json)));
    const renamed = await runWorker(
      job({ ...recipe, answer: 'replacement', instruction: 'rename Store to Box' }),
    );
    assert.match(renamed, /type Box struct/);
    const text = await runWorker(job({ ...recipe, answer: 'text', instruction: 'Explain this' }));
    assert.match(text, /`Get\(key\)`/);
  });

  test('free words: counting and listing', async () => {
    const selection = '// TODO: a\n// TODO: b\nfunction f() {}\n';
    const ask = (instruction: string): Promise<string> =>
      runWorker(job({ job: 'instruct', selection, instruction }));
    assert.match(await ask('How many TODOs are there?'), /^2 occurrences/);
    assert.match(await ask('List the TODOs'), /- Line 1: `TODO` · text: a\n- Line 2/);
    assert.match(await ask('What is this for?'), /declares 1 function/);
  });

  test('without grammars, every job still has an answer of its format', async () => {
    const none: SyntaxService = { parse: () => Promise.reject(new Error('no grammars')) };
    for (const kind of KINDS) {
      const work = job({
        job: kind,
        selection: SNIPPETS['go'] ?? '',
        languageId: 'go',
        instruction: kind === 'refactor' ? RENAME : null,
      });
      const answer = await runWorkerWith(none, work);
      assert.notEqual(answer, '', kind);
      if (['insertions', 'json'].includes(work.answer))
        assert.doesNotThrow(() => JSON.parse(answer) as unknown);
    }
  });

  test('arbitrary text is no reason to fail', async () => {
    const words = fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      '"',
      "'",
      '`',
      '/*',
      '*/',
      '//',
      '#',
      '\n',
      '\t',
      'if',
      'class',
      'A',
      '=',
      ';',
      'def',
      ':',
      'é',
      '😀',
      '\\',
      '\r\n',
      '<',
      '>',
    );
    const work = fc.record({
      kind: fc.constantFrom(...KINDS),
      languageId: fc.constantFrom(...PARSED_LANGUAGES, 'markdown', 'yaml', 'plaintext'),
      selection: fc.array(words, { maxLength: 30 }).map((parts) => parts.join('')),
      instruction: fc.constantFrom(
        null,
        'rename A to B',
        'extract the constant',
        'early return',
        'var to const',
        'types',
      ),
    });
    await fc.assert(
      fc.asyncProperty(work, async ({ kind, ...rest }) => {
        try {
          assert.equal(typeof (await runWorker(job({ job: kind, ...rest }))), 'string');
        } catch (error) {
          assert.ok(error instanceof CannotDoError, String(error));
        }
      }),
      { numRuns: 250 },
    );
  });
});
