/**
 * Runs test/ui in plain Node; each suite opens VS Code and drives it. Arguments are parts of file
 * names to run only these: `node out/test/host/runUi.js draft`.
 */
import Mocha from 'mocha';
import { TotalsReporter } from '../support/totalsReporter';
import { closeSharedStage } from '../ui/stage';
import { currentVersion, minimumVersion } from './hostVersions';
import { ensureNpmHost } from './npmHost';
import { packagedExtension } from './packagedExtension';
import { uiFiles, uiPath } from './uiGroups';

/** The tests that open the oldest editor too. */
const MINIMUM_VERSION_TESTS = 'minimumVersion.test.js';
const testTimeoutMs = 240_000;

async function main(wanted: readonly string[]): Promise<number> {
  packagedExtension();
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: testTimeoutMs,
    // A job that will be tried again is not played to its end; see test/host/steps.js.
    bail: process.env['DELEGATE_TEST_BAIL'] !== undefined,
    forbidOnly: true,
    reporter: TotalsReporter,
    reporterOptions: { name: 'ui', ...(wanted.length > 0 && { variant: wanted.join('-') }) },
  });
  const files = uiFiles().filter(
    (file) => wanted.length === 0 || wanted.some((part) => file.includes(part)),
  );
  // Installing is no part of the first test's time.
  await ensureNpmHost(currentVersion);
  if (files.includes(MINIMUM_VERSION_TESTS)) await ensureNpmHost(minimumVersion);
  for (const file of files) mocha.addFile(uiPath(file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  await closeSharedStage();
  return failures === 0 && files.length > 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
