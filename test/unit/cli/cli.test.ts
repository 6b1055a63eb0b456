import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULTS } from '../../../src/cli/defaults';
import { foldersOf } from '../../../src/cli/folders';
import { type Simulator, startSimulator } from '../../../src/simulator';
import { readJson } from '../../support/projectFiles';
import { pythonFile, pythonFiles } from '../batch/kit';
import { CliStage, lines } from './stage';

suite('Command line', () => {
  let simulator: Simulator;
  let stage: CliStage;

  suiteSetup(async () => {
    simulator = await startSimulator({
      pacing: { heartbeatMs: 1000, orchestratorMs: 0, workerMs: 0, charsPerDelta: 4096 },
    });
  });

  setup(() => {
    simulator.reset();
    stage = new CliStage({
      ...pythonFiles(5),
      'web/app.js': 'function add(first, second) {\n  return first + second;\n}\n',
      '.gitignore': 'build/\n',
      '.delegateignore': 'private.py\n',
      'build/made.py': pythonFile(7),
      'src/private.py': pythonFile(8),
    });
  });

  teardown(() => stage.dispose());

  suiteTeardown(() => simulator.close());

  function posts(): number {
    return simulator.requests.filter(({ method }) => method === 'POST').length;
  }

  test('a limit that does not cover it: code 3, and no request to a model', async () => {
    const before = stage.tree();
    const args = ['docstring', 'src/**/*.py', '--max-cost', '0.001', '--json'];
    const { code, out, err } = await stage.run(simulator, args);
    assert.equal(code, 3, err);
    assert.equal(posts(), 0);
    assert.deepEqual(stage.tree(), before);
    const [plan] = lines(out, 'plan');
    assert.equal(plan?.['to_do'], 5);
    assert.deepEqual(
      lines(out, 'skipped').map(({ path: name, reason }) => [name, reason]),
      [['src/private.py', 'ignored']],
    );
  });

  test('a budget of the day refuses the whole limit: code 3, and no request', async () => {
    const config = path.join(stage.root, '..', 'config.json');
    writeFileSync(config, JSON.stringify({ 'delegate.budget.daily': 0.5 }));
    const { code, err } = await stage.run(simulator, ['docstring', 'src', '--config', config]);
    assert.equal(code, 3, err);
    assert.match(err, /budget of the day/);
    assert.equal(posts(), 0);
  });

  test('without --write nothing in the work tree changes, and the patch applies', async () => {
    const before = stage.tree();
    const patch = path.join(stage.home, '..', 'all.patch');
    const touched: (string | null)[] = [];
    const watcher = watch(stage.root, { recursive: true }, (_, name) => touched.push(name));
    const { code, out, err } = await stage.run(simulator, ['docstring', '.', '--patch', patch]);
    watcher.close();
    assert.equal(code, 0, err + out);
    // Git refreshes its index when it is asked for the state.
    assert.deepEqual(
      touched.filter((name) => !name?.startsWith('.git')),
      [],
    );
    assert.deepEqual(stage.tree(), before);
    stage.git('apply', '--check', patch);
    stage.git('apply', patch);
    assert.match(stage.read('src/part0.py'), /"""/);
    assert.match(stage.read('web/app.js'), /\/\*\*/);
    assert.deepEqual(stage.read('build/made.py'), pythonFile(7));
    assert.match(out, /6 files: 6 verified/);
  });

  test('from a folder inside of the repository the patch has the repository’s paths', async () => {
    const patch = path.join(stage.home, '..', 'sub.patch');
    const cwd = path.join(stage.root, 'src');
    const { code } = await stage.run(simulator, ['docstring', '*.py', '--patch', patch], { cwd });
    assert.equal(code, 0);
    assert.match(readFileSync(patch, 'utf8'), /^\+\+\+ b\/src\/part0\.py$/m);
    stage.git('apply', '--check', patch);
  });

  test('--write asks for a clean work tree, writes, and sends nothing for the same again', async () => {
    stage.write('notes.txt', 'mine\n');
    const args = ['docstring', 'src', '--write', '--json'];
    const refused = await stage.run(simulator, args);
    assert.equal(refused.code, 2);
    assert.match(refused.err, /clean git work tree/);
    assert.equal(posts(), 0);
    stage.commit();
    const { code, out } = await stage.run(simulator, args);
    assert.equal(code, 0, out);
    assert.deepEqual(lines(out, 'summary')[0]?.['applied'], { written: 5 });
    const changed = stage
      .git('status', '--porcelain')
      .split('\n')
      .filter((line) => line !== '');
    assert.equal(changed.length, 5);
    assert.ok(
      changed.every((line) => /^ M src\/part\d\.py$/.test(line)),
      changed.join(),
    );
    const sent = posts();
    const again = await stage.run(simulator, args);
    assert.equal(again.code, 0, again.err);
    assert.equal(posts(), sent);
  });

  test('first looked at, then written: the results are paid once', async () => {
    await stage.run(simulator, ['docstring', 'src']);
    const sent = posts();
    assert.ok(sent > 0);
    const { code, err } = await stage.run(simulator, ['docstring', 'src', '--write']);
    assert.equal(code, 0, err);
    assert.equal(posts(), sent);
    assert.match(stage.read('src/part3.py'), /"""/);
    stage.write('src/part3.py', pythonFile(33));
    stage.commit();
    await stage.run(simulator, ['docstring', 'src']);
    assert.ok(posts() > sent);
  });

  test('a run that was killed while it planned leaves nothing behind that another plans beside', async () => {
    await stage.run(simulator, ['docstring', 'src', '--max-cost', '0.001']);
    const batches = path.join(stage.home, 'cache', 'batches');
    const journals = (): string[] =>
      readdirSync(batches, { recursive: true, encoding: 'utf8' })
        .filter((name) => path.basename(name) === 'journal.jsonl')
        .map((name) => path.join(batches, name));
    const [journal = ''] = journals();
    const written = readFileSync(journal, 'utf8').split('\n');
    const killedAt = written.findIndex((line) => line.includes('"t":"file","n":3'));
    assert.ok(killedAt > 0, written.join('\n'));
    writeFileSync(journal, `${written.slice(0, killedAt).join('\n')}\n`);
    const { code, out } = await stage.run(simulator, ['docstring', 'src']);
    assert.equal(code, 0, out);
    assert.match(out, /5 files: 5 verified/);
    assert.deepEqual(journals(), [journal]);
  });

  test('a run that was stopped goes on by the same command', async () => {
    const controller = new AbortController();
    const seen = setInterval(() => {
      if (posts() >= 2) controller.abort(new Error('stop'));
    }, 1);
    const first = await stage.run(simulator, ['docstring', 'src'], { signal: controller.signal });
    clearInterval(seen);
    assert.equal(first.code, 1);
    const { code, out } = await stage.run(simulator, ['docstring', 'src', '--json']);
    assert.equal(code, 0);
    assert.equal(lines(out, 'file').length, 5);
    assert.ok(lines(out, 'file').every(({ standing }) => standing === 'verified'));
  });

  test('the ledger has a line for each request, with the bills to the nano-dollar', async () => {
    await stage.run(simulator, ['docstring', '.']);
    const folder = path.join(stage.home, 'ledger');
    const [month] = readdirSync(folder).filter((name) => /^\d{4}-\d\d\.jsonl$/.test(name));
    const entries = readFileSync(path.join(folder, month!), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      new Map(entries.map((row) => [row['generation_id'], row['cost_nano_usd']])),
      new Map(simulator.bills),
    );
    assert.ok(entries.every((row) => row['route'] === 'docstring'));
    // A reading of the sample may be among them.
    const alone = entries.filter((row) => row['routing'] === 'worker-first');
    assert.ok(alone.length >= 6, `${alone.length}`);
    assert.doesNotMatch(JSON.stringify(entries), /part0|src/);
    assert.deepEqual(readdirSync(path.join(folder, 'runs')), []);
  });

  test('summaries come as one document, and as JSON lines', async () => {
    const text = await stage.run(simulator, ['summarize', 'src/part*.py']);
    assert.equal(text.code, 0);
    const headings = [...text.out.matchAll(/^## \[(.*?)\]/gm)].map(([, name]) => name);
    assert.deepEqual(
      headings,
      [0, 1, 2, 3, 4].map((n) => `src/part${n}.py`),
    );
    const json = await stage.run(simulator, ['extract', 'src', '--instruction', 'types', '--json']);
    assert.equal(lines(json.out, 'result').length, 5);
    const refused = await stage.run(simulator, ['summarize', 'src', '--write']);
    assert.equal(refused.code, 2);
  });

  test('a recipe of the workspace is a task', async () => {
    stage.write('.vscode/delegate/names.md', '---\nresult: text\n---\nList all names.\n');
    const { code, out } = await stage.run(simulator, ['names', 'src/part1.py']);
    assert.equal(code, 0, out);
    assert.match(out, /## \[src\/part1\.py\]/);
    for (const name of ['nothing', '../names', 'constructor']) {
      assert.equal((await stage.run(simulator, [name, 'src'])).code, 2, name);
    }
  });

  test('what is not understood is code 2 with a word', async () => {
    const wrong: readonly (readonly string[])[] = [
      [],
      ['docstring'],
      ['docstring', '/etc'],
      ['docstring', '../x'],
      ['docstring', 'a\\..\\..\\b'],
      ['refactor', 'src'],
      ['docstring', 'src', '--max-cost', 'much'],
      ['docstring', 'src', '--max-cost', '-1'],
      ['docstring', 'src', '--patch', 'p', '--write'],
      ['docstring', 'src', '--unknown'],
      ['docstring', 'src', '--config', 'missing.json'],
    ];
    for (const args of wrong) {
      const { code, err } = await stage.run(simulator, args);
      assert.equal(code, 2, args.join(' '));
      assert.notEqual(err, '');
    }
    const noKey = { environment: { OPENROUTER_API_KEY: '' } };
    const { code, err } = await stage.run(simulator, ['docstring', 'src'], noKey);
    assert.equal(code, 2);
    assert.match(err, /OPENROUTER_API_KEY/);
    const help = await stage.run(simulator, ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.out, /Exit codes/);
    assert.equal(posts(), 0);
  });

  test('a configuration with a wrong value, or a key that is none, is refused', async () => {
    const config = path.join(stage.root, '..', 'config.json');
    for (const [content, word] of [
      ['[]', /not a JSON object/],
      ['{"workermodel":"x"}', /is not a setting/],
      ['{"delegate.protocol":"smoke"}', /delegate\.protocol: write/],
      ['{"batch.parallel":-1}', /batch\.parallel/],
      ['{"api.baseUrl":"https://evil.example"}', /is not a setting/],
    ] as const) {
      writeFileSync(config, content);
      const { code, err } = await stage.run(simulator, ['docstring', 'src', '--config', config]);
      assert.equal(code, 2, content);
      assert.match(err, word);
    }
    assert.equal(posts(), 0);
  });

  test('the defaults are those of the extension', () => {
    const { contributes } = readJson('package.json') as {
      contributes: { configuration: unknown };
    };
    const groups = [contributes.configuration].flat() as {
      properties: Record<string, { default: unknown }>;
    }[];
    const manifest = Object.assign({}, ...groups.map(({ properties }) => properties)) as Record<
      string,
      { default: unknown }
    >;
    for (const [key, value] of Object.entries(DEFAULTS)) {
      assert.deepEqual(value, manifest[`delegate.${key}`]?.default, key);
    }
  });

  test('journals and ledger are in the user’s own folders', () => {
    const linux = foldersOf({ XDG_CACHE_HOME: '/c', XDG_STATE_HOME: '/s' }, 'linux');
    assert.deepEqual(linux, { cache: '/c/delegate-batch', ledger: '/s/delegate-batch/ledger' });
    assert.ok(!existsSync(path.join(stage.root, '.delegate')));
  });
});
