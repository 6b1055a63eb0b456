import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { IgnoreFileError, decodeIgnoreFile } from '../../../src/privacy/ignoreFileError';
import {
  type IgnoreFileReader,
  type IgnoreRefusal,
  findIgnoreRule,
} from '../../../src/privacy/ignoreFiles';

function check(
  path: string,
  files: Readonly<Record<string, string>>,
  names: readonly string[] = ['.delegateignore'],
): Promise<RuleRefusal | null> {
  return ruled(
    findIgnoreRule(path, { names, read: (file) => Promise.resolve(files[file] ?? null) }),
  );
}

type RuleRefusal = Extract<IgnoreRefusal, { readonly rule: string }>;

/** A refusal by a rule; any other would be a mistake of the test. */
async function ruled(found: Promise<IgnoreRefusal | null>): Promise<RuleRefusal | null> {
  const refusal = await found;
  assert.ok(refusal === null || 'rule' in refusal, JSON.stringify(refusal));
  return refusal;
}

suite('ignore files', () => {
  test('the refusing rule is named with its file and line', async () => {
    const files = { '.delegateignore': '# secrets\r\n\r\n*.pem\r\nconfig/\r\n' };
    assert.deepEqual(await check('deploy/server.pem', files), {
      ignoreFile: '.delegateignore',
      line: 3,
      rule: '*.pem',
    });
    assert.equal((await check('config/app.ts', files))?.line, 4);
    assert.equal(await check('src/app.ts', files), null);
  });

  test('a later line lets a file in again, but not out of a refused folder', async () => {
    assert.equal(await check('a.env', { '.delegateignore': '*.env\n!a.env' }), null);
    assert.equal((await check('d/a.env', { '.delegateignore': 'd/\n!d/a.env' }))?.rule, 'd/');
  });

  test('a file in a deeper folder overrides the one above', async () => {
    const files = { '.delegateignore': '*.sql', 'fixtures/.delegateignore': '!*.sql\nreal.sql' };
    assert.equal(await check('fixtures/fake.sql', files), null);
    assert.deepEqual(await check('fixtures/real.sql', files), {
      ignoreFile: 'fixtures/.delegateignore',
      line: 2,
      rule: 'real.sql',
    });
    assert.equal((await check('dump.sql', files))?.ignoreFile, '.delegateignore');
  });

  test('a deeper file cannot let in what lies in a folder refused above it', async () => {
    const files = { '.delegateignore': 'private/', 'private/.delegateignore': '!*' };
    assert.equal((await check('private/a.ts', files))?.ignoreFile, '.delegateignore');
  });

  test('a folder let in by a deeper file is open, as in git', async () => {
    const files = { '.delegateignore': 'build', 'app/.delegateignore': '!build' };
    assert.equal(await check('app/build/main.ts', files), null);
    assert.equal((await check('lib/build/main.ts', files))?.rule, 'build');
  });

  test('several names each refuse by themselves', async () => {
    const files = { '.aiexclude': 'a.ts', '.delegateignore': '!a.ts\nb.ts' };
    const names = ['.delegateignore', '.aiexclude'];
    assert.equal((await check('a.ts', files, names))?.ignoreFile, '.aiexclude');
    assert.equal((await check('b.ts', files, names))?.ignoreFile, '.delegateignore');
  });

  test('case does not matter and backslashes are separators', async () => {
    const files = { '.delegateignore': 'Secrets/*.ENV' };
    assert.equal((await check('secrets\\prod.env', files))?.line, 1);
  });

  test('a word that ends with two stars names what lies deeper too, as in git', async () => {
    const files = { '.delegateignore': 'deploy/prod**/secret.ts\nkeys**/*.pem' };
    for (const path of ['deploy/prod-eu/secret.ts', 'deploy/prod-eu/a/b/secret.ts']) {
      assert.equal((await check(path, files))?.line, 1, path);
    }
    assert.equal((await check('keys-old/a/b/x.pem', files))?.line, 2);
    assert.equal(await check('deploy/dev/secret.ts', files), null);
  });

  test('three stars between slashes are two, and a range may end behind a backslash', async () => {
    const files = { '.delegateignore': 'a/***/secret.ts\n[a-\\c].pem' };
    assert.equal((await check('a/b/c/secret.ts', files))?.line, 1);
    assert.equal((await check('b.pem', files))?.line, 2);
    assert.equal(await check('d.pem', files), null);
  });

  test('paths outside of the folder and names that are paths are not looked at', async () => {
    const read = (): Promise<string | null> => Promise.reject(new Error('must not be read'));
    for (const path of ['../a.ts', '/a.ts', 'a//b.ts', './a.ts', '']) {
      assert.equal(await findIgnoreRule(path, { names: ['.delegateignore'], read }), null);
    }
    assert.equal(await findIgnoreRule('a.ts', { names: ['../x', 'a/b', '..', ''], read }), null);
  });

  test('a byte order mark and odd lines do no harm', async () => {
    assert.equal((await check('a.ts', { '.delegateignore': '\uFEFFa.ts' }))?.rule, 'a.ts');
    assert.equal(await check('a.ts', { '.delegateignore': '[\n\\\n!\n  \n#a.ts' }), null);
  });
});

