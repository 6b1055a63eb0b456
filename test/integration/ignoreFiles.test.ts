import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { Journal } from '../../src/batch/journal/journal';
import { nodeFolder } from '../../src/batch/journal/nodeFolder';
import { AGENT_TOOL } from '../../src/manifest';
import { globalStorage } from '../host/ledgerFiles';
import { onDisk, openWhole, put, workspaceRoot } from './support/folder';
import { MemoryFile } from './support/memoryFile';
import { useMessages } from './support/messages';
import { openDraftUri, useSimulator } from './support/stage';

const code = `export function sumOf(values: number[]): number {
  let total = 0;
  for (const value of values) { total += value; }
  return   total;
}
`;
const FOLDER = 'kept';
const FILE = `${FOLDER}/inner/secret.ts`;

/** Each way in which an ignore file keeps the file out, or may do so. */
const rules: Readonly<Record<string, () => void>> = {
  'a rule': () => put('.delegateignore', 'secret.ts\n'),
  'a rule of a folder above it': () => put(`${FOLDER}/.delegateignore`, 'inner/\n'),
  'a file in UTF-16': () =>
    put('.delegateignore', Buffer.from('\uFEFFkept/inner/*.ts\r\n', 'utf16le')),
  'a file in no encoding that is known': () =>
    put('.delegateignore', Buffer.from([0x61, 0x00, 0xff, 0xfe, 0xc3, 0x28])),
  'a folder in place of the file': () => {
    mkdirSync(onDisk('.delegateignore'));
  },
  'a link that leads nowhere': () => symlinkSync(onDisk('nothing'), onDisk('.delegateignore')),
  'rules without end': () => put('.delegateignore', 'a*'.repeat(20_000)),
};

suite('an ignore file', () => {
  const simulator = useSimulator();
  const messages = useMessages((message) =>
    message.startsWith('Discard the batch') ? 'Discard' : undefined,
  );
  const { showQuickPick } = vscode.window;
  let wanted: RegExp | null = null;
  const disposables: vscode.Disposable[] = [];

  suiteSetup(() => {
    disposables.push(
      vscode.workspace.registerFileSystemProvider('delegate-git', new MemoryFile(code), {
        isReadonly: true,
      }),
    );
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) =>
        Promise.resolve(wanted && items.find(({ label }) => wanted?.test(label))),
    });
  });
  suiteTeardown(() => {
    Object.assign(vscode.window, { showQuickPick });
    for (const disposable of disposables) disposable.dispose();
    rmSync(onDisk(FOLDER), { recursive: true, force: true });
  });
  setup(() => {
    put(FILE, code);
    simulator().reset();
    messages.length = 0;
  });
  teardown(async () => {
    rmSync(onDisk('.delegateignore'), { recursive: true, force: true });
    rmSync(onDisk(FOLDER), { recursive: true, force: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const sent = (): number => simulator().requests.filter(({ method }) => method === 'POST').length;

  async function assertKeptOut(uri: vscode.Uri): Promise<void> {
    messages.length = 0;
    await openWhole(uri);
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    assert.match(messages.join(), /Not sent: /, uri.toString());
    assert.equal(sent(), 0);
  }

  async function callTool(file: string): Promise<string> {
    const { content } = await vscode.lm.invokeTool(
      AGENT_TOOL,
      { input: { task: 'summarize', file }, toolInvocationToken: undefined },
      new vscode.CancellationTokenSource().token,
    );
    return JSON.stringify(content);
  }

  for (const [name, set] of Object.entries(rules)) {
    test(`${name}: commands and agents do not send it, nor by a link`, async () => {
      symlinkSync(onDisk(FILE), onDisk(`${FOLDER}/alias.ts`));
      set();
      await assertKeptOut(vscode.Uri.file(onDisk(FILE)));
      await assertKeptOut(vscode.Uri.file(onDisk(`${FOLDER}/alias.ts`)));
      for (const file of [FILE, `${FOLDER}/alias.ts`]) {
        assert.match(await callTool(file), /Not sent: /, file);
      }
      assert.equal(sent(), 0);
    });

    test(`${name}: a batch leaves it out`, async () => {
      put('open.ts', 'export const one = 1;\n');
      set();
      const folder = vscode.Uri.joinPath(workspaceRoot(), FOLDER);
      wanted = null;
      await vscode.commands.executeCommand('delegate.runOnFiles', folder, [folder], {
        task: 'docstring',
      });
      assert.equal(sent(), 0);
      const batches = path.join(
        globalStorage(process.env['DELEGATE_TEST_USER_DATA'] ?? ''),
        'batches',
      );
      for (const id of readdirSync(batches)) {
        const { state } = await Journal.open(nodeFolder(path.join(batches, id)));
        assert.deepEqual([...state.files.values()], []);
      }
      wanted = /^Discard the batch/;
      await vscode.commands.executeCommand('delegate.openBatch');
    });
  }

  test('holds for what shows the file: git, a page of search results', async () => {
    put('.delegateignore', 'secret.ts\n');
    const file = onDisk(FILE);
    const query = JSON.stringify({ path: file, ref: 'HEAD' });
    await assertKeptOut(vscode.Uri.from({ scheme: 'delegate-git', path: '/shown.ts', query }));
    await assertKeptOut(vscode.Uri.from({ scheme: 'delegate-git', path: file, query: 'HEAD' }));
    const results = `# Query: total\n\n${FILE}:\n  2:   let total = 0;\n`;
    await assertKeptOut(put('found.code-search', results));
    rmSync(onDisk('found.code-search'));
  });

  test('that comes while a draft is open holds for both sides of the draft', async () => {
    await openWhole(vscode.Uri.file(onDisk(FILE)));
    await vscode.commands.executeCommand('delegate.draftRefactor', {
      instruction: 'rename total to sum',
    });
    const draft = openDraftUri() ?? assert.fail('no draft');
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const original =
      input instanceof vscode.TabInputTextDiff ? input.original : assert.fail('no diff');
    simulator().reset();
    put('.delegateignore', 'secret.ts\n');
    await assertKeptOut(draft);
    await assertKeptOut(original);
    await vscode.commands.executeCommand('delegate.discardDraft', draft);
  });
});
