import type { Declaration } from '../../syntax/syntax';
import type { Code } from './code';
import { CannotDoError, type WorkerJob, wordsOf } from './workerJob';
import { demoLanguage } from './demoLanguages';

interface Told {
  readonly framework: string;
  readonly source: string;
  readonly importPath: string;
  /** The package that the code names, as in Go; null for none. */
  readonly module: string | null;
}

/** A test file that says of each function that it is there: a script cannot know what is right. */
export function draftTests(code: Code, job: WorkerJob): string {
  const names = (code.tree?.declarations ?? [])
    .filter(
      ({ kind, depth }) =>
        depth === 0 && (kind === 'function' || (kind === 'class' && code.languageId !== 'go')),
    )
    .map(({ name }: Declaration) => name)
    .filter((name): name is string => Boolean(name));
  if (names.length === 0) throw new CannotDoError('There is no function to test.');
  const write = WRITERS[demoLanguage(code.languageId).family];
  if (!write) throw new CannotDoError('No test can be written for this language.');
  return write(names, {
    ...toldBy(wordsOf(job)),
    module: /^package (\w+)/m.exec(code.text)?.[1] ?? null,
  });
}

function toldBy(words: string): Omit<Told, 'module'> {
  const line = (name: string): string => new RegExp(`^${name}: (.+)$`, 'm').exec(words)?.[1] ?? '';
  const source = line('Code under test');
  return {
    framework: line('Framework'),
    source,
    importPath: line('Import path of the code under test') || './module',
  };
}

const WRITERS: Readonly<Record<string, (names: readonly string[], told: Told) => string>> = {
  typescript: script,
  javascript: script,
  python: (names, { source, framework }) => {
    const module = source
      .replace(/\.py$/, '')
      .replace(/^src\//, '')
      .replaceAll('/', '.');
    const head = `from ${module} import ${names.join(', ')}\n`;
    if (!/unittest/i.test(framework)) {
      const tests = names.map(
        (name) => `\n\ndef test_${snake(name)}_is_callable():\n    assert callable(${name})\n`,
      );
      return `${head}${tests.join('')}`;
    }
    const tests = names.map(
      (name) =>
        `    def test_${snake(name)}_is_callable(self):\n        self.assertTrue(callable(${name}))\n`,
    );
    return `import unittest\n\n${head}\n\nclass Tests(unittest.TestCase):\n${tests.join('\n')}`;
  },
  go: (names, { source, module }) => {
    const folder = module ?? source.split('/').at(-2) ?? 'main';
    const tests = names.map(
      (name) =>
        `\nfunc Test${name.charAt(0).toUpperCase()}${name.slice(1)}(t *testing.T) {\n\t_ = ${name}\n}\n`,
    );
    return `package ${folder}\n\nimport "testing"\n${tests.join('')}`;
  },
};

function script(names: readonly string[], { framework, importPath }: Told): string {
  const own = `import { ${names.join(', ')} } from '${importPath}';\n`;
  const [head, check] = /vitest/i.test(framework)
    ? ["import { expect, test } from 'vitest';\n", "expect(typeof NAME).toBe('function');"]
    : /jest/i.test(framework)
      ? ['', "expect(typeof NAME).toBe('function');"]
      : [
          /mocha/i.test(framework)
            ? "import assert from 'node:assert/strict';\n"
            : "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n",
          "assert.equal(typeof NAME, 'function');",
        ];
  const tests = names.map(
    (name) => `\ntest('${name} can be called', () => {\n  ${check.replace('NAME', name)}\n});\n`,
  );
  return `${head}${own}${tests.join('')}`;
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
