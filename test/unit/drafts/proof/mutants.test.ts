import assert from 'node:assert/strict';
import { constructsOf } from '../../../prove/corpus';
import { judgeFor } from '../../../prove/judges/judgeFor';
import { tryLayouts } from '../../../prove/layoutTrial';
import { fuzzRuns, fuzzSeed, randomSource } from '../../../support/mutate';
import { SNIPPETS } from '../../syntax/snippets';
import { syntax } from '../../syntax/service';

/** Languages whose judge is quick; `npm run prove` has all of them, and real files. */
const LANGUAGES = [
  ...['typescript', 'typescriptreact', 'javascript', 'python', 'go', 'css', 'php', 'json'],
  ...['ruby', 'shellscript', 'csharp'],
];

suite('proveReformat, white space changed at random', () => {
  for (const languageId of LANGUAGES) {
    test(`${languageId}: what a real parser refuses or reads otherwise is never verified`, async function () {
      const judge = await judgeFor(languageId);
      if (!judge) return this.skip();
      try {
        const texts = [SNIPPETS[languageId] ?? '', ...constructsOf(languageId)];
        const files = texts.map((text, index) => ({ path: `text ${String(index)}`, text }));
        const random = randomSource(fuzzSeed);
        const options = { languageId, syntax, judge, random, mutants: fuzzRuns(120) };
        const trial = await tryLayouts(files, options);
        assert.ok(trial.files > 0);
        assert.ok(trial.verified > 0, 'some mutants are harmless and verified');
        assert.deepEqual(trial.misses, []);
      } finally {
        judge.close?.();
      }
    });
  }
});
