import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './projectFiles';

const folder = path.join(projectRoot, '.vscode-test', 'results');

/** Keeps which tests of a run passed, for the table of faults; a later run of the name replaces it. */
export function saveTestResults(name: string, results: ReadonlyMap<string, boolean>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify([...results]));
}

/** All kept runs whose name is `name` or begins with `name-`; a test must pass in each of them. */
export function readTestResults(name: string): ReadonlyMap<string, boolean> {
  const results = new Map<string, boolean>();
  const expression = new RegExp(`^${name}(-.*)?\\.json$`);
  for (const file of listFiles().filter((file) => expression.test(file))) {
    const kept = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as [string, boolean][];
    for (const [title, isPassed] of kept) {
      results.set(title, isPassed && results.get(title) !== false);
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