suite('ignore files that cannot be relied on', () => {
  const problemOf = async (read: IgnoreFileReader, path = 'src/a.ts'): Promise<unknown> =>
    findIgnoreRule(path, { names: ['.delegateignore'], read });

  test('refuse with the reason whatever the reader cannot give', async () => {
    for (const problem of ['unreadable', 'not-a-file', 'not-text', 'too-large'] as const) {
      const read = (): Promise<string | null> =>
        Promise.reject(new IgnoreFileError(problem, 'EACCES'));
      assert.deepEqual(await problemOf(read), {
        ignoreFile: '.delegateignore',
        problem,
        detail: 'EACCES',
      });
    }
    const broken = await problemOf(() => Promise.reject(new Error('of any kind')));
    assert.equal((broken as { problem: string }).problem, 'unreadable');
  });

  test('a line that is longer than any path refuses, since it may name the file', async () => {
    for (const rule of ['a*'.repeat(20_000), '['.repeat(30_000)]) {
      const refusal = await findIgnoreRule('b.ts', {
        names: ['.delegateignore'],
        read: () => Promise.resolve(`c.ts\n${rule}\n`),
      });
      assert.deepEqual(refusal, {
        ignoreFile: '.delegateignore',
        problem: 'too-complex',
        detail: '',
      });
    }
  });

  test('rules that take too long to compare refuse within moments', async () => {
    const deep = Array.from({ length: 200 }, () => 'a').join('/');
    const hostile = [
      `${'**/a/'.repeat(8)}b`,
      `${'**/a/'.repeat(4000)}b`,
      `${'*a'.repeat(100)}b\n`.repeat(500),
      `${'**/*a*a*a*a*'.repeat(200)}b`,
      '*\n'.repeat(100_000),
      '[a-z]'.repeat(40_000),
    ];
    for (const text of hostile) {
      for (const path of [deep, 'a'.repeat(4000)]) {
        const before = process.cpuUsage();
        await problemOf(() => Promise.resolve(text), path);
        assert.ok(process.cpuUsage(before).user < 2_000_000, text.slice(0, 40));
      }
    }
  });

  test('a path deeper than any, or names without end, refuse', async () => {
    const read = (): Promise<string | null> => Promise.resolve(null);
    assert.notEqual(await problemOf(read, 'a/'.repeat(1000) + 'b'), null);
    const names = Array.from({ length: 100 }, (_, index) => `.ignore${index}`);
    assert.notEqual(await findIgnoreRule('a.ts', { names, read }), null);
  });

  test('an accent is the same character, composed or not', async () => {
    const [composed, apart] = ['größe.ts'.normalize('NFC'), 'größe.ts'.normalize('NFD')];
    assert.notEqual(composed, apart);
    assert.notEqual(await check(apart, { '.delegateignore': composed }), null);
    assert.notEqual(await check(composed, { '.delegateignore': apart }), null);
    assert.notEqual(await check('GRÖSSE.ts', { '.delegateignore': 'grösse.ts' }), null);
  });
});

