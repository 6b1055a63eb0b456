// `npm test`: every check there is, each of which is an npm script that works alone; with
// `--no-editor` (`npm run check`) those that need no VS Code.
//
// Three jobs run at once on the two cores of a small machine: an editor under test waits more than it
// works. What a job prints is shown when it has ended. All run even when one fails, so that one run
// tells everything. The last lines are each job's time, which tests failed and why, and the totals of
// each test runner: a log of which only the end is kept still names what broke. Exits with 1 when
// something failed or a runner ran no test.
'use strict';

const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '../..');
const LANES = 3;

/**
 * An editor that draws without a graphics card on a busy machine now and then loses a key or a focus,
 * so a job in one is tried again from its start, in a new window, when a test fails. More of them than
 * this is a fault of its own.
 */
const MOST_TRIED_AGAIN = 3;

/** Text that is lost once is lost. */
const TRIED_ONCE = ['typedUnderLoad.test.js'];

/** As test/support/totalsReporter.ts prints them. */
const failurePattern = /^\w+ failed(?: \([^)]*\))?: .*$/gm;
const totalsPattern =
  /^(?<name>\w+): (?<passed>\d+) passed, (?<failed>\d+) failed, (?<skipped>\d+) skipped\s*$/gm;

/** Runs a program to its end. @returns its code and what it printed. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const startedAt = Date.now();
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    let output = '';
    const keep = (text) => (output += text);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const end = (code) => resolve({ code, output, seconds: (Date.now() - startedAt) / 1000 });
    child.once('error', (error) => {
      keep(`${error}\n`);
      end(1);
    });
    child.once('close', end);
  });
}

const script = (name) => run('npm', ['run', '--silent', name]);
const program = (file, args = [], env = {}) =>
  run(process.execPath, [path.join(root, 'out/test/host', file), ...args], env);

/**
 * Runs a job a second time when it failed, the first time only up to the first test that fails.
 *
 * @param start takes environment variables.
 * @returns what the last run said, with the output of the first beside it if there were two.
 */
async function tryTwice(start) {
  const first = await start({ DELEGATE_TEST_BAIL: '1' });
  if (first.code === 0) return first;
  const second = await start({});
  return { ...second, seconds: first.seconds + second.seconds, firstOutput: first.output };
}

/** What broke, as the runners say it. */
function failureLines(output) {
  return output.match(failurePattern) ?? [];
}

/** Why a job was tried again. */
function againLines(output, name) {
  const lines = failureLines(output).map((line) => line.replace(' failed', ' again'));
  return lines.length > 0 ? lines : [`${name} again: it ended before it told what failed`];
}

/** Adds up a runner's totals: the integration tests run once in each VS Code. */
function totals(output, expectedName) {
  const sum = { runs: 0, passed: 0, failed: 0, skipped: 0, emptyRuns: 0 };
  for (const { groups } of output.matchAll(totalsPattern)) {
    if (groups.name !== expectedName) continue;
    sum.runs += 1;
    for (const key of ['passed', 'failed', 'skipped']) sum[key] += Number(groups[key]);
    if (Number(groups.passed) + Number(groups.failed) === 0) sum.emptyRuns += 1;
  }
  return sum;
}

/** What the jobs have to say in the end. */
class Report {
  times = [];
  problems = [];
  failures = [];
  triedAgain = [];
  /** By runner, in the order of the first job of each. */
  sums = new Map();

  /** @param runner the name in the totals of a job that runs tests. */
  add(name, { code, output, seconds, firstOutput }, runner) {
    if (firstOutput !== undefined) {
      console.log(`\n== ${name}, first try\n${firstOutput.trimEnd()}`);
      this.triedAgain.push(...againLines(firstOutput, name));
    }
    console.log(`\n== ${name}\n${output.trimEnd()}`);
    this.times.push(`${name}: ${seconds.toFixed(1)} s${code === 0 ? '' : ' (failed)'}`);
    if (code !== 0) this.problems.push(`${name} failed.`);
    if (runner === undefined) return;
    this.failures.push(...failureLines(output));
    const { runs, emptyRuns, ...counts } = totals(output, runner);
    if (runs === 0 || emptyRuns > 0) this.problems.push(`${name} ran no test.`);
    const sum = this.sums.get(runner) ?? { passed: 0, failed: 0, skipped: 0 };
    for (const key of Object.keys(sum)) sum[key] += counts[key];
    this.sums.set(runner, sum);
  }

  /** Says so when too many jobs passed only when they were tried again. */
  judgeTriedAgain() {
    const { length } = this.triedAgain;
    if (length > MOST_TRIED_AGAIN) this.problems.push(`${length} jobs had to be tried again.`);
  }

  print() {
    console.log(`\n${this.times.join('\n')}`);
    for (const line of [...this.problems, ...this.triedAgain, ...this.failures]) console.log(line);
    for (const [runner, { passed, failed, skipped }] of this.sums) {
      console.log(`${runner}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    }
  }
}

/** The jobs that need no editor, those that take longest first. */
function plainJobs() {
  const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
  const reporter = ['--reporter', 'out/test/support/totalsReporter.js'];
  const unit = [mocha, '--parallel', '--jobs', '3', ...reporter, '--reporter-option', 'name=unit'];
  return [
    { name: 'unit', start: () => run(process.execPath, unit), runner: 'unit' },
    ...['lint', 'typecheck', 'format:check'].map((name) => ({ name, start: () => script(name) })),
  ];
}

/** Those in a real VS Code, which is installed meanwhile. */
function editorJobs() {
  const { currentVersion, minimumVersion } = require('../../out/test/host/hostVersions.js');
  const { uiGroups } = require('../../out/test/host/uiGroups.js');
  const installed = program('install.js');
  const inEditor = (runner, file, ...args) => ({
    name: `${runner} ${args.join(' ')}`,
    start: async () => {
      const { code } = await installed;
      if (code !== 0) return installed;
      const start = (env) => program(file, args, env);
      return args.some((arg) => TRIED_ONCE.includes(arg)) ? start({}) : tryTwice(start);
    },
    runner,
  });
  const integration = (...args) => inEditor('integration', 'runIntegration.js', ...args);
  return [
    integration(currentVersion, '--part=others'),
    integration(currentVersion, '--part=faults'),
    integration(minimumVersion),
    ...uiGroups().map((group) => inEditor('ui', 'runUi.js', group)),
  ];
}

/** Takes one job after the other, in several lanes. */
async function runAll(queue, report) {
  const lane = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      report.add(job.name, await job.start(), job.runner);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function main(isWithoutEditor) {
  // What an earlier run has left, perhaps of another VS Code, says nothing of this one.
  rmSync(path.join(root, '.vscode-test/results'), { recursive: true, force: true });
  const report = new Report();
  for (const name of ['package', 'build:tests']) {
    const step = await script(name);
    if (step.code === 0) continue;
    report.add(name, step);
    report.print();
    return 1;
  }
  await runAll([...plainJobs(), ...(isWithoutEditor ? [] : editorJobs())], report);
  report.judgeTriedAgain();
  // After a failure the comparison with what has passed says nothing.
  if (report.problems.length === 0 && !isWithoutEditor) {
    const step = await script('faults');
    report.add('faults', step);
    if (step.code !== 0) report.failures.push(...step.output.trimEnd().split('\n').slice(-20));
  }
  report.print();
  return report.problems.length === 0 ? 0 : 1;
}

module.exports = { againLines, failureLines, totals, tryTwice };
if (require.main === module) {
  void main(process.argv.includes('--no-editor')).then((code) => process.exit(code));
}
