import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { poll } from '../support/poll';
import { withSettings } from './support/stage';

/** Writes a file below the workspace folder and opens it. */
async function open(path: string, text: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, ...path.split('/'));
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

function found(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'Delegate');
}

/** The editor offers words of the document besides. */
const OURS: ReadonlySet<vscode.CompletionItemKind> = new Set([
  vscode.CompletionItemKind.Property,
  vscode.CompletionItemKind.Value,
]);

async function suggestions(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return list.items
    .filter(({ kind }) => kind !== undefined && OURS.has(kind))
    .map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n');
}

suite('a recipe in the editor', () => {
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder.uri, '.vscode', 'delegate'), {
      recursive: true,
    });
  });

  test('fields and values are offered, and explained on hover', async () => {
    const text = '---\nresult: edit\nworker:\n  \n---\nDo it.\n';
    const document = await open('.vscode/delegate/offered.md', text);
    const fields = await suggestions(document, new vscode.Position(3, 2));
    assert.ok(fields.includes('maxCompletionTokens'), fields.join());
    const values = await suggestions(document, new vscode.Position(1, 8));
    for (const value of ['text', 'edit', 'json']) assert.ok(values.includes(value), values.join());
    assert.match(await hover(document, new vscode.Position(1, 2)), /`text`, `edit` or `json`/);
    assert.match(await hover(document, new vscode.Position(1, 9)), /as a draft/);
    assert.deepEqual(await suggestions(document, new vscode.Position(5, 3)), []);
  });

  test('what is wrong is marked on its line, as long as it is wrong', async () => {
    const text = '---\ntitle: Wrong\nresult: film\n---\nDo it.\n';
    const document = await open('.vscode/delegate/wrong.md', text);
    const [diagnostic] = await poll('a problem', () => {
      const all = found(document);
      return all.length > 0 && all;
    });
    assert.match(diagnostic?.message ?? '', /result has an unknown value\. Write text or edit/);
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.getText(diagnostic.range), 'result: film');

    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(2, 8, 2, 12), 'text');
    await vscode.workspace.applyEdit(edit);
    await poll('no problem', () => found(document).length === 0);
    await document.save();
  });

  test('a limit above the user’s own is a warning, which follows the setting', async () => {
    const text = '---\nworker:\n  maxCompletionTokens: 9000\n---\nDo it.\n';
    const document = await open('.vscode/delegate/greedy.md', text);
    await poll('a warning', () =>
      found(document).some(({ severity }) => severity === vscode.DiagnosticSeverity.Warning),
    );
    await withSettings({ 'worker.maxCompletionTokens': 10_000 }, async () => {
      await poll('no problem', () => found(document).length === 0);
    });
  });

  test('a closed recipe has no problems any more', async () => {
    const document = await open('.vscode/delegate/closed.md', '---\nresult: film\n---\nDo it.\n');
    await poll('a problem', () => found(document).length > 0);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    // The editor lets go of a document when it pleases; another language says the same at once.
    const again = await vscode.workspace.openTextDocument(document.uri);
    await vscode.languages.setTextDocumentLanguage(again, 'plaintext');
    await poll('no problem', () => found(document).length === 0);
  });

  test('Markdown elsewhere is left alone', async () => {
    const text = '---\nresult: film\n---\nDo it.\n';
    const elsewhere = await open('docs/delegate/page.md', text);
    const recipe = await open('.vscode/delegate/other.md', text);
    await poll('a problem of the recipe', () => found(recipe).length > 0);
    assert.deepEqual(found(elsewhere), []);
    assert.deepEqual(await suggestions(elsewhere, new vscode.Position(1, 8)), []);
    assert.equal(await hover(elsewhere, new vscode.Position(1, 2)), '');
  });
});
