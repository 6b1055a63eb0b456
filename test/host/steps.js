// `npm test`: every check there is, each an npm script that works alone.
//
// All steps run even when one fails, so that one run tells everything. The last lines are each
// step's time, which tests failed and why, and the totals of each test runner: a log of which only
// the end is kept still names what broke. Exits with 1 when a step failed or a runner ran no test.
'use strict';

const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const path = require('node:path');

/** Scripts that run no tests, then those that do, with the words their totals begin with. */
const checks = ['format:check', 'lint', 'typecheck'];
const runners = [
  ['test:unit', 'unit'],
  ['test:integration', 'integration'],
  ['test:ui', 'ui'],
];
/** Scripts that look at what the runners have left; after a failure of theirs that says nothing. */
const summaries = ['faults'];

/** As test/support/totalsReporter.ts prints them. */
const failurePattern = /^\w+ failed(?: \([^)]*\))?: .*$/gm;
const totalsPattern =
  /^(?<name>\w+): (?<passed>\d+) passed, (?<failed>\d+) failed, (?<skipped>\d+) skipped\s*$/gm;

/**
 * Runs an npm script to its end.
 *
 * @param isShown whether its output passes through as it comes; else it is shown in one piece.
 */
function runScript(name, isShown) {
  return new Promise((resolve) => {
    const startedAt = Date.now();
    const isWindows = process.platform === 'win32';
    const child = spawn(isWindows ? 'npm.cmd' : 'npm', ['run', '--silent', name], {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows,
    });
    let output = '';
    const kept = [];
    const show = (stream) => (text) => {
      if (isShown) stream.write(text);
      else kept.push([stream, text]);
    };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      show(process.stdout)(text);
    });
    child.stderr.setEncoding('utf8').on('data', show(process.stderr));
    const end = (code) => {
      if (!isShown) console.log(`\n== npm run ${name}`);
      for (const [stream, text] of kept) stream.write(text);
      resolve({ name, code, output, seconds: (Date.now() - startedAt) / 1000 });
    };
    child.once('error', (error) => {
      console.error(error);
      end(1);
    });
    child.once('close', end);
  });
}

/** What broke, as the runners say it. */
function failureLines(output) {
  return output.match(failurePattern) ?? [];
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

/** What the steps have to say in the end. */
class Report {
  times = [];
  problems = [];
  failures = [];
  totals = [];
  failedRunners = [];

  addStep({ name, code, seconds }) {
    this.times.push(`${name}: ${seconds.toFixed(1)} s${code === 0 ? '' : ' (failed)'}`);
    if (code !== 0) this.problems.push(`npm run ${name} failed.`);
  }

  addRunner(step, runnerName) {
    this.addStep(step);
    this.failures.push(...failureLines(step.output));
    const { runs, passed, failed, skipped, emptyRuns } = totals(step.output, runnerName);
    const isEmpty = runs === 0 || emptyRuns > 0;
    if (isEmpty) this.problems.push(`npm run ${step.name} ran no test.`);
    if (isEmpty || step.code !== 0) this.failedRunners.push(step.name);
    this.totals.push(`${runnerName}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  }

  print() {
    console.log(`\n${this.times.join('\n')}`);
    for (const line of [...this.problems, ...this.failures]) console.log(line);
    console.log(this.totals.join('\n'));
  }
}

async function runChecks(report) {
  for (const name of checks) report.addStep(await runScript(name, false));
}

async function main() {
  // What an earlier run has left, perhaps of another VS Code, says nothing of this one.
  rmSync(path.join(__dirname, '../../.vscode-test/results'), { recursive: true, force: true });
  const report = new Report();
  // The checks take the core that unit tests leave idle; an editor wants both for itself.
  const checking = runChecks(report);
  for (const [name, runnerName] of runners) {
    console.log(`\n== npm run ${name}`);
    report.addRunner(await runScript(name, true), runnerName);
    await checking;
  }
  for (const name of summaries) {
    if (report.failedRunners.length > 0) {
      report.times.push(`${name}: left out, because of ${report.failedRunners.join(' and ')}`);
      continue;
    }
    console.log(`\n== npm run ${name}`);
    const step = await runScript(name, true);
    report.addStep(step);
    if (step.code !== 0) report.failures.push(...step.output.trimEnd().split('\n').slice(-20));
  }
  report.print();
  return report.problems.length === 0 ? 0 : 1;
}

module.exports = { failureLines, totals };
if (require.main === module) void main().then((code) => process.exit(code));
