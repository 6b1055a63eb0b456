import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../support/projectFiles';

interface Steps {
  readonly failureLines: (output: string) => readonly string[];
  readonly totals: (output: string, name: string) => Readonly<Record<string, number>>;
}

const stepsFile = pathToFileURL(path.join(projectRoot, 'test', 'host', 'steps.js')).href;

const tests = `
suite('outer', () => {
  test('works', () => {});
  let tries = 0;
  test('wobbles', () => { if (tries++ === 0) throw new Error('too slow'); }).retries(1);
  test('breaks', () => { throw new Error('first line\\n\\n  second line'); });
  test.skip('later', () => {});
  suite('inner', () => {
    setup(() => { throw new TypeError('x is not y'); });
    test('never runs', () => {});
  });
});`;

suite('a test run', () => {
  let folder: string;

  setup(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'dlg-steps-'));
  });
  teardown(() => rmSync(folder, { recursive: true, force: true }));

  test('tells at its end which tests failed, and why', async function () {
    this.timeout(60_000);
    const file = path.join(folder, 'sample.js');
    writeFileSync(file, tests);
    const mocha = path.join(projectRoot, 'node_modules', 'mocha', 'bin', 'mocha.js');
    const reporter = path.join(projectRoot, 'out', 'test', 'support', 'totalsReporter.js');
    const names = ['name=sample', 'variant=1.2.3'];
    const { status, stdout } = spawnSync(
      process.execPath,
      [mocha, '--no-config', '--ui', 'tdd', '--reporter', reporter]
        .concat(names.flatMap((name) => ['--reporter-option', name]))
        .concat(file),
      { cwd: folder, encoding: 'utf8' },
    );
    assert.equal(status, 2, stdout);
    const failures = [
      'sample again (1.2.3): outer wobbles: too slow',
      'sample failed (1.2.3): outer breaks: first line',
      'sample failed (1.2.3): outer inner "before each" hook for "never runs": x is not y',
    ];
    const totalsLine = 'sample: 2 passed, 2 failed, 1 skipped';
    assert.deepEqual(stdout.trimEnd().split('\n').slice(-4), [...failures, totalsLine]);

    const steps = (await import(stepsFile)) as Steps;
    assert.deepEqual(steps.failureLines(stdout), failures);
    const { runs, passed, failed, skipped } = steps.totals(`other: 1\n${stdout}`, 'sample');
    assert.deepEqual(
      { runs, passed, failed, skipped },
      { runs: 1, passed: 2, failed: 2, skipped: 1 },
    );
  });
});
