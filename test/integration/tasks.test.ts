import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Sample, samples } from './support/samples';
import { draftWords } from './support/draftWords';
import { ledgerEntries, openDraftUri, openText, useSettings, useSimulator } from './support/stage';

/** Applies the draft in front and gives the document's new text. */
async function applied(editor: vscode.TextEditor): Promise<string> {
  const uri = openDraftUri();
  assert.ok(uri, 'a draft is open');
  await vscode.commands.executeCommand('delegate.applyDraft', uri);
  assert.equal(openDraftUri(), null, 'the diff is closed');
  return editor.document.getText();
}

async function undone(editor: vscode.TextEditor): Promise<string> {
  await vscode.window.showTextDocument(editor.document);
  await vscode.commands.executeCommand('undo');
  return editor.document.getText();
}

function lastStatus(route: string): string | undefined {
  const entry = ledgerEntries().at(-1);
  assert.equal(entry?.route, route);
  return entry.status;
}

const tasks: Readonly<Record<string, (sample: Sample) => Promise<void>>> = {
  async summarize(sample) {
    await openText(sample.text, sample);
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    assert.equal(lastStatus('summarize'), 'completed');
  },

  async docstring(sample) {
    const editor = await openText(sample.text, sample);
    await vscode.commands.executeCommand('delegate.draftDocstring');
    assert.equal(lastStatus('docstring'), 'completed');
    if (!sample.canBeDocumented) {
      assert.equal(openDraftUri(), null);
      return;
    }
    assert.match(draftWords(), /verified: only comments added/);
    const text = await applied(editor);
    assert.notEqual(text, sample.text);
    const lines = text.split('\n');
    for (const line of sample.text.split('\n')) assert.ok(lines.includes(line), line);
    assert.equal(await undone(editor), sample.text, 'one undo step');
  },

  async reformat(sample) {
    const editor = await openText(sample.text, sample);
    await vscode.commands.executeCommand('delegate.reformatSelection');
    assert.equal(lastStatus('reformat'), 'completed');
    const isMarkdown = sample.languageId === 'markdown';
    assert.match(
      draftWords(),
      isMarkdown ? /not verified for this language/ : /verified: only layout changed/,
    );
    const text = await applied(editor);
    assert.notEqual(text, sample.text);
    if (!isMarkdown) assert.equal(text.replace(/\s/g, ''), sample.text.replace(/\s/g, ''));
    assert.equal(await undone(editor), sample.text, 'one undo step');
  },

  async extract(sample) {
    await openText(sample.text, sample);
    await vscode.commands.executeCommand('delegate.extractFromSelection', { preset: 'todos' });
    assert.equal(lastStatus('extract'), 'completed');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'json');
    const found = JSON.parse(document.getText()) as readonly { readonly text: string }[];
    assert.equal(found.length, 1);
    assert.match(found[0]?.text ?? '', /decide what an empty list means/);
  },

  async refactor(sample) {
    const editor = await openText(sample.text, sample);
    await vscode.commands.executeCommand('delegate.draftRefactor', {
      instruction: sample.canBeDocumented ? 'rename total to sum' : 'rename median to middle',
    });
    assert.equal(lastStatus('refactor'), 'completed');
    const text = await applied(editor);
    const [from, to] = sample.canBeDocumented ? ['total', 'sum'] : ['median', 'middle'];
    assert.match(text, new RegExp(`\\b${to}\\b`));
    assert.doesNotMatch(text, new RegExp(`\\b${from}\\b`));
    assert.equal(await undone(editor), sample.text, 'one undo step');
  },

  async instruct(sample) {
    await openText(sample.text, sample);
    await vscode.commands.executeCommand('delegate.runTask', { instruction: 'Count the lines' });
    assert.equal(lastStatus('instruct'), 'completed');
  },
};

/** By turns, so that each task and each language is seen with both. */
suite('tasks', () => {
  useSimulator();
  for (const [turn, protocol] of (['responses', 'chat'] as const).entries()) {
    suite(protocol, () => {
      useSettings({ protocol });
      for (const [row, sample] of samples.entries()) {
        for (const [column, [task, run]] of Object.entries(tasks).entries()) {
          if ((row + column) % 2 === turn) {
            test(`${task} on ${sample.languageId}`, () => run(sample));
          }
        }
      }
    });
  }
});
