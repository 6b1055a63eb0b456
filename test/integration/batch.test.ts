import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { type BatchFile } from '../../src/batch/journal/batchState';
import { Journal } from '../../src/batch/journal/journal';
import { nodeFolder } from '../../src/batch/journal/nodeFolder';
import { reviewGroup } from '../../src/batch/review';
import { BATCH_SCHEME } from '../../src/manifest';
import { globalStorage } from '../host/ledgerFiles';
import { poll } from '../support/poll';
import { sampleFolder } from '../support/sampleFolder';
import { useMessages } from './support/messages';
import { ledgerEntries, useSimulator, withSettings } from './support/stage';

interface Item extends vscode.QuickPickItem {
  readonly label: string;
}
type Picks = (title: string, labels: readonly string[]) => RegExp | null;

suite('batch', () => {
  const simulator = useSimulator();
  let answer: (message: string) => string | undefined = () => undefined;
  const messages = useMessages((message) => answer(message));
  let picks: Picks = () => null;
  const asked: string[] = [];
  const { showQuickPick } = vscode.window;

  /** Some hosts save by themselves what was not saved. */
  async function autoSave(value: string | undefined): Promise<void> {
    const files = vscode.workspace.getConfiguration('files');
    await files.update('autoSave', value, vscode.ConfigurationTarget.Global);
  }

  suiteSetup(async () => {
    await autoSave('off');
    Object.assign(vscode.window, {
      showQuickPick: (all: readonly Item[], options: vscode.QuickPickOptions) => {
        const title = options.title ?? '';
        asked.push([title, ...all.map(({ label }) => label)].join(' | '));
        const wanted = picks(
          title,
          all.map(({ label }) => label),
        );
        return Promise.resolve(wanted && all.find(({ label }) => wanted.test(label)));
      },
    });
  });

  suiteTeardown(async () => {
    Object.assign(vscode.window, { showQuickPick });
    await autoSave(undefined);
  });

  setup(() => {
    simulator().reset();
    messages.length = 0;
    asked.length = 0;
    answer = () => undefined;
  });

  teardown(async () => {
    picks = (title) => (title.startsWith('Open batch') ? /^Discard the batch/ : null);
    answer = (message) => (message.startsWith('Discard the batch') ? 'Discard' : undefined);
    await vscode.commands.executeCommand('delegate.openBatch');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['batch', 'odd']) rmSync(at(name), { recursive: true, force: true });
  });

  /** Start of the plan, and on with the brief that comes. */
  const goOn: Picks = (title) => {
    if (title.startsWith('Plan: ')) return /^Start/;
    return title.includes('what workers are told') ? /^Go on with/ : null;
  };

  function root(): vscode.Uri {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    return folder.uri;
  }

  function at(name: string): string {
    return path.join(root().fsPath, ...name.split('/'));
  }

  function write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(at(name)), { recursive: true });
      writeFileSync(at(name), content);
    }
  }

  function below(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]),
    );
  }

  function read(name: string): string {
    return readFileSync(at(name), 'utf8');
  }

  function sent(): number {
    return simulator().requests.filter(({ method }) => method === 'POST').length;
  }

  async function run(folder: string, task = 'docstring'): Promise<void> {
    const uri = vscode.Uri.joinPath(root(), folder);
    await vscode.commands.executeCommand('delegate.runOnFiles', uri, [uri], { task });
  }

  function batchesFolder(): string {
    return path.join(globalStorage(process.env['DELEGATE_TEST_USER_DATA'] ?? ''), 'batches');
  }

  /** The one batch, as its journal tells of it. */
  async function batch(): Promise<{
    id: string;
    files: readonly BatchFile[];
    state: Journal['state'];
  }> {
    const [id = '', ...others] = readdirSync(batchesFolder());
    assert.deepEqual(others, []);
    const { state } = await Journal.open(nodeFolder(path.join(batchesFolder(), id)));
    return { id, files: [...state.files.values()], state };
  }

  async function groups(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const file of (await batch()).files) {
      counts[reviewGroup(file)] = (counts[reviewGroup(file)] ?? 0) + 1;
    }
    return counts;
  }

  async function resultOf(name: string): Promise<vscode.Uri> {
    return vscode.Uri.from({
      scheme: BATCH_SCHEME,
      authority: (await batch()).id,
      path: `/${name}`,
    });
  }

  test('60 files of six languages: one discarded, one edited, the rest applied, all undone', async function () {
    this.timeout(180_000);
    const files = below('batch', sampleFolder(10));
    const leftOut = {
      'batch/.gitignore': 'build/\n',
      'batch/build/out.py': 'def a():\n    return 1\n',
      'batch/picture.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]),
      'batch/api_pb2.py': '# Generated by the protocol buffer compiler.\ndef a():\n    return 1\n',
      'batch/done.py': 'def a():\n    """Gives one."""\n    return 1\n',
      'batch/notes.ipynb': '{"cells":[]}',
    };
    write({ ...files, ...leftOut });
    const changes: string[] = [];
    const watcher = watch(at('batch'), { recursive: true }, (_, name) =>
      changes.push(String(name)),
    );
    const before = ledgerEntries().length;
    picks = goOn;
    try {
      await run('batch');
    } finally {
      watcher.close();
    }
    assert.deepEqual(changes, [], 'nothing of the workspace is written before Apply');
    for (const [name, text] of Object.entries(files)) assert.equal(read(name), text);

    const { state } = await batch();
    assert.deepEqual(state.skipped.map(({ path: name, reason }) => [name, reason]).sort(), [
      ['batch/.gitignore', 'no-language'],
      ['batch/api_pb2.py', 'generated'],
      ['batch/build/', 'ignored'],
      ['batch/done.py', 'documented'],
      ['batch/notes.ipynb', 'notebook'],
      ['batch/picture.png', 'binary'],
    ]);
    assert.deepEqual(await groups(), { verified: 60 });
    assert.ok(ledgerEntries().length > before + 50);
    const billed = [...simulator().bills.values()].reduce((sum, cost) => sum + cost, 0);
    assert.equal(state.spentNanoUsd, billed);

    await vscode.commands.executeCommand(
      'delegate.discardBatchFiles',
      await resultOf('batch/py/part0.py'),
    );
    const edited = await resultOf('batch/ts/part1.ts');
    await vscode.commands.executeCommand('delegate.openBatchFile', edited);
    const document = await vscode.workspace.openTextDocument(edited);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(edited, new vscode.Position(0, 0), '// Sums the values.\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await poll('the edit is saved by itself', () => Promise.resolve(!document.isDirty));
    assert.deepEqual(await groups(), { verified: 59, skipped: 1 });

    await vscode.commands.executeCommand('delegate.applyVerified');
    assert.deepEqual(await groups(), { applied: 59, skipped: 1 });
    assert.equal(read('batch/py/part0.py'), files['batch/py/part0.py'], 'discarded');
    assert.match(read('batch/ts/part1.ts'), /^\/\/ Sums the values\.\n/);
    assert.match(read('batch/go/part2.go'), /\/\/ .*\nfunc Count2/);
    assert.ok(messages.some((message) => message.startsWith('Applied: 59.')));

    await vscode.commands.executeCommand('delegate.undoBatch');
    for (const [name, text] of Object.entries(files)) assert.equal(read(name), text, name);
    assert.deepEqual(await groups(), { verified: 59, skipped: 1 });
  });

  test('a limit that is too small is refused before any request', async () => {
    write(below('batch', sampleFolder(2)));
    picks = (title) => (title.startsWith('Plan: ') ? /^never$/ : null);
    await withSettings({ 'batch.perBatchBudget': 0.0001 }, () => run('batch'));
    const [plan] = asked.filter((each) => each.startsWith('Plan: '));
    assert.ok(plan && !plan.includes('Start'), plan);
    assert.equal(sent(), 0);
  });

  test('a budget of the day refuses the whole limit before any request', async () => {
    write(below('batch', sampleFolder(1)));
    picks = goOn;
    await withSettings({ 'budget.daily': 0.001 }, () => run('batch'));
    assert.equal(sent(), 0);
    assert.ok(
      messages.some((message) => message.includes('daily budget')),
      messages.join('\n'),
    );
  });

  test('stopped and gone on with: nothing is paid twice', async () => {
    write(below('batch', sampleFolder(3)));
    picks = (title, labels) => {
      if (title.includes('what workers are told')) {
        void vscode.commands.executeCommand('delegate.stopBatch');
        return null;
      }
      return goOn(title, labels);
    };
    await run('batch');
    const first = await batch();
    const done = first.files.filter(({ standing }) => standing !== null).length;
    assert.ok(done > 0 && done < 18, `${done} done`);
    const paid = sent();

    picks = (title, labels) => (title === 'Open batch' ? /^Go on/ : goOn(title, labels));
    await vscode.commands.executeCommand('delegate.openBatch');
    assert.deepEqual(await groups(), { verified: 18 });
    // The rest, one request each, and neither the sample nor its brief again.
    assert.ok(sent() - paid <= 18 - done + 2, `${sent() - paid} requests for ${18 - done} files`);
  });

  test('files as people have them: unsaved, read-only, gone, changed, byte order mark, mixed ends', async () => {
    const code = (name: string): string =>
      `def ${name}(values):\n    total = 0\n    for value in values:\n        total += value\n    return total\n`;
    const originals: Record<string, string> = {
      'batch/unsaved.py': code('unsaved'),
      'batch/locked.py': code('locked'),
      'batch/gone.py': code('gone'),
      'batch/elsewhere.py': `${code('elsewhere')}\n\nLIMIT = 1\n`,
      'batch/clash.py': code('clash'),
      'batch/mark.py': `\uFEFF${code('mark')}`,
      'batch/ends.py': code('ends').replace('\n', '\r\n'),
      'batch/open.py': code('opened'),
    };
    write(originals);
    const editor = await vscode.window.showTextDocument(
      vscode.Uri.joinPath(root(), 'batch/unsaved.py'),
      { preview: false },
    );
    await editor.edit((edit) => edit.insert(new vscode.Position(5, 0), 'UNSAVED = 1\n'));
    const open = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(root(), 'batch/open.py'),
    );
    picks = goOn;
    await run('batch');
    assert.deepEqual(await groups(), { verified: 8 });

    chmodSync(at('batch/locked.py'), 0o444);
    rmSync(at('batch/gone.py'));
    write({
      'batch/elsewhere.py': read('batch/elsewhere.py').replace('LIMIT = 1', 'LIMIT = 2'),
      'batch/clash.py': read('batch/clash.py').replace(
        '    total = 0\n',
        '    """Mine."""\n    total = 1\n',
      ),
    });
    await vscode.commands.executeCommand('delegate.applyVerified');
    chmodSync(at('batch/locked.py'), 0o644);
    assert.deepEqual(await groups(), { applied: 5, verified: 2, conflicts: 1 });
    const [said = ''] = messages.filter((message) => message.startsWith('Applied: '));
    assert.match(said, /Read-only: 1\. .*|Deleted or renamed: 1\./);
    assert.match(said, /In conflict: 1\./);

    assert.ok(editor.document.isDirty, 'what was not saved is not saved for the user');
    assert.match(editor.document.getText(), /"""[^]*UNSAVED = 1/);
    assert.equal(read('batch/unsaved.py'), originals['batch/unsaved.py']);
    assert.match(read('batch/elsewhere.py'), /"""[^]*LIMIT = 2/);
    assert.ok(read('batch/mark.py').startsWith('\uFEFFdef mark'));
    assert.match(read('batch/ends.py'), /^def ends\(values\):\r\n {4}"""/);
    assert.ok(read('batch/ends.py').endsWith('        total += value\n    return total\n'));
    assert.match(open.getText(), /"""/);
    assert.ok(!open.isDirty);
    assert.equal(read('batch/open.py'), open.getText());

    // Both versions are in the result until the user has chosen.
    const clash = await resultOf('batch/clash.py');
    const result = await vscode.workspace.openTextDocument(clash);
    assert.match(result.getText(), /^<{7} .*^={7}$.*^>{7} /ms);
    await vscode.commands.executeCommand('delegate.applyBatchFiles', clash);
    assert.match(read('batch/clash.py'), /"""Mine\."""/);
    assert.deepEqual(await groups(), { applied: 5, verified: 2, conflicts: 1 });

    await vscode.commands.executeCommand('delegate.undoBatch');
    assert.equal(editor.document.getText(), `${originals['batch/unsaved.py'] ?? ''}UNSAVED = 1\n`);
    for (const name of ['batch/mark.py', 'batch/ends.py', 'batch/open.py', 'batch/locked.py']) {
      assert.equal(read(name), originals[name], name);
    }
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('an editor that formats what it saves does not break Undo', async () => {
    write({ 'batch/one.py': 'def one():\n    return 1\n' });
    const uri = vscode.Uri.joinPath(root(), 'batch/one.py');
    await vscode.window.showTextDocument(uri);
    picks = goOn;
    await run('batch');
    const formatting = vscode.languages.registerDocumentFormattingEditProvider('python', {
      provideDocumentFormattingEdits: (document) => [
        vscode.TextEdit.insert(new vscode.Position(document.lineCount, 0), '# formatted\n'),
      ],
    });
    const editor = vscode.workspace.getConfiguration('editor');
    await editor.update('formatOnSave', true, vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand('delegate.applyVerified');
      assert.match(read('batch/one.py'), /"""[^]*# formatted\n$/);
      assert.deepEqual(await groups(), { applied: 1 });
    } finally {
      await editor.update('formatOnSave', undefined, vscode.ConfigurationTarget.Global);
      formatting.dispose();
    }
    await vscode.commands.executeCommand('delegate.undoBatch');
    assert.equal(read('batch/one.py'), 'def one():\n    return 1\n');
  });

  test('summaries become one document with links; names are no links and no patterns', async () => {
    write({
      'odd/[slug].ts': 'export const slug = 1;\n',
      'odd/slug.ts': 'export const other = 2;\n',
      'odd/x](command:evil).py': 'def evil():\n    return 1\n',
    });
    picks = goOn;
    const uris = ['odd/[slug].ts', 'odd/x](command:evil).py'].map((name) =>
      vscode.Uri.joinPath(root(), name),
    );
    await vscode.commands.executeCommand('delegate.runOnFiles', uris[0], uris, {
      task: 'summarize',
    });
    const { files } = await batch();
    assert.deepEqual(
      files.map((file) => file.path),
      ['odd/[slug].ts', 'odd/x](command:evil).py'],
    );
    const tab = await poll('the rendered document', () =>
      Promise.resolve(
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .find(({ label }) => label.startsWith('Preview Summarize')),
      ),
    );
    assert.ok(tab);
    const text = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === 'delegate-answer' && uri.path.startsWith('/Summarize'),
    );
    assert.ok(text);
    assert.match(text.getText(), /^## \[odd\/\\\[slug\\\]\.ts\]\(file:\/\/\//m);
    assert.doesNotMatch(text.getText(), /[^\\]\]\(command:/);
  });
});
