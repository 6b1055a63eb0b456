import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { AGENT_TOOL } from '../../src/manifest';
import { samples } from './support/samples';
import { poll } from '../support/poll';
import {
  ledgerEntries,
  nameOf,
  openDraftUri,
  openText,
  useSimulator,
  withSettings,
} from './support/stage';

const [sample] = samples;
assert.ok(sample);

/** Put together at run time, so that no scanner takes this file for a leak. */
const secret = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');

/** Calls the tool as chat does; the editor itself answers the question before a call in tests. */
async function call(input: object): Promise<string> {
  const token = new vscode.CancellationTokenSource().token;
  const options = { input, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool(AGENT_TOOL, options, token);
  return content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
    .join('');
}

suite('tool for agents', () => {
  let isStuck = false;
  const simulator = useSimulator({ faults: () => (isStuck ? 'heartbeats-forever' : null) });
  const sent = (): number =>
    simulator().requests.filter(({ path: url }) => /\/(chat\/completions|responses)$/.test(url))
      .length;
  setup(() => simulator().reset());

  test('is offered to agents with its schema', () => {
    const tool = vscode.lm.tools.find(({ name }) => name === AGENT_TOOL);
    assert.match(tool?.description ?? '', /^Hands routine work/);
    assert.match(JSON.stringify(tool?.inputSchema), /"startLine"/);
  });

  test('summarizes text, says what it cost, and books it once', async () => {
    const before = ledgerEntries().length;
    const text = await call({ task: 'summarize', text: sample.text, language: 'typescript' });
    assert.match(text, /averageOf/);
    assert.match(text, /\n\nDelegate: done · [\d.]+ s · \$0\.\d+ · .*1 delegation/);
    assert.equal(ledgerEntries().length, before + 1);
    assert.equal(ledgerEntries().at(-1)?.route, 'summarize');
  });

  test('an edit of text gives the proposed text', async () => {
    const input = { task: 'docstring', text: sample.text, language: 'typescript' };
    const text = await call(input);
    assert.match(text, /\/\*\*[^]*\*\/\nexport function averageOf/);
    assert.equal(openDraftUri(), null);
  });

  test('an edit of a file is a draft, and the file stays', async () => {
    const { document } = await openText(sample.text, sample);
    const text = await call({ task: 'docstring', file: nameOf(document) });
    assert.match(text, /A draft for .* is open .*verified: only comments added.*unchanged/);
    assert.ok(openDraftUri());
    assert.equal(document.getText(), sample.text);
    assert.equal(document.isDirty, false);
    await vscode.commands.executeCommand('delegate.discardDraft', openDraftUri());
  });

  test('only the given lines of a file are sent', async () => {
    const { document } = await openText(`const before = 1;\n${sample.text}`, sample);
    const file = nameOf(document);
    assert.match(await call({ task: 'summarize', file, startLine: 2 }), /averageOf/);
    assert.doesNotMatch(JSON.stringify(simulator().requests), /const before/);
    assert.match(await call({ task: 'summarize', file, startLine: 99 }), /Correct startLine/);
  });

  test('a secret of a file reaches neither the API nor the agent', async () => {
    const { document } = await openText(`// TODO: drop ${secret}\n${sample.text}`, sample);
    const input = { task: 'extract', instruction: 'all TODO comments', file: nameOf(document) };
    const text = await call(input);
    assert.match(text, /MASKED_SECRET_/);
    assert.doesNotMatch(text, new RegExp(secret));
    assert.doesNotMatch(JSON.stringify(simulator().requests), new RegExp(secret));
  });

  test('files outside the workspace are refused, also behind a link', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    symlinkSync(__filename, path.join(folder.uri.fsPath, 'link.ts'));
    for (const file of ['../secret.ts', __filename, 'link.ts']) {
      const text = await call({ task: 'summarize', file });
      assert.match(text, /Only files of the workspace|no such file in the workspace/, file);
    }
    assert.equal(sent(), 0);
  });

  test('an ignored file is refused, also behind a link', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const { document } = await openText(sample.text, sample);
    symlinkSync(document.uri.fsPath, path.join(folder.uri.fsPath, 'alias.ts'));
    const rules = vscode.Uri.joinPath(folder.uri, '.delegateignore');
    await vscode.workspace.fs.writeFile(rules, Buffer.from(`${nameOf(document)}\n`));
    try {
      for (const file of [nameOf(document), 'alias.ts']) {
        assert.match(await call({ task: 'summarize', file }), /line 1 of \.delegateignore/, file);
      }
    } finally {
      await vscode.workspace.fs.delete(rules);
    }
    assert.equal(sent(), 0);
  });

  test('what is too large or over budget is not sent, and the agent is told', async () => {
    const input = { task: 'summarize', text: sample.text, language: 'typescript' };
    const before = ledgerEntries().length;
    await withSettings({ 'ui.confirmLargeSelectionTokens': 10 }, async () => {
      assert.match(await call(input), /at most 10 are sent/);
    });
    await withSettings({ 'budget.perRun': 0.0001 }, async () => {
      assert.match(await call(input), /Raise the budget[^]*Nothing was sent/);
    });
    assert.equal(sent(), 0);
    assert.equal(ledgerEntries().length, before);
  });

  test('a cancelled call ends its run', async () => {
    isStuck = true;
    const before = ledgerEntries().length;
    const source = new vscode.CancellationTokenSource();
    const input = { task: 'summarize', text: sample.text, language: 'typescript' };
    const options = { input, toolInvocationToken: undefined };
    const called = vscode.lm.invokeTool(AGENT_TOOL, options, source.token);
    const rejected = assert.rejects(async () => called);
    await poll('a request', () => sent() > 0);
    source.cancel();
    isStuck = false;
    await rejected;
    await poll('an entry', () => ledgerEntries().length > before);
    assert.equal(ledgerEntries().at(-1)?.status, 'cancelled');
  });

  test('the setting turns it off', async () => {
    await withSettings({ 'agentTool.enabled': false }, async () => {
      const input = { task: 'summarize', text: sample.text, language: 'typescript' };
      const text = await call(input).catch((error: unknown) => String(error));
      assert.match(text, /turned this tool off|not enabled|not contributed|disabled/);
    });
    assert.equal(sent(), 0);
  });
});
