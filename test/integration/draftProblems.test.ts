import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { poll } from '../support/poll';
import { openDraftUri, openText, useSimulator } from './support/stage';

interface Case {
  readonly languageId: string;
  readonly extension: string;
  readonly text: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Each is a whole file; the lines alone are no text that the editor's checks take. */
const CASES: readonly Case[] = [
  {
    languageId: 'typescript',
    extension: 'ts',
    text: 'export class Store {\n  items = [1];\n\n  async total(first:number):Promise<number>{\n    return this.items.length+first\n  }\n}\n',
    firstLine: 4,
    lastLine: 6,
  },
  {
    languageId: 'javascript',
    extension: 'js',
    text: 'export class Store {\n  items = [1];\n\n  async total(first){\n    return this.items.length+first\n  }\n}\n',
    firstLine: 4,
    lastLine: 6,
  },
  {
    languageId: 'json',
    extension: 'json',
    text: '{\n  "a": {"b":1},\n  "c":[1,\n2]\n}\n',
    firstLine: 2,
    lastLine: 4,
  },
  {
    languageId: 'css',
    extension: 'css',
    text: '.a {\n  .b { color:red }\n  color:blue\n}\n',
    firstLine: 3,
    lastLine: 4,
  },
];

/** Waits until a document has problems. */
function problemsOf(uri: vscode.Uri): Promise<unknown> {
  return poll('problems', () => vscode.languages.getDiagnostics(uri).length > 0);
}

function problemsOfDrafts(): string[] {
  return vscode.languages
    .getDiagnostics()
    .filter(([uri]) => uri.scheme.startsWith('delegate-'))
    .flatMap(([uri, found]) => found.map(({ message }) => `${uri.toString()}: ${message}`));
}

suite('problems in drafts', () => {
  const simulator = useSimulator();

  setup(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const given of CASES) {
    test(`a part of a file has none, in ${given.languageId}`, async () => {
      const { document } = await openText(given.text, given);
      await vscode.commands.executeCommand('delegate.reformatSelection');
      const uri = openDraftUri();
      assert.ok(uri, 'a draft is open');
      // The same lines as a file of their own, opened later: whatever checks files has found them.
      const { firstLine, lastLine, languageId } = given;
      const content = document.getText(new vscode.Range(firstLine - 1, 0, lastLine, 0));
      const control = await vscode.workspace.openTextDocument({ content, language: languageId });
      await vscode.window.showTextDocument(control, { preview: false });
      await problemsOf(control.uri);
      assert.deepEqual(problemsOfDrafts(), []);
      await vscode.commands.executeCommand('delegate.applyDraft', uri);
      assert.equal(document.languageId, languageId);
      assert.notEqual(document.getText(), given.text);
    });
  }

  test('a whole file is checked as one, and a task on a part knows its language', async () => {
    const [given] = CASES;
    assert.ok(given);
    await openText(given.text, { extension: 'ts' });
    await vscode.commands.executeCommand('delegate.reformatSelection');
    assert.equal(rightDocument().languageId, 'typescript');
    await openText(given.text, given);
    await vscode.commands.executeCommand('delegate.reformatSelection');
    const { languageId, uri } = rightDocument();
    assert.equal(languageId, 'delegate-part-typescript');
    simulator().reset();
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('editor.action.selectAll');
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    const sent = JSON.stringify(simulator().requests.map(({ body }) => body));
    assert.match(sent, /Language: typescript\\n/);
  });
});

function rightDocument(): vscode.TextDocument {
  const uri = openDraftUri()?.toString();
  const found = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
  return found ?? assert.fail('no draft is in front');
}
