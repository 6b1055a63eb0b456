// `npm test`: every check there is, one after the other, each an npm script that works alone.
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

function runScript(name) {
  return new Promise((resolve) => {
    const startedAt = Date.now();
    const isWindows = process.platform === 'win32';
    const child = spawn(isWindows ? 'npm.cmd' : 'npm', ['run', '--silent', name], {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => process.stderr.write(text));
    const end = (code) => resolve({ name, code, output, seconds: (Date.now() - startedAt) / 1000 });
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

async function main() {
  // What an earlier run has left, perhaps of another VS Code, says nothing of this one.
  rmSync(path.join(__dirname, '../../.vscode-test/results'), { recursive: true, force: true });
  const problems = [];
  const times = [];
  const failures = [];
  const lines = [];
  const failedRunners = [];
  const steps = [...checks.map((check) => [check]), ...runners, ...summaries.map((name) => [name])];
  for (const [script, runnerName] of steps) {
    console.log(`\n== npm run ${script}`);
    if (summaries.includes(script) && failedRunners.length > 0) {
      times.push(`${script}: left out, because of ${failedRunners.join(' and ')}`);
      continue;
    }
    const { code, output, seconds } = await runScript(script);
    times.push(`${script}: ${seconds.toFixed(1)} s${code === 0 ? '' : ' (failed)'}`);
    if (code !== 0) problems.push(`npm run ${script} failed.`);
    if (summaries.includes(script) && code !== 0)
      failures.push(...output.trimEnd().split('\n').slice(-20));
    if (runnerName === undefined) continue;
    failures.push(...failureLines(output));
    const { runs, passed, failed, skipped, emptyRuns } = totals(output, runnerName);
    const isEmpty = runs === 0 || emptyRuns > 0;
    if (isEmpty) problems.push(`npm run ${script} ran no test.`);
    if (isEmpty || code !== 0) failedRunners.push(script);
    lines.push(`${runnerName}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  }
  console.log(`\n${times.join('\n')}`);
  for (const line of [...problems, ...failures]) console.log(line);
  console.log(lines.join('\n'));
  return problems.length === 0 ? 0 : 1;
}

module.exports = { failureLines, totals };
if (require.main === module) void main().then((code) => process.exit(code));
