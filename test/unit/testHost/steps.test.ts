import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../support/projectFiles';

interface Result {
  readonly code: number;
  readonly seconds: number;
  readonly output: string;
  readonly firstOutput?: string;
}

interface Steps {
  readonly againLines: (output: string, name: string) => readonly string[];
  readonly tryTwice: (
    start: (env: Readonly<Record<string, string>>) => Promise<Result>,
  ) => Promise<Result>;
  readonly failureLines: (output: string) => readonly string[];
  readonly totals: (output: string, name: string) => Readonly<Record<string, number>>;
}

const stepsFile = pathToFileURL(path.join(projectRoot, 'test', 'host', 'steps.js')).href;

const tests = `
suite('outer', () => {
  test('works', () => {});
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
      'sample failed (1.2.3): outer breaks: first line',
      'sample failed (1.2.3): outer inner "before each" hook for "never runs": x is not y',
    ];
    const totalsLine = 'sample: 1 passed, 2 failed, 1 skipped';
    assert.deepEqual(stdout.trimEnd().split('\n').slice(-3), [...failures, totalsLine]);

    const steps = (await import(stepsFile)) as Steps;
    assert.deepEqual(steps.failureLines(stdout), failures);
    const { runs, passed, failed, skipped } = steps.totals(`other: 1\n${stdout}`, 'sample');
    assert.deepEqual(
      { runs, passed, failed, skipped },
      { runs: 1, passed: 1, failed: 2, skipped: 1 },
    );
  });

  test('tries a job in an editor again from its start, and tells why', async () => {
    const { againLines, tryTwice } = (await import(stepsFile)) as Steps;
    const environments: Readonly<Record<string, string>>[] = [];
    const results = [
      { code: 1, seconds: 2, output: 'ui failed (cost): Money works: too slow\nui: 0 passed' },
      { code: 0, seconds: 3, output: 'ui: 1 passed, 0 failed, 0 skipped' },
    ];
    const start = (env: Readonly<Record<string, string>>): Promise<Result> =>
      Promise.resolve(results[environments.push(env) - 1]!);
    const { firstOutput, ...last } = await tryTwice(start);
    assert.deepEqual(last, { ...results[1], seconds: 5 });
    assert.deepEqual(environments, [{ DELEGATE_TEST_BAIL: '1' }, {}]);
    assert.deepEqual(againLines(firstOutput!, 'ui cost'), [
      'ui again (cost): Money works: too slow',
    ]);
    assert.deepEqual(againLines('Segmentation fault', 'ui cost'), [
      'ui cost again: it ended before it told what failed',
    ]);
    assert.deepEqual(await tryTwice(() => Promise.resolve(results[1]!)), results[1]);
  });
});
