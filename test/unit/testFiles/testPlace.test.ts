import assert from 'node:assert/strict';
import { frameworkOf } from '../../../src/testFiles/framework';
import { testInstruction } from '../../../src/testFiles/testInstruction';
import { placeTest } from '../../../src/testFiles/testPlace';

interface PlaceCase {
  readonly name: string;
  readonly source: string;
  readonly languageId: string;
  readonly files: readonly string[];
  readonly path: string;
  readonly example?: string;
}

const CASES: readonly PlaceCase[] = [
  {
    name: 'a mirrored folder',
    source: 'src/editor/run/job.ts',
    languageId: 'typescript',
    files: ['src/editor/run/job.ts', 'src/text/csv.ts', 'test/unit/text/csv.test.ts'],
    path: 'test/unit/editor/run/job.test.ts',
    example: 'test/unit/text/csv.test.ts',
  },
  {
    name: 'beside the source, as specs',
    source: 'src/a/b.ts',
    languageId: 'typescript',
    files: ['src/a/b.ts', 'src/c/d.ts', 'src/c/d.spec.ts'],
    path: 'src/a/b.spec.ts',
    example: 'src/c/d.spec.ts',
  },
  {
    name: 'in a folder __tests__ below the source',
    source: 'src/a/b.tsx',
    languageId: 'typescriptreact',
    files: ['src/a/b.tsx', 'src/c/d.ts', 'src/c/__tests__/d.test.ts'],
    path: 'src/a/__tests__/b.test.tsx',
    example: 'src/c/__tests__/d.test.ts',
  },
  {
    name: 'the commonest of two ways',
    source: 'src/x.ts',
    languageId: 'typescript',
    files: [
      'src/a.ts',
      'src/b.ts',
      'src/c.ts',
      'src/a.test.ts',
      'test/b.test.ts',
      'test/c.test.ts',
    ],
    path: 'test/x.test.ts',
  },
  {
    name: 'all tests in one folder',
    source: 'pkg/mod/thing.py',
    languageId: 'python',
    files: ['pkg/mod/thing.py', 'pkg/mod/other.py', 'tests/test_unrelated.py'],
    path: 'tests/test_thing.py',
    example: 'tests/test_unrelated.py',
  },
  {
    name: 'nothing to go by',
    source: 'src/thing.py',
    languageId: 'python',
    files: ['src/thing.py'],
    path: 'tests/test_thing.py',
  },
  {
    name: 'Go, beside the source',
    source: 'a/store.go',
    languageId: 'go',
    files: ['a/store.go', 'b/x.go', 'b/x_test.go'],
    path: 'a/store_test.go',
  },
  {
    name: 'Java, by Maven',
    source: 'src/main/java/org/a/Store.java',
    languageId: 'java',
    files: [
      'src/main/java/org/a/Store.java',
      'src/main/java/org/b/X.java',
      'src/test/java/org/b/XTest.java',
    ],
    path: 'src/test/java/org/a/StoreTest.java',
  },
  {
    name: 'a test that is there is not written over',
    source: 'src/a.ts',
    languageId: 'typescript',
    files: ['src/a.ts', 'src/a.test.ts', 'src/a2.test.ts'],
    path: 'src/a3.test.ts',
    example: 'src/a.test.ts',
  },
];

suite('Where tests go', () => {
  for (const { name, path, example, ...options } of CASES) {
    test(`${options.languageId}: ${name}`, () => {
      const place = placeTest(options);
      assert.equal(place?.path, path);
      if (example !== undefined) assert.equal(place.example, example);
      assert.ok(!options.files.includes(path));
    });
  }

  test('a language of which nothing is known has no place', () => {
    assert.equal(placeTest({ source: 'a.cob', languageId: 'cobol', files: [] }), null);
  });
});

suite('The framework of a project', () => {
  const manifest = JSON.stringify({ description: 'like jest', devDependencies: { mocha: '1' } });

  test('is what a test imports, before what a manifest names', () => {
    const example = "import { test } from 'vitest';\n// not jest\n";
    assert.equal(frameworkOf('typescript', { example, manifests: [manifest] }), 'Vitest');
    assert.equal(frameworkOf('typescript', { example: null, manifests: [manifest] }), 'Mocha');
    assert.equal(
      frameworkOf('javascript', {
        example: null,
        manifests: ['{"scripts":{"test":"node --test"}}'],
      }),
      'node:test',
    );
  });

  test('falls back to what comes with the language', () => {
    assert.equal(frameworkOf('python', { example: null, manifests: [] }), 'unittest');
    assert.equal(
      frameworkOf('python', { example: null, manifests: ['[tool.pytest]\n'] }),
      'pytest',
    );
    assert.equal(
      frameworkOf('typescript', { example: null, manifests: ['not JSON'] }),
      'node:test with node:assert',
    );
  });
});

suite('What a worker is told of a project', () => {
  test('has the import path in the way that the project writes it', () => {
    const parts = {
      framework: 'Mocha',
      source: 'src/a/b.ts',
      target: 'test/unit/a/b.test.ts',
      languageId: 'typescript',
    };
    assert.match(
      testInstruction({ ...parts, example: null }),
      /^Import path of the code under test: \.\.\/\.\.\/\.\.\/src\/a\/b$/m,
    );
    const example = { path: 'x.test.ts', text: "import { x } from '../x.js';\n" };
    assert.match(testInstruction({ ...parts, example }), /src\/a\/b\.js$/m);
    assert.match(
      testInstruction({ ...parts, target: 'src/a/b.test.ts', example: null }),
      /^Import path of the code under test: \.\/b$/m,
    );
  });

  test('shows an example in part when it is long', () => {
    const text = 'const a = 1;\n'.repeat(5000);
    const words = testInstruction({
      framework: 'Mocha',
      source: 'a.ts',
      target: 'a.test.ts',
      languageId: 'typescript',
      example: { path: 'b.test.ts', text },
    });
    assert.ok(words.length < 12_000 && words.endsWith('…'), String(words.length));
  });
});
