import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { version } from 'vscode';
import { suiteStartLine } from '../support/suiteStart';
import { TotalsReporter } from '../support/totalsReporter';

const testTimeoutMs = 120_000;

/**
 * The entry that VS Code calls in its extension host: runs every `*.test.js` below this folder.
 *
 * DELEGATE_TEST_FOLDER names another folder of compiled tests, DELEGATE_TEST_FILES some of its files
 * by their names without ending, and DELEGATE_TEST_GREP keeps only tests whose title matches.
 * DELEGATE_TEST_PART is `faults` for the tests in the folder of that name, or `others`.
 *
 * @throws when a test failed, or when there was none to run.
 */
export async function run(): Promise<void> {
  const folder = process.env['DELEGATE_TEST_FOLDER'] ?? __dirname;
  const grep = process.env['DELEGATE_TEST_GREP'];
  const part = process.env['DELEGATE_TEST_PART'];
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: testTimeoutMs,
    // A job that will be tried again is not played to its end; see test/host/steps.js.
    bail: process.env['DELEGATE_TEST_BAIL'] !== undefined,
    forbidOnly: true,
    color: false,
    reporter: TotalsReporter,
    reporterOptions: { name: 'integration', variant: [version, part].filter(Boolean).join(' ') },
    ...(grep !== undefined && { grep }),
  });
  console.log(`${suiteStartLine} ${version}`);
  const wanted = process.env['DELEGATE_TEST_FILES']?.split(',');
  const files = testFiles(folder)
    .filter((file) => wanted?.includes(path.basename(file, '.test.js')) ?? true)
    .filter((file) => part === undefined || part === partOf(path.relative(folder, file)));
  for (const file of files) mocha.addFile(file);
  const { failures, tests } = await runMocha(mocha);
  if (failures > 0) throw new Error(`${failures} tests failed.`);
  if (tests === 0) throw new Error(`No test ran; ${files.length} files below ${folder}.`);
}

function partOf(file: string): string {
  return file.startsWith(`faults${path.sep}`) ? 'faults' : 'others';
}

function testFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => path.join(folder, file));
}

function runMocha(mocha: Mocha): Promise<{ failures: number; tests: number }> {
  return new Promise((resolve, reject) => {
    try {
      const runner = mocha.run((failures) =>
        resolve({ failures, tests: runner.stats?.tests ?? 0 }),
      );
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
