import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { poll } from '../support/poll';
import { MemoryFile } from './support/memoryFile';
import { useMessages } from './support/messages';
import { ledgerEntries, openDraftUri, openText, useSimulator } from './support/stage';

const code = `function sumOf(values: number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
`;
const renamed = code.replaceAll('total', 'sum');
const rename = { instruction: 'rename total to sum' };
const NEW_FILE = 'Open as a new file';

suite('documents that are no plain files', () => {
  const simulator = useSimulator();
  let wanted: string | undefined;
  const messages = useMessages((message) =>
    message.includes('is read-only.') ? wanted : undefined,
  );
  const disposables: vscode.Disposable[] = [];

  suiteSetup(() => {
    const { workspace } = vscode;
    const provider = { provideTextDocumentContent: () => code };
    disposables.push(
      workspace.registerTextDocumentContentProvider('delegate-shown', provider),
      workspace.registerFileSystemProvider('delegate-archive', new MemoryFile(code), {
        isReadonly: true,
      }),
      workspace.registerFileSystemProvider('delegate-older', new MemoryFile(code), {
        isReadonly: true,
      }),
    );
  });
  suiteTeardown(() => {
    for (const disposable of disposables) disposable.dispose();
  });
  setup(() => {
    messages.length = 0;
    wanted = undefined;
    simulator().reset();
  });

  async function show(document: vscode.TextDocument): Promise<vscode.TextDocument> {
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    editor.selection = new vscode.Selection(0, 0, document.lineCount, 0);
    return document;
  }

  async function open(
    scheme: string,
    path = '/sample.ts',
    query = '',
  ): Promise<vscode.TextDocument> {
    const uri = vscode.Uri.from({ scheme, path, query });
    return show(await vscode.workspace.openTextDocument(uri));
  }

  /** A file that the editor alone holds to be read-only. */
  async function openLocked(): Promise<vscode.TextDocument> {
    const { document } = await openText(code, { extension: 'locked.ts' });
    await setReadonly({ '**/*.locked.ts': true });
    return show(document);
  }

  async function setReadonly(value: unknown): Promise<void> {
    const files = vscode.workspace.getConfiguration('files');
    await files.update('readonlyInclude', value, vscode.ConfigurationTarget.Global);
  }

  async function summarize(): Promise<void> {
    const before = ledgerEntries().length;
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    assert.deepEqual(messages, []);
    assert.equal(ledgerEntries().length, before + 1);
    assert.equal(ledgerEntries().at(-1)?.status, 'completed');
  }

  const readonlyDocuments: Readonly<Record<string, () => Promise<vscode.TextDocument>>> = {
    'text that a provider shows': () => open('delegate-shown'),
    'a file of a read-only file system': () => open('delegate-archive'),
    'a file that files.readonlyInclude names': openLocked,
  };
  for (const [name, openIt] of Object.entries(readonlyDocuments)) {
    test(`${name}: is summarized; its draft is not applied, but becomes a new file`, async () => {
      const document = await openIt();
      try {
        await summarize();
        await show(document);
        await vscode.commands.executeCommand('delegate.draftRefactor', rename);
        assert.match(messages.join(), /This document is read-only: its draft can be read/);
        const uri = openDraftUri() ?? assert.fail('no draft');
        assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), renamed);
        messages.length = 0;
        wanted = NEW_FILE;
        await vscode.commands.executeCommand('delegate.applyDraft', uri);
        assert.match(messages.join(), /is read-only\. The draft is kept/);
        assert.match(messages.join(), new RegExp(NEW_FILE));
        assert.deepEqual([document.getText(), document.isDirty], [code, false]);
        const copy = await poll('the new file', () => {
          const shown = vscode.window.activeTextEditor?.document;
          return shown?.uri.scheme === 'untitled' && shown;
        });
        assert.deepEqual([copy.getText(), copy.languageId], [renamed, 'typescript']);
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
        await vscode.commands.executeCommand('delegate.discardDraft', uri);
      } finally {
        await setReadonly(undefined);
      }
    });
  }

  test('an untitled document: is summarized, and a draft is applied', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'typescript',
      content: code,
    });
    await show(document);
    await summarize();
    await show(document);
    await vscode.commands.executeCommand('delegate.draftRefactor', rename);
    const uri = openDraftUri() ?? assert.fail('no draft');
    await vscode.commands.executeCommand('delegate.applyDraft', uri);
    assert.deepEqual(messages, []);
    assert.equal(document.getText(), renamed);
    await show(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('the settings file of the user: is summarized', async () => {
    await vscode.commands.executeCommand('workbench.action.openSettingsJson');
    const document = await poll('the settings', () => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.uri.path.endsWith('/settings.json') && shown;
    });
    await show(document);
    await summarize();
    assert.equal(document.isDirty, false);
  });

  test('an older version of a file: an ignore file of the workspace keeps it out, too', async () => {
    const { document } = await openText(code, { extension: 'ts' });
    const { path } = document.uri;
    await open('delegate-older', path, 'ref=HEAD~1');
    await summarize();
    const [folder] = vscode.workspace.workspaceFolders ?? assert.fail('no folder');
    const ignore = vscode.Uri.joinPath(folder?.uri ?? assert.fail(), '.delegateignore');
    fs.writeFileSync(ignore.fsPath, `${path.split('/').at(-1) ?? ''}\n`);
    try {
      simulator().reset();
      await open('delegate-older', path, 'ref=HEAD~1');
      await vscode.commands.executeCommand('delegate.summarizeSelection');
      assert.match(messages.join(), /Not sent: line 1 of \.delegateignore/);
      // The bill of the run before may be looked up meanwhile.
      assert.deepEqual(
        simulator().requests.filter(({ method }) => method === 'POST'),
        [],
      );
    } finally {
      fs.rmSync(ignore.fsPath);
    }
  });
});
