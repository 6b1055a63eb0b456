import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { asArray, asRecord } from '../../src/common/json';
import { poll } from '../support/poll';
import { ledgerEntries, openDraftUri, openText, useSimulator } from './support/stage';

const functions = ['first', 'second', 'third'];
const code = functions
  .map((name) => `export function ${name}(total: number): number {\n  return total + 1;\n}\n`)
  .join('\n');
const rename = { instruction: 'rename total to sum' };

/** Selects each of the functions whole, last one first. */
async function selectFunctions(...indexes: readonly number[]): Promise<vscode.TextEditor> {
  const editor = await openText(code, { extension: 'ts' });
  editor.selections = [...indexes]
    .reverse()
    .map((index) => new vscode.Selection(index * 4, 0, index * 4 + 3, 0));
  return editor;
}

function draftUris(): vscode.Uri[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input.modified] : []));
}

suite('several selections', () => {
  const simulator = useSimulator();

  setup(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  function pinned(): string {
    const [request] = simulator().requests.filter(({ path }) => path.endsWith('/responses'));
    const [tool] = asArray(asRecord(request?.body)?.['tools']);
    return String(asRecord(asRecord(tool)?.['parameters'])?.['instructions']);
  }

  test('a text task reads all of them, in order, in one run', async () => {
    await selectFunctions(0, 2);
    const before = ledgerEntries().length;
    simulator().reset();
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    assert.equal(ledgerEntries().length, before + 1);
    const sent = pinned();
    assert.match(sent, /function first[^]*…[^]*function third/);
    assert.doesNotMatch(sent, /function second/);
  });

  test('extraction keeps the lines of the file', async () => {
    await selectFunctions(0, 2);
    simulator().reset();
    await vscode.commands.executeCommand('delegate.extractFromSelection', { preset: 'types' });
    assert.match(pinned(), /1\| export function first[^]*9\| export function third/);
  });

  test('an edit is a draft of each, and applying one leaves the others right', async () => {
    const editor = await selectFunctions(0, 2);
    await vscode.commands.executeCommand('delegate.draftRefactor', rename);
    const uris = draftUris();
    assert.equal(uris.length, 2);
    for (const uri of uris) await vscode.commands.executeCommand('delegate.applyDraft', uri);
    const [first, second, third] = editor.document.getText().split('\n\n');
    assert.match(first ?? '', /sum \+ 1/);
    assert.match(second ?? '', /total \+ 1/, 'what was not selected stays');
    assert.match(third ?? '', /sum \+ 1/);
  });

  test('several cursors in one symbol are that symbol once', async () => {
    const editor = await openText(code, { extension: 'ts' });
    await poll('document symbols', async () => {
      const symbols = await vscode.commands.executeCommand<unknown[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        editor.document.uri,
      );
      return symbols !== undefined && symbols.length > 0;
    });
    editor.selections = [4, 5, 9].map((line) => new vscode.Selection(line, 3, line, 3));
    simulator().reset();
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    const sent = pinned();
    assert.equal(sent.match(/function second/g)?.length, 1);
    assert.match(sent, /function third/);
    assert.doesNotMatch(sent, /function first/);
  });

  test('a second draft of the same lines is never applied over the first in silence', async () => {
    const editor = await selectFunctions(1);
    await vscode.commands.executeCommand('delegate.draftRefactor', rename);
    const one = openDraftUri();
    await vscode.window.showTextDocument(editor.document, {
      selection: new vscode.Selection(4, 0, 7, 0),
    });
    await vscode.commands.executeCommand('delegate.draftRefactor', {
      instruction: 'rename total to amount',
    });
    const two = openDraftUri();
    assert.ok(one && two);
    await vscode.commands.executeCommand('delegate.applyDraft', one);
    const applied = editor.document.getText();
    await vscode.commands.executeCommand('delegate.applyDraft', two);
    assert.equal(editor.document.getText(), applied, 'a conflict is shown, not guessed');
    await vscode.commands.executeCommand('delegate.discardDraft', two);
  });
});
