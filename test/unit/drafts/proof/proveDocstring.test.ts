import assert from 'node:assert/strict';
import { proveDocstring } from '../../../../src/drafts/proof/proof';
import { syntax } from '../../syntax/service';
import { type ProofCase, checkProof } from './proofNotation';

const BODY = 'function f(a) {\n  log(a);\n  return a;\n}\n';

suite('proveDocstring', () => {
  const cases: readonly ProofCase[] = [
    {
      name: 'a comment added',
      languageId: 'typescript',
      base: BODY,
      proposed: `/** F. */\n${BODY}`,
      result: 'verified only-comments-added',
    },
    {
      name: 'a comment at the end of a line',
      languageId: 'typescript',
      base: BODY,
      proposed: BODY.replace('log(a);', 'log(a); // logs'),
      result: 'verified only-comments-added',
    },
    {
      name: 'nothing changed',
      languageId: 'typescript',
      base: BODY,
      proposed: BODY,
      result: 'verified only-comments-added',
    },
    {
      name: 'other line endings',
      languageId: 'typescript',
      base: BODY.replaceAll('\n', '\r\n'),
      proposed: `/**\n * F.\n */\n${BODY}`,
      result: 'verified only-comments-added',
    },
    {
      name: 'a line of code deleted on the way',
      languageId: 'typescript',
      base: BODY,
      proposed: `/** F. */\n${BODY.replace('  log(a);\n', '')}`,
      result: 'changed; 3 code log(a); -> nothing',
    },
    {
      name: 'code commented out',
      languageId: 'typescript',
      base: BODY,
      proposed: BODY.replace('  log(a);', '  // log(a);'),
      result: 'changed; 3 code log(a); -> nothing',
    },
    {
      name: 'documentation updated',
      languageId: 'typescript',
      base: `/** Old. */\n${BODY}`,
      proposed: `/**\n * New.\n */\n${BODY}`,
      result: 'verified only-comments-changed; 1 documentation /** Old. */ -> /**\n * New.\n */',
    },
    {
      name: 'documentation removed',
      languageId: 'typescript',
      base: `/** Old. */\n${BODY}`,
      proposed: BODY,
      result: 'changed; 1 comment /** Old. */ -> nothing',
    },
    {
      name: 'another comment removed',
      languageId: 'typescript',
      base: BODY.replace('log', '// TODO\n  log'),
      proposed: `/** F. */\n${BODY}`,
      result: 'changed; 3 comment // TODO -> nothing',
    },
    {
      name: 'another comment changed',
      languageId: 'typescript',
      base: BODY.replace('log', '// TODO\n  log'),
      proposed: BODY.replace('log', '// DONE\n  log'),
      result: 'changed; 2 comment // TODO -> // DONE',
    },
    {
      name: 'indentation changed as well',
      languageId: 'typescript',
      base: BODY,
      proposed: `/** F. */\n${BODY.replaceAll('  ', '\t')}`,
      result: 'verified only-comments-and-layout-changed',
    },
    {
      name: 'a comment that ends a return statement',
      languageId: 'javascript',
      base: 'function f() {\n  return 1;\n}\n',
      proposed: 'function f() {\n  return /* \n */ 1;\n}\n',
      result: 'changed; 3 structure return 1; -> */ 1;',
    },
    {
      name: 'a comment that cuts a command',
      languageId: 'shellscript',
      base: 'f() {\n  echo a \\\n    b\n}\n',
      proposed: 'f() {\n  echo a \\\n  # c\n    b\n}\n',
      result: 'changed; 4 structure b -> b',
    },
    {
      name: 'a docstring',
      languageId: 'python',
      base: 'def f(a):\n    return a\n',
      proposed: 'def f(a):\n    """F.\n\n    x\n    """\n    return a\n',
      result: 'verified only-comments-added',
    },
    {
      name: 'a docstring behind the first statement is code',
      languageId: 'python',
      base: 'def f(a):\n    return a\n',
      proposed: 'def f(a):\n    return a\n    """F."""\n',
      result: 'changed; 3 code nothing -> """F."""',
    },
    {
      name: 'a line moved out of its block',
      languageId: 'python',
      base: 'def f(a):\n    if a:\n        a = 1\n    return a\n',
      proposed: 'def f(a):\n    """F."""\n    if a:\n        a = 1\n        return a\n',
      result: 'changed; 5 structure return a -> return a',
    },
    {
      name: 'a word inside a string',
      languageId: 'go',
      base: 'func F() string { return "a b" }\n',
      proposed: '// F.\nfunc F() string { return "a  b" }\n',
      result: 'changed; 2 code "a b" -> "a  b"',
    },
    {
      name: 'a language without grammar',
      languageId: 'cobol',
      base: 'a\n',
      proposed: '* c\na\n',
      result: 'unverified no-grammar',
    },
    {
      name: 'a docstring that is all there is in a body has a new text',
      languageId: 'python',
      base: 'def f():\n    """Old.\n\n    More.\n    """\ndef g(): pass\n',
      proposed: 'def f():\n    """New."""\ndef g(): pass\n',
      result:
        'verified only-comments-changed; 2 documentation """Old.\n\n    More.\n    """ -> """New."""',
    },
    {
      name: 'a text that the grammar does not understand',
      languageId: 'typescript',
      base: 'function f( {\n',
      proposed: '/** F. */\nfunction f( {\n',
      result: 'unverified syntax-errors',
    },
  ];
  for (const given of cases) {
    test(`${given.name} (${given.languageId})`, async () => {
      assert.equal(await checkProof(proveDocstring, given), given.result);
    });
  }

  test('says without a grammar whether all lines are kept', async () => {
    const kept = async (base: string, proposed: string): Promise<boolean> =>
      (await proveDocstring({ base, proposed, languageId: 'cobol', syntax })).keepsAllLines;
    assert.equal(await kept('a\r\nb\r\n', '* c\na\n* d\nb\n'), true);
    assert.equal(await kept('a\nb\n', '* c\na\n'), false);
    assert.equal(await kept('a\nb\n', 'b\na\n'), false);
    assert.equal(await kept('a\na\n', 'a\n'), false);
    assert.equal(await kept('a\n  b\n', 'a\nb\n'), false);
  });
});
