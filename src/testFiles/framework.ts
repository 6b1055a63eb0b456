import { asRecord, parseRecord, readString } from '../common/json';

/** Files that name a language's test framework, the likeliest first. */
const MANIFESTS: Readonly<Record<string, readonly string[]>> = {
  typescript: ['package.json'],
  typescriptreact: ['package.json'],
  javascript: ['package.json'],
  javascriptreact: ['package.json'],
  python: [
    'pyproject.toml',
    'setup.cfg',
    'tox.ini',
    'requirements-dev.txt',
    'requirements.txt',
    'Pipfile',
  ],
  ruby: ['Gemfile'],
  java: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
  php: ['composer.json'],
  go: ['go.mod'],
};

/** Words in a manifest, or in a test's imports, and the framework that they stand for. */
const FRAMEWORKS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  script: [
    [/\bvitest\b/, 'Vitest'],
    [/\bjest\b|@jest\//, 'Jest'],
    [/\bmocha\b/, 'Mocha'],
    [/\bava\b/, 'AVA'],
    [/\bjasmine\b/, 'Jasmine'],
    [/\buvu\b/, 'uvu'],
    [/\bbun:test\b|\bbun test\b/, 'bun:test'],
    [/node:test\b|\bnode --test\b/, 'node:test'],
    [/\btap(?:e)?\b/, 'tap'],
  ],
  python: [
    [/\bpytest\b/, 'pytest'],
    [/\bunittest\b/, 'unittest'],
  ],
  ruby: [
    [/\brspec\b/i, 'RSpec'],
    [/\bminitest\b/i, 'Minitest'],
  ],
  java: [
    [/\bjupiter\b|junit-?5/, 'JUnit 5'],
    [/\btestng\b/, 'TestNG'],
    [/\bjunit\b/, 'JUnit 4'],
  ],
  php: [
    [/\bpest\b/, 'Pest'],
    [/\bphpunit\b/i, 'PHPUnit'],
  ],
  go: [[/\bstretchr\/testify\b/, "Go's testing with testify"]],
  csharp: [
    [/\bxunit\b/i, 'xUnit'],
    [/\bnunit\b/i, 'NUnit'],
    [/\bmstest\b|Microsoft\.VisualStudio\.TestTools/i, 'MSTest'],
  ],
};

/** What comes with a language, where nothing says otherwise. */
const BUILT_IN: Readonly<Record<string, string>> = {
  script: 'node:test with node:assert',
  python: 'unittest',
  ruby: 'Minitest',
  java: 'JUnit 5',
  php: 'PHPUnit',
  go: "Go's testing package",
  rust: "Rust's built-in test harness, as an integration test",
  csharp: 'xUnit',
};

export function manifestNames(languageId: string): readonly string[] {
  return MANIFESTS[languageId] ?? [];
}

/**
 * The framework that a project's tests use: by what a test imports, or else by what the manifest
 * names for development.
 *
 * @param example text of a test; null for none.
 * @param manifests texts of manifests, the nearest first.
 */
export function frameworkOf(
  languageId: string,
  {
    example,
    manifests,
  }: { readonly example: string | null; readonly manifests: readonly string[] },
): string {
  const family = /^(?:type|java)script/.test(languageId) ? 'script' : languageId;
  const rows = FRAMEWORKS[family] ?? [];
  const imports = example === null ? '' : example.split('\n').filter(isImport).join('\n');
  for (const text of [imports, ...manifests.map((each) => namedIn(each, family))]) {
    const row = rows.find(([words]) => words.test(text));
    if (row) return row[1];
  }
  return BUILT_IN[family] ?? 'the usual framework of the language';
}

function isImport(line: string): boolean {
  return /^\s*(?:import|from|using|require|use|const|#include)\b/.test(line);
}

/** Of package.json what it needs and runs; a description may name any framework. */
function namedIn(manifest: string, family: string): string {
  if (family !== 'script') return manifest;
  const row = parseRecord(manifest);
  const fields = ['devDependencies', 'dependencies'].flatMap((field) =>
    Object.keys(asRecord(row?.[field]) ?? {}),
  );
  return [...fields, readString(asRecord(row?.['scripts'])?.['test']) ?? ''].join('\n');
}
