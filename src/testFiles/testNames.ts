/** How a language's test files are named: what stands around the name of what they test. */
export interface TestNaming {
  /** Sees a file's base name; its first group is the name of what is tested. */
  readonly pattern: RegExp;
  /** A test's base name for a source's, extension included, where no test shows how. */
  readonly nameFor: (name: string, extension: string) => string;
}

const SCRIPT: TestNaming = {
  pattern: /^(.+?)[._-](?:test|spec)\.[cm]?[jt]sx?$/,
  nameFor: (name, extension) => `${name}.test${extension}`,
};
const MEMBER: TestNaming = {
  pattern: /^(.+?)(?:Tests?|Spec|IT)\.(?:java|kt|cs|php|scala)$/,
  nameFor: (name, extension) => `${name}Test${extension}`,
};

const NAMINGS: Readonly<Record<string, TestNaming>> = {
  typescript: SCRIPT,
  typescriptreact: SCRIPT,
  javascript: SCRIPT,
  javascriptreact: SCRIPT,
  python: {
    pattern: /^(?:test_(.+?)|(.+?)_test)\.py$/,
    nameFor: (name, extension) => `test_${name}${extension}`,
  },
  go: { pattern: /^(.+?)_test\.go$/, nameFor: (name, extension) => `${name}_test${extension}` },
  ruby: {
    pattern: /^(?:test_(.+?)|(.+?)_(?:spec|test))\.rb$/,
    nameFor: (name, extension) => `${name}_test${extension}`,
  },
  rust: { pattern: /^(?:test_)?(.+?)(?:_tests?)?\.rs$/, nameFor: (name) => `${name}.rs` },
  java: MEMBER,
  csharp: {
    ...MEMBER,
    nameFor: (name, extension) => `${name}Tests${extension}`,
  },
  php: MEMBER,
  c: {
    pattern: /^(?:test_(.+?)|(.+?)_test)\.c$/,
    nameFor: (name, extension) => `test_${name}${extension}`,
  },
  cpp: {
    pattern: /^(?:test_(.+?)|(.+?)_(?:unit)?test)\.(?:cc|cpp|cxx)$/,
    nameFor: (name, extension) => `${name}_test${extension}`,
  },
};

/** Null for a language of which it is not known how its tests are named. */
export function testNamingOf(languageId: string): TestNaming | null {
  return NAMINGS[languageId] ?? null;
}

/** What a test file is named after; null for a file that is none. */
export function testedName(path: string, languageId: string): string | null {
  const { folder, base } = splitPath(path);
  // In Rust a test is told by its folder alone.
  if (languageId === 'rust' && !/(?:^|\/)tests$/.test(folder)) return null;
  const match = testNamingOf(languageId)?.pattern.exec(base);
  if (match) return match[1] ?? match[2] ?? null;
  const isInTests = /(?:^|\/)__tests__(?:\/|$)/.test(folder);
  return isInTests && /^(?:type|java)script/.test(languageId) ? splitPath(path).name : null;
}

export interface SplitPath {
  /** With slashes, without one at its end; empty for none. */
  readonly folder: string;
  readonly base: string;
  /** The base name without its extension. */
  readonly name: string;
  /** With its dot. */
  readonly extension: string;
}

export function splitPath(path: string): SplitPath {
  const slash = path.lastIndexOf('/');
  const base = path.slice(slash + 1);
  const dot = base.lastIndexOf('.');
  return {
    folder: slash < 0 ? '' : path.slice(0, slash),
    base,
    name: dot > 0 ? base.slice(0, dot) : base,
    extension: dot > 0 ? base.slice(dot) : '',
  };
}
