import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { poll } from '../support/poll';
import { ledgerEntries, openDraftUri, useSimulator } from './support/stage';

const cells = [
  'total = 0\n',
  'def first(total):\n    return total + 1\n\n\ndef second(total):\n    return total + 2\n',
  'def third(total):\n    return total + 3\n',
];
const rename = { instruction: 'rename total to sum' };
const withSum = (text: string): string => text.replaceAll('total', 'sum');
let notebookNumber = 0;

/** Writes a Jupyter notebook into the workspace and opens it. */
async function openNotebook(): Promise<vscode.NotebookDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  notebookNumber += 1;
  const uri = vscode.Uri.joinPath(folder.uri, `notebook${notebookNumber}.ipynb`);
  const content = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { language_info: { name: 'python' } },
    cells: cells.map((source, index) => ({
      id: `cell${index}`,
      cell_type: 'code',
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
  };
  await vscode.workspace.fs.writeFile(uri, Buffer.from(JSON.stringify(content)));
  return vscode.workspace.openNotebookDocument(uri);
}

/** Selects a cell as a click beside it does, without a cursor in its text. */
async function selectCell(notebook: vscode.NotebookDocument, index: number): Promise<void> {
  const selections = [new vscode.NotebookRange(index, index + 1)];
  await vscode.window.showNotebookDocument(notebook, { selections });
  await vscode.commands.executeCommand('notebook.cell.quitEdit');
  await poll('the selected cells', () =>
    vscode.window.activeNotebookEditor?.selections.some(({ start }) => start === index),
  );
}

/** Puts the cursor into a cell and selects lines of it. */
async function editCell(
  notebook: vscode.NotebookDocument,
  index: number,
  selections: readonly vscode.Selection[],
): Promise<void> {
  await selectCell(notebook, index);
  await vscode.commands.executeCommand('notebook.cell.edit');
  const cell = notebook.cellAt(index);
  const editor = await poll(
    'the cell’s editor',
    () =>
      vscode.window.activeTextEditor?.document === cell.document && vscode.window.activeTextEditor,
  );
  editor.selections = selections;
}

async function draftThird(notebook: vscode.NotebookDocument): Promise<vscode.Uri> {
  await selectCell(notebook, 2);
  await vscode.commands.executeCommand('delegate.draftRefactor', rename);
  const uri = openDraftUri();
  assert.ok(uri, 'a draft is open');
  return uri;
}

async function changeCells(
  notebook: vscode.NotebookDocument,
  edit: vscode.NotebookEdit,
): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  change.set(notebook.uri, [edit]);
  assert.ok(await vscode.workspace.applyEdit(change));
}

const textOf = (notebook: vscode.NotebookDocument, index: number): string =>
  notebook.cellAt(index).document.getText();

const apply = (uri: vscode.Uri): Thenable<unknown> =>
  vscode.commands.executeCommand('delegate.applyDraft', uri);

suite('notebooks', () => {
  const simulator = useSimulator();

  test('a selection in a cell is drafted and applied, and follows typing above it', async () => {
    const notebook = await openNotebook();
    await editCell(notebook, 1, [new vscode.Selection(4, 0, 6, 0)]);
    await vscode.commands.executeCommand('delegate.draftRefactor', rename);
    const uri = openDraftUri();
    assert.ok(uri, 'a draft is open');
    const right = await vscode.workspace.openTextDocument(uri);
    await poll('the cell’s language', () =>
      vscode.workspace.textDocuments.some(
        (each) => each.uri.toString() === right.uri.toString() && each.languageId === 'python',
      ),
    );
    // Typing above in the same cell moves the draft along.
    const typing = new vscode.WorkspaceEdit();
    typing.insert(notebook.cellAt(1).document.uri, new vscode.Position(0, 0), '# above\n');
    await vscode.workspace.applyEdit(typing);
    const before = textOf(notebook, 1);
    await apply(uri);
    const [head = '', tail = ''] = before.split(/(?=def second)/);
    assert.equal(textOf(notebook, 1), head + withSum(tail));
    assert.equal(textOf(notebook, 0), cells[0], 'other cells stay');
  });

  for (const [command, expected] of [
    ['delegate.draftDocstring', /"""[^]*"""/],
    ['delegate.reformatSelection', /def third/],
  ] as const) {
    test(`${command} works on a whole cell without a cursor in it`, async () => {
      const notebook = await openNotebook();
      await selectCell(notebook, 2);
      await vscode.commands.executeCommand(command);
      assert.equal(ledgerEntries().at(-1)?.status, 'completed');
      const uri = openDraftUri();
      if (uri) await apply(uri);
      assert.match(textOf(notebook, 2), expected);
    });
  }

  test('a summary reads several selected cells in order', async () => {
    const notebook = await openNotebook();
    await selectCell(notebook, 1);
    assert.ok(vscode.window.activeNotebookEditor);
    vscode.window.activeNotebookEditor.selections = [new vscode.NotebookRange(1, 3)];
    await poll('both cells', () => vscode.window.activeNotebookEditor?.selections[0]?.end === 3);
    simulator().reset();
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    const sent = JSON.stringify(simulator().requests.map(({ body }) => body));
    assert.ok(
      sent.indexOf('def first') > 0 && sent.indexOf('def third') > sent.indexOf('def first'),
    );
    assert.equal(ledgerEntries().at(-1)?.status, 'completed');
  });

  test('a notebook that .delegateignore names is not sent', async () => {
    const notebook = await openNotebook();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const rules = vscode.Uri.joinPath(folder.uri, '.delegateignore');
    await vscode.workspace.fs.writeFile(rules, Buffer.from('*.ipynb\n'));
    try {
      await selectCell(notebook, 2);
      simulator().reset();
      await vscode.commands.executeCommand('delegate.summarizeSelection');
      assert.ok(!simulator().requests.some(({ path }) => path.endsWith('/responses')));
    } finally {
      await vscode.workspace.fs.delete(rules);
    }
  });

  test('with its cell deleted a draft refuses and is kept; with the cell back it applies', async () => {
    const notebook = await openNotebook();
    const uri = await draftThird(notebook);
    await changeCells(notebook, vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(2, 3)));
    await apply(uri);
    assert.ok((await vscode.workspace.fs.stat(uri)).size > 0, 'the draft is kept');
    assert.equal(notebook.cellCount, 2);
    const again = new vscode.NotebookCellData(
      vscode.NotebookCellKind.Code,
      cells[2] ?? '',
      'python',
    );
    await changeCells(notebook, vscode.NotebookEdit.insertCells(0, [again]));
    await apply(uri);
    assert.equal(textOf(notebook, 0), withSum(cells[2] ?? ''));
  });

  test('a notebook closed meanwhile is opened again for its draft', async () => {
    const notebook = await openNotebook();
    const uri = await draftThird(notebook);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await apply(uri);
    const reopened = vscode.workspace.notebookDocuments.find(
      (each) => each.uri.toString() === notebook.uri.toString(),
    );
    assert.ok(reopened);
    assert.equal(textOf(reopened, 2), withSum(cells[2] ?? ''));
  });

  test('a notebook deleted meanwhile refuses and keeps the draft', async () => {
    const notebook = await openNotebook();
    const uri = await draftThird(notebook);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(notebook.uri);
    await apply(uri);
    assert.ok((await vscode.workspace.fs.stat(uri)).size > 0, 'the draft is kept');
    await vscode.commands.executeCommand('delegate.discardDraft', uri);
  });
});
