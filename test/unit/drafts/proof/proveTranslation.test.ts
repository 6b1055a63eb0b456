import assert from 'node:assert/strict';
import { proveTranslation } from '../../../../src/drafts/proof/proof';
import { job } from '../../simulator/workers/job';
import { runWorker } from '../../../../src/simulator/workers/runWorker';
import { syntax } from '../../syntax/service';
import { SNIPPETS } from '../../syntax/snippets';
import { type ProofCase, checkProof } from './proofNotation';

const CODE =
  '// Adds two.\nfunction f(a) {\n  // eslint-disable-next-line no-console\n  log(a); // says it\n  return a;\n}\n';
const GERMAN = CODE.replace('Adds two.', 'Addiert zwei.').replace('says it', 'sagt es');

suite('proveTranslation', () => {
  const cases: readonly ProofCase[] = [
    {
      name: 'other words',
      languageId: 'typescript',
      base: CODE,
      proposed: GERMAN,
      result: 'verified only-comments-changed',
    },
    {
      name: 'code changed',
      languageId: 'typescript',
      base: CODE,
      proposed: GERMAN.replace('return a', 'return b'),
      result: 'changed; 5 code a -> b',
    },
    {
      name: 'a string translated',
      languageId: 'typescript',
      base: 'f("hi"); // hi\n',
      proposed: 'f("hallo"); // hallo\n',
      result: 'changed; 1 code "hi" -> "hallo"',
    },
    {
      name: 'an order to a tool translated',
      languageId: 'typescript',
      base: CODE,
      proposed: GERMAN.replace('eslint-disable-next-line no-console', 'nächste Zeile ohne eslint'),
      result:
        'changed; 3 directive // eslint-disable-next-line no-console -> // nächste Zeile ohne eslint',
    },
    {
      name: 'words that become an order to a tool',
      languageId: 'typescript',
      base: '// Look.\nf();\n',
      proposed: '// @ts-ignore\nf();\n',
      result: 'changed; 1 directive // Look. -> // @ts-ignore',
    },
    {
      name: 'a comment gone',
      languageId: 'typescript',
      base: CODE,
      proposed: GERMAN.replace(' // sagt es', ''),
      result: 'changed; 1 comment nothing -> // Addiert zwei.',
    },
    {
      name: 'a comment added',
      languageId: 'typescript',
      base: 'f();\n',
      proposed: '// Neu.\nf();\n',
      result: 'changed; 1 comment nothing -> // Neu.',
    },
    {
      name: 'code commented out',
      languageId: 'typescript',
      base: CODE,
      proposed: GERMAN.replace('  log(a);', '  // log(a);'),
      result: 'changed; 5 code log(a); -> nothing',
    },
    {
      name: 'a note made documentation',
      languageId: 'typescript',
      base: '// Adds.\nfunction f() {}\n',
      proposed: '/** Addiert. */\nfunction f() {}\n',
      result: 'changed; 1 comment // Adds. -> /** Addiert. */',
    },
    {
      name: 'a type in documentation changed',
      languageId: 'javascript',
      base: '/** @type {number} A number. */\nlet a;\n',
      proposed: '/** @type {string} Eine Zahl. */\nlet a;\n',
      result:
        'changed; 1 directive /** @type {number} A number. */ -> /** @type {string} Eine Zahl. */',
    },
    {
      name: 'a tag kept',
      languageId: 'javascript',
      base: '/**\n * Adds.\n * @param {number} a the first\n */\nfunction f(a) {}\n',
      proposed: '/**\n * Addiert.\n * @param {number} a die erste\n */\nfunction f(a) {}\n',
      result: 'verified only-comments-changed',
    },
    {
      name: 'a docstring',
      languageId: 'python',
      base: 'def f():\n    """Adds."""\n    return 1\n',
      proposed: 'def f():\n    """Addiert."""\n    return 1\n',
      result: 'verified only-comments-changed',
    },
    {
      name: 'a test in a docstring',
      languageId: 'python',
      base: 'def f():\n    """Adds.\n\n    >>> f()\n    1\n    """\n    return 1\n',
      proposed: 'def f():\n    """Addiert.\n\n    >>> f()\n    2\n    """\n    return 1\n',
      result:
        'changed; 2 directive """Adds.\n\n    >>> f()\n    1\n    """ -> """Addiert.\n\n    >>> f()\n    2\n    """',
    },
    {
      name: 'a string that is no docstring',
      languageId: 'python',
      base: 'x = 1\ny = "Adds."\n',
      proposed: 'x = 1\ny = "Addiert."\n',
      result: 'changed; 2 code "Adds." -> "Addiert."',
    },
    {
      name: 'a build constraint',
      languageId: 'go',
      base: '//go:build linux\n\npackage a\n',
      proposed: '//go:build windows\n\npackage a\n',
      result: 'changed; 1 directive //go:build linux -> //go:build windows',
    },
  ];

  for (const given of cases) {
    test(`${given.languageId}: ${given.name}`, async () => {
      assert.equal(await checkProof(proveTranslation, given), given.result);
    });
  }

  for (const [languageId, base] of Object.entries(SNIPPETS)) {
    test(`${languageId}: what the simulator's worker writes is proven`, async function () {
      let proposed: string;
      try {
        proposed = await runWorker(
          job({
            job: 'translateComments',
            answer: 'replacement',
            languageId,
            selection: base,
            instruction: 'Into this language: Deutsch',
          }),
        );
      } catch {
        this.skip();
      }
      const { verdict } = await proveTranslation({ base, proposed, languageId, syntax });
      const hasGrammar = (await syntax.parse(languageId, base)) !== null;
      assert.equal(verdict, hasGrammar ? 'verified' : 'unverified');
    });
  }
});
