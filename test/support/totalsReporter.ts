import Mocha from 'mocha';
import { saveTestResults } from './testResults';

/**
 * Mocha's `spec` report, closed by one line for machines: `NAME: 3 passed, 0 failed, 0 skipped`.
 * NAME is the reporter option `name`. A hook that fails counts as a failed test. Which tests passed
 * is kept for the table of faults, under NAME and the option `variant`.
 */
class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { name, variant } = reporterNames(options);
    const results = new Map<string, boolean>();
    runner.on('pass', (test) => results.set(test.fullTitle(), true));
    runner.on('fail', (test) => results.set(test.fullTitle(), false));
    runner.once('end', () => {
      // The listener that prints the epilogue was added before this one.
      const { passes, failures, pending } = this.stats;
      saveTestResults(variant === '' ? name : `${name}-${variant}`, results);
      console.log(totalsLine(name, { passes, failures, pending }));
    });
  }
}

function reporterNames(options: Mocha.MochaOptions): { name: string; variant: string } {
  const given = (options.reporterOptions ?? {}) as Readonly<Record<string, string>>;
  return { name: given['name'] ?? 'tests', variant: given['variant'] ?? '' };
}

function totalsLine(
  name: string,
  { passes, failures, pending }: { passes: number; failures: number; pending: number },
): string {
  return `${name}: ${passes} passed, ${failures} failed, ${pending} skipped`;
}

// Mocha takes a reporter from a file's default export.
export { TotalsReporter, TotalsReporter as default };
