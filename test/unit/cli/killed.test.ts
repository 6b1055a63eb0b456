import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type JournalRecord, decodeRecord } from '../../../src/batch/journal/records';
import { type Simulator, startSimulator } from '../../../src/simulator';
import { projectRoot } from '../../support/projectFiles';
import { poll } from '../../support/poll';
import { pythonFiles } from '../batch/kit';
import { CliStage } from './stage';

const PROGRAM = path.join(projectRoot, 'dist/cli.js');
const KILLS = 3;

suite('Command line, killed', () => {
  let simulator: Simulator;
  let stage: CliStage;

  suiteSetup(async () => {
    simulator = await startSimulator({
      pacing: { heartbeatMs: 1000, orchestratorMs: 40, workerMs: 40, charsPerDelta: 4096 },
    });
    stage = new CliStage(pythonFiles(9));
  });

  suiteTeardown(async () => {
    stage.dispose();
    await simulator.close();
  });

  function start(): ChildProcess {
    const args = ['docstring', 'src', '--write'];
    return spawn(process.execPath, [PROGRAM, ...args], {
      cwd: stage.root,
      stdio: 'ignore',
      env: {
        ...process.env,
        OPENROUTER_API_KEY: simulator.apiKey,
        OPENROUTER_BASE_URL: simulator.baseUrl,
        DELEGATE_BATCH_HOME: stage.home,
      },
    });
  }

  function journal(): readonly JournalRecord[] {
    const batches = path.join(stage.home, 'cache', 'batches');
    if (!existsSync(batches)) return [];
    return readdirSync(batches, { recursive: true, encoding: 'utf8' })
      .filter((name) => path.basename(name) === 'journal.jsonl')
      .flatMap((name) => readFileSync(path.join(batches, name), 'utf8').split('\n'))
      .map(decodeRecord)
      .filter((record) => record !== null);
  }

  function done(): number[] {
    return journal().flatMap((record) => (record.t === 'done' ? [record.n] : []));
  }

  test('the same command goes on, does no file twice and loses none, up to the written files', async () => {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const child = start();
      const exited = new Promise((resolve) => child.once('exit', resolve));
      await poll('a file that is done', () => done().length >= kill * 2);
      child.kill('SIGKILL');
      await exited;
    }
    const last = start();
    const code = await new Promise((resolve) => last.once('exit', resolve));
    assert.equal(code, 0);
    const numbers = done();
    assert.equal(new Set(numbers).size, 9);
    assert.equal(numbers.length, 9, 'a file was done twice');
    for (const name of Object.keys(pythonFiles(9))) assert.match(stage.read(name), /"""/, name);
  }).timeout(120_000);
});
