import Mocha from 'mocha';

/**
 * Mocha's `spec` report, closed by one line for machines: `NAME: 3 passed, 0 failed, 0 skipped`.
 * NAME is the reporter option `name`. A hook that fails counts as a failed test.
 */
class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const name = reporterName(options);
    runner.once('end', () => {
      // The listener that prints the epilogue was added before this one.
      const { passes, failures, pending } = this.stats;
      console.log(totalsLine(name, { passes, failures, pending }));
    });
  }
}

function reporterName(options: Mocha.MochaOptions): string {
  const given: unknown = options.reporterOptions;
  if (typeof given === 'object' && given !== null && 'name' in given) return String(given.name);
  return 'tests';
}

function totalsLine(
  name: string,
  { passes, failures, pending }: { passes: number; failures: number; pending: number },
): string {
  return `${name}: ${passes} passed, ${failures} failed, ${pending} skipped`;
}

// Mocha takes a reporter from a file's default export.
export { TotalsReporter, TotalsReporter as default };
