import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './projectFiles';

const folder = path.join(projectRoot, '.vscode-test', 'results');

export type TestResult = 'passed' | 'failed' | 'skipped';

/** How each test ended, by full title. */
export type TestResults = ReadonlyMap<string, TestResult>;

/** Keeps how the tests of a run ended, for the table of faults; a later run of the name replaces it. */
export function saveTestResults(name: string, results: TestResults): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify([...results]));
}

/** All kept runs whose name is `name` or begins with `name-`; a test must pass in each that ran it. */
export function readTestResults(name: string): TestResults {
  const results = new Map<string, TestResult>();
  const expression = new RegExp(`^${name}(-.*)?\\.json$`);
  for (const file of listFiles().filter((file) => expression.test(file))) {
    const kept = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as [
      string,
      TestResult,
    ][];
    for (const [title, result] of kept) {
      const before = results.get(title);
      if (before === undefined || before === 'skipped' || result === 'failed') {
        results.set(title, result);
      }
    }
  }
  return results;
}

function listFiles(): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
