import { readdirSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(__dirname, '../ui');

/** Compiled test files of test/ui, as paths within it. */
export function uiFiles(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort();
}

/** Where the compiled tests are. */
export function uiPath(file: string): string {
  return path.join(folder, file);
}

/**
 * What runs by itself, beside others: a file with windows of its own, or a folder whose files share
 * one. Those that go through every command come late in the alphabet, so the last are the first.
 */
export function uiGroups(): readonly string[] {
  return [...new Set(uiFiles().map((file) => file.split(path.sep)[0] ?? file))].reverse();
}
