import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import { PARSED_LANGUAGES, SHIPPED_WASM } from '../../../src/syntax/grammars';
import { createSyntaxService } from '../../../src/syntax/syntaxService';
import { loadWasm, parse, syntax } from './service';

suite('SyntaxService', () => {
  test('knows no tree for a language without a grammar', async () => {
    assert.equal(await syntax.parse('plaintext', 'a'), null);
    assert.equal(await syntax.parse('markdown', '# a'), null);
  });

  test('loads nothing before the first parse and each file once', async () => {
    const loaded: string[] = [];
    const service = createSyntaxService({
      loadWasm: (name) => {
        loaded.push(name);
        return loadWasm(name);
      },
    });
    assert.deepEqual(loaded, []);
    await service.parse('plaintext', 'a');
    assert.deepEqual(loaded, []);
    await Promise.all([
      service.parse('css', 'a{}'),
      service.parse('css', 'b{}'),
      service.parse('go', ''),
    ]);
    await service.parse('css', 'c{}');
    assert.deepEqual(loaded.sort(), [
      'tree-sitter-css.wasm',
      'tree-sitter-go.wasm',
      'tree-sitter.wasm',
    ]);
  });

  test('a file that cannot be read fails the call and is tried again', async () => {
    let isBroken = true;
    const service = createSyntaxService({
      loadWasm: (name) =>
        isBroken && name === 'tree-sitter-css.wasm'
          ? Promise.reject(new Error('unreadable'))
          : loadWasm(name),
    });
    await assert.rejects(service.parse('css', 'a{}'), /unreadable/);
    isBroken = false;
    assert.equal((await service.parse('css', 'a{}'))?.hasErrors, false);
  });

  test('a file that is no grammar fails the call', async () => {
    const service = createSyntaxService({
      loadWasm: (name) =>
        name === 'tree-sitter-css.wasm'
          ? Promise.resolve(new Uint8Array([1, 2, 3]))
          : loadWasm(name),
    });
    await assert.rejects(service.parse('css', 'a{}'));
  });

  for (const languageId of PARSED_LANGUAGES) {
    test(`${languageId}: empty text has nothing in it`, async () => {
      for (const text of ['', '\n', '  \n\n']) {
        const tree = await parse(languageId, text);
        assert.deepEqual([tree.tokens, tree.declarations], [[], []]);
      }
    });
  }

  test('deep nesting does not exhaust the stack', async () => {
    const sum = `a = ${'1 + '.repeat(20_000)}1`;
    assert.equal((await parse('javascript', sum)).tokens.length, 40_003);
    const brackets = `a = ${'['.repeat(3_000)}${']'.repeat(3_000)}`;
    assert.equal((await parse('javascript', brackets)).tokens.length, 6_002);
  });

  test('offsets are in UTF-16 code units', async () => {
    const text = 'const a = "😀é";\nconst b = 1;';
    const tree = await parse('typescript', text);
    const [first, second] = tree.declarations;
    assert.equal(first && text.slice(first.start, first.end), 'const a = "😀é";');
    assert.equal(second && text.slice(second.start, second.end), 'const b = 1;');
  });

  test('what a parse takes outside of the JavaScript heap is given back', async () => {
    await parse('typescript', '');
    const imported = (await import('@vscode/tree-sitter-wasm')) as typeof TreeSitter & {
      readonly default?: typeof TreeSitter;
    };
    const { Parser, Tree, TreeCursor } = imported.default ?? imported;
    const restore: (() => void)[] = [];
    const freed: string[] = [];
    for (const type of [Parser, Tree, TreeCursor]) {
      const prototype = type.prototype as { delete: () => void };
      const original = prototype.delete;
      prototype.delete = function (this: object) {
        freed.push(type === Parser ? 'parser' : type === Tree ? 'tree' : 'cursor');
        original.call(this);
      };
      restore.push(() => (prototype.delete = original));
    }
    try {
      await parse('typescript', 'const a = 1;');
      assert.deepEqual(freed.sort(), ['cursor', 'parser', 'tree']);
      freed.length = 0;
      // A fragment that is read in the second way: two parses.
      await parse('typescript', 'get a() { return 1 }\nb() {}');
      assert.deepEqual(freed.sort(), ['cursor', 'cursor', 'parser', 'parser', 'tree', 'tree']);
    } finally {
      for (const undo of restore) undo();
    }
  });

  test('the grammars leave room in the package', async () => {
    const sizes = await Promise.all(
      SHIPPED_WASM.map(async (name) => deflateRawSync(await loadWasm(name)).length),
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(total < 2_200_000, `${String(total)} bytes`);
  });
});
