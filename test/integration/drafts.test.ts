import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { poll } from '../support/poll';
import { draftWords } from './support/draftWords';
import { openDraftUri, openText, useSimulator, withSettings } from './support/stage';

const code = `export function first(total: number): number {
  return total + 1;
}

export function second(total: number): number {
  const step = 2;
  const factor = 3;
  return total + step * factor;
}

export function third(total: number): number {
  return total + 3;
}
`;

const rename = { instruction: 'rename total to sum' };
const withSum = (text: string): string => text.replaceAll('total', 'sum');

/** Drafts the refactoring on the lines of `second`. @returns the editor and the draft's address. */
async function draftSecond(
  text = code,
): Promise<{ readonly editor: vscode.TextEditor; readonly uri: vscode.Uri }> {
  const editor = await openText(text, { extension: 'ts', firstLine: 5, lastLine: 9 });
  await vscode.commands.executeCommand('delegate.draftRefactor', rename);
  const uri = openDraftUri();
  assert.ok(uri, 'a draft is open');
  return { editor, uri };
}

async function apply(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('delegate.applyDraft', uri);
}

async function type(editor: vscode.TextEditor, line: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(editor.document.uri, new vscode.Position(line, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function undo(editor: vscode.TextEditor): Promise<void> {
  await vscode.window.showTextDocument(editor.document);
  await vscode.commands.executeCommand('undo');
}

function expected(text: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.includes('function second'));
  return [
    ...lines.slice(0, start),
    ...lines.slice(start, start + 5).map(withSum),
    ...lines.slice(start + 5),
  ].join('\n');
}

suite('drafts', () => {
  useSimulator();

  test('the file is untouched until Apply, which is one undo step', async () => {
    const { editor, uri } = await draftSecond();
    assert.equal(editor.document.getText(), code);
    await apply(uri);
    assert.equal(editor.document.getText(), expected(code));
    await undo(editor);
    assert.equal(editor.document.getText(), code);
  });

  test('typing above and below moves the draft along', async () => {
    const { editor, uri } = await draftSecond();
    await type(editor, 11, '// below\n');
    await type(editor, 0, '// above\n');
    const typed = editor.document.getText();
    await apply(uri);
    assert.equal(editor.document.getText(), expected(typed));
    await undo(editor);
    assert.equal(editor.document.getText(), typed, 'undo keeps what was typed');
  });

  test('typing inside, on other lines, is merged', async () => {
    const { editor, uri } = await draftSecond();
    await type(editor, 6, '  // inside\n');
    await apply(uri);
    const text = editor.document.getText();
    assert.match(text, / {2}\/\/ inside\n/);
    assert.match(text, /second\(sum: number\)/);
  });

  test('the same line changed on both sides is a conflict that is shown, not guessed', async () => {
    const { editor, uri } = await draftSecond();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(editor.document.uri, new vscode.Range(7, 0, 7, 100), '  return total * step;');
    await vscode.workspace.applyEdit(edit);
    const typed = editor.document.getText();
    await apply(uri);
    assert.equal(editor.document.getText(), typed, 'nothing was applied');
    const right = await vscode.workspace.openTextDocument(uri);
    await poll('conflict markers', () =>
      /<<<<<<<[^]*total \* step[^]*sum \+ step[^]*>>>>>>>/.test(right.getText()),
    );
    await apply(uri);
    assert.equal(editor.document.getText(), typed, 'unresolved conflicts are not applied');
    await vscode.commands.executeCommand('delegate.discardDraft', uri);
  });

  test('the user’s own edits of the right side are what is applied', async () => {
    const { editor, uri } = await draftSecond();
    const right = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(1, 0), '  // mine\n');
    await vscode.workspace.applyEdit(edit);
    assert.match(right.getText(), /mine/);
    await apply(uri);
    assert.match(editor.document.getText(), /second\(sum: number\): number \{\n {2}\/\/ mine\n/);
  });

  test('two drafts on one file are applied one after the other', async () => {
    const { editor, uri } = await draftSecond();
    editor.selection = new vscode.Selection(10, 0, 13, 0);
    await vscode.window.showTextDocument(editor.document, { selection: editor.selection });
    await vscode.commands.executeCommand('delegate.draftRefactor', rename);
    const other = openDraftUri();
    assert.ok(other);
    assert.notEqual(other.toString(), uri.toString());
    await apply(uri);
    await apply(other);
    const text = editor.document.getText();
    assert.match(text, /second\(sum: number\)/);
    assert.match(text, /third\(sum: number\)/);
    assert.match(text, /first\(total: number\)/);
  });

  test('closing the diff keeps the draft; discarding removes it', async () => {
    const { editor, uri } = await draftSecond();
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await apply(uri);
    assert.equal(editor.document.getText(), expected(code));
    const again = await draftSecond();
    await vscode.commands.executeCommand('delegate.discardDraft', again.uri);
    await assert.rejects(async () => vscode.workspace.fs.stat(again.uri));
    assert.equal(again.editor.document.getText(), code);
  });

  test('CRLF, tabs, a byte order mark and a missing final newline stay', async () => {
    const text = code.replaceAll('  ', '\t').trimEnd().replaceAll('\n', '\r\n');
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]);
    const editor = await openText(text, { extension: 'ts', firstLine: 5, lastLine: 9, bytes });
    await vscode.commands.executeCommand('delegate.draftRefactor', rename);
    const uri = openDraftUri();
    assert.ok(uri);
    await apply(uri);
    assert.match(editor.document.getText(), /second\(sum: number\)/);
    // A busy editor was seen to give a save up.
    await poll('the save', async () => editor.document.save());
    const written = await vscode.workspace.fs.readFile(editor.document.uri);
    const wanted = expected(text.replaceAll('\r\n', '\n')).replaceAll('\n', '\r\n');
    assert.deepEqual([...written.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.equal(Buffer.from(written.subarray(3)).toString('utf8'), wanted);
  });

  test('an untitled document takes a draft', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'typescript',
      content: code,
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(4, 0, 9, 0);
    await vscode.commands.executeCommand('delegate.draftRefactor', rename);
    const uri = openDraftUri();
    assert.ok(uri);
    await apply(uri);
    assert.equal(document.getText(), expected(code));
  });

  test('a deleted file refuses clearly and keeps the draft', async () => {
    const { editor, uri } = await draftSecond();
    const file = editor.document.uri;
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(file);
    await apply(uri);
    assert.ok((await vscode.workspace.fs.stat(uri)).size > 0, 'the draft is kept');
    await vscode.commands.executeCommand('delegate.discardDraft', uri);
  });

  test('a read-only file refuses clearly and keeps the draft', async function () {
    // Permissions do not bind the superuser, and the editor asks the file system.
    if (process.getuid?.() === 0) this.skip();
    const { editor, uri } = await draftSecond();
    fs.chmodSync(editor.document.uri.fsPath, 0o444);
    await apply(uri);
    assert.equal(editor.document.getText(), code);
    assert.ok((await vscode.workspace.fs.stat(uri)).size > 0, 'the draft is kept');
    await vscode.commands.executeCommand('delegate.discardDraft', uri);
  });
});

suite('drafts of workers that do more than they should', () => {
  useSimulator();

  test('a variable renamed while reformatting is caught and named', async () => {
    await withSettings({ workerModel: 'simulator/worker-renames' }, async () => {
      const editor = await openText(code, { extension: 'ts' });
      await vscode.commands.executeCommand('delegate.reformatSelection');
      const uri = openDraftUri();
      assert.ok(uri);
      assert.match(draftWords(), /not verified: .*code change/);
      assert.equal(editor.document.getText(), code);
      await vscode.commands.executeCommand('delegate.discardDraft', uri);
    });
  });

  test('a line deleted while adding docstrings never gets near the file', async () => {
    await withSettings({ workerModel: 'simulator/worker-deletes-line' }, async () => {
      const editor = await openText(code, { extension: 'ts' });
      await vscode.commands.executeCommand('delegate.draftDocstring');
      // Only comments are taken out of an answer that has the code in it.
      const uri = openDraftUri() ?? assert.fail('a draft is open');
      const draft = await vscode.workspace.openTextDocument(uri);
      for (const line of code.split('\n')) assert.ok(draft.getText().includes(line), line);
      assert.equal(editor.document.getText(), code);
    });
  });
});