suite('the bytes of an ignore file', () => {
  const bytes = (text: string, encoding: BufferEncoding): Uint8Array =>
    Buffer.from(`\uFEFF${text}`, encoding);

  test('are UTF-8, or UTF-16 by its mark', () => {
    assert.match(decodeIgnoreFile(Buffer.from('größe')), /^größe$/);
    assert.match(decodeIgnoreFile(bytes('a\r\nb', 'utf8')), /a\r\nb$/);
    assert.match(decodeIgnoreFile(bytes('größe', 'utf16le')), /größe$/);
    const swapped = Buffer.from(bytes('größe', 'utf16le')).swap16();
    assert.match(decodeIgnoreFile(swapped), /größe$/);
  });

  test('of another encoding, or too many, are refused', () => {
    const refused: [Uint8Array, string][] = [
      [Buffer.from('größe', 'latin1'), 'not-text'],
      [Buffer.from('a.ts', 'utf16le'), 'not-text'],
      [Buffer.alloc(300 * 1024, 'a'), 'too-large'],
    ];
    for (const [content, problem] of refused) {
      assert.throws(
        () => decodeIgnoreFile(content),
        (error: unknown) => error instanceof IgnoreFileError && error.problem === problem,
      );
    }
  });
});

suite('ignore files against git', () => {
  const segment = fc.constantFrom('a', 'b', 'c.ts', 'd.env');
  const path = fc
    .array(segment, { minLength: 1, maxLength: 3 })
    .map((parts) => [...parts, 'f'].join('/'));
  const rule = fc.constantFrom(
    'a',
    '!a',
    'a/',
    '/a',
    'b/*',
    '!b/*',
    '**/b',
    'a/**/f',
    'f',
    '!f',
    '*.ts',
    '!*.ts',
    'a/b/',
    '!a/b/',
    '#a',
    '',
    '**',
    '**/',
    'a/**',
    '/**/f',
    '**/a/**/f',
    '!**/a/f',
    '*/b',
    '?.ts',
    '[a-c].ts',
    '[!a].ts',
    '[[:alpha:]].*',
    '[b',
    'a\\',
    '\\!a',
    '\\f ',
    'f\\ ',
    'f  ',
    '*.*',
    'c*s',
    'c.**',
    '***',
    'a//b',
    '//a',
    '[]]',
    '[a/]b',
    'd.[e-g]nv',
    '{a,b}',
    '!',
    '/',
    'a**/f',
    'b/c**',
    '!a/b**/f',
    '/***/f',
    'a/***/f',
    '[a-\\c].ts',
  );
  const rules = fc.array(rule, { maxLength: 5 }).map((lines) => lines.join('\n'));

  test('a folder that a deeper file lets in stays under the other rules of the file above', async () => {
    const files = { '.gitignore': 'b/*\na', 'b/.gitignore': '!*.ts' };
    assert.notEqual(await check('b/c.ts/a/f', files, ['.gitignore']), null);
    assert.equal(await check('b/c.ts/f', files, ['.gitignore']), null);
    assert.notEqual(await check('b/c/f', files, ['.gitignore']), null);
  });

  test('the same files are refused as git refuses', async function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'delegate-ignore-'));
    try {
      execFileSync('git', ['init', '-q', folder]);
      await fc.assert(
        fc.asyncProperty(path, rules, rules, async (file, top, nested) => {
          const files: Record<string, string> = { '.gitignore': top };
          const inner = `${file.split('/')[0] ?? ''}/.gitignore`;
          files[inner] = nested;
          for (const [name, text] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), text);
          }
          const ours = await check(file, files, ['.gitignore']);
          assert.equal(ours !== null, gitIgnores(folder, file), JSON.stringify(files));
          rmSync(join(folder, inner));
        }),
        { numRuns: 150 },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function gitIgnores(folder: string, file: string): boolean {
  try {
    execFileSync('git', ['-C', folder, 'check-ignore', '-q', '--no-index', file]);
    return true;
  } catch (error) {
    if ((error as { status?: number }).status === 1) return false;
    throw error;
  }
}
