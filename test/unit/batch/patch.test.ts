import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { filePatch } from '../../../src/batch/apply/patch';

suite('Patch of a batch', () => {
  let root: string;

  setup(() => {
    root = mkdtempSync(path.join(tmpdir(), 'delegate-patch-'));
    git('init', '-q');
    git('config', 'core.autocrlf', 'false');
  });

  teardown(() => rmSync(root, { recursive: true, force: true }));

  function git(...args: readonly string[]): void {
    execFileSync('git', [...args], { cwd: root, stdio: 'pipe' });
  }

  /** Has git apply the patch of all changes and tells whether every file is as it should be. */
  function applies(changes: readonly (readonly [string, string, string])[]): void {
    for (const [name, base] of changes) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), base);
    }
    const patch = changes.map(([name, base, proposed]) => filePatch(name, base, proposed)).join('');
    if (patch !== '') {
      writeFileSync(path.join(root, 'all.patch'), patch);
      git('apply', '--check', 'all.patch');
      git('apply', 'all.patch');
    }
    for (const [name, , proposed] of changes) {
      assert.equal(readFileSync(path.join(root, name), 'utf8'), proposed, name);
    }
  }

  test('is what git apply takes: ends without line feed, CRLF, lone CR, names of all kinds', () => {
    applies([
      ['plain.py', 'a\nb\nc\n', 'a\nB\nc\n'],
      ['no-end.py', 'a\nb', 'a\nb\nc'],
      ['gets-end.py', 'a', 'a\n'],
      ['loses-end.py', 'a\nb\n', 'a\nb'],
      ['crlf.py', 'a\r\nb\r\nc\r\n', 'a\r\n# d\r\nb\r\nc\r\n'],
      ['cr.py', 'a\rb\nc\n', 'a\rB\nc\n'],
      ['with blank.py', 'a\n', 'b\n'],
      ['sub/größe "x".py', 'a\n', 'b\n'],
      ['back\\slash.py', 'a\n', 'b\n'],
      ['tab\there.py', 'a\n', 'b\n'],
      ['-start.py', 'x\n', 'y\nx\n'],
      ['same.py', 'a\n', 'a\n'],
    ]);
  });

  test('any change of any text', () => {
    const line = fc.constantFrom('a', 'b', '', '-x', '+y', '\\ z', '@@ -1 +1 @@', 'a\r');
    const text = fc
      .tuple(fc.array(line, { minLength: 1, maxLength: 40 }), fc.boolean())
      .map(([lines, isEnded]) => lines.join('\n') + (isEnded ? '\n' : 'e'));
    const pairs = fc.sample(fc.tuple(text, text), 60);
    applies(pairs.map(([base, proposed], index) => [`f${index}.txt`, base, proposed] as const));
  });
});
