import Mocha from 'mocha';
import { asRecord } from '../../src/common/json';
import { type TestResult, saveTestResults } from './testResults';

/**
 * Mocha's `spec` report, closed by lines for machines: for each test that failed
 * `NAME failed: TITLE: ERROR`, with the error's first line, and then the totals
 * `NAME: 3 passed, 0 failed, 0 skipped`. NAME is the reporter option `name`. A hook that fails
 * counts as a failed test. How each test ended is kept for the table of faults, under NAME and the
 * option `variant`, which is told with the title, too.
 */
class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { name, variant } = reporterNames(options);
    const results = new Map<string, TestResult>();
    const failures: string[] = [];
    const place = variant === '' ? '' : ` (${variant})`;
    runner.on('pass', (test) => results.set(test.fullTitle(), 'passed'));
    runner.on('pending', (test) => results.set(test.fullTitle(), 'skipped'));
    runner.on('fail', (test, error: unknown) => {
      results.set(test.fullTitle(), 'failed');
      failures.push(`${name} failed${place}: ${oneLine(test.fullTitle())}: ${firstLine(error)}`);
    });
    runner.once('end', () => {
      // The listener that prints the epilogue was added before this one.
      const { passes, failures: failed, pending } = this.stats;
      saveTestResults(variant === '' ? name : `${name}-${variant}`, results);
      for (const failure of failures) console.log(failure);
      console.log(`${name}: ${passes} passed, ${failed} failed, ${pending} skipped`);
    });
  }
}

function reporterNames(options: Mocha.MochaOptions): { name: string; variant: string } {
  const given = (options.reporterOptions ?? {}) as Readonly<Record<string, string>>;
  return { name: given['name'] ?? 'tests', variant: given['variant'] ?? '' };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Of the error's message, or of what was thrown in its place; always one line, and not endless. */
function firstLine(error: unknown): string {
  // From a test in a process of its own an error comes as a plain object.
  const { message, name } = asRecord(error) ?? {};
  const text = [message, name].find((each) => typeof each === 'string' && each !== '');
  return oneLine(
    String(text ?? error)
      .trim()
      .split('\n', 1)[0] ?? '',
  ).slice(0, 300);
}

// Mocha takes a reporter from a file's default export.
export { TotalsReporter, TotalsReporter as default };
