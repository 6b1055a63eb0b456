import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { asArray, asRecord } from '../../src/common/json';
import type { RecordedRequest } from '../../src/simulator/requestLog';
import { poll } from '../support/poll';
import { assertAcceptedBySdk } from '../support/sdkSchemas';
import type { WireRequest } from '../../src/openrouter/wire';
import { samples } from './support/samples';
import { ledgerEntries, nameOf, openText, useSimulator, withSettings } from './support/stage';

const [sample] = samples;
assert.ok(sample);

function instructionsOf(request: RecordedRequest): string {
  const body = asRecord(request.body);
  const [tool] = asArray(body?.['tools']);
  const parameters = asRecord(asRecord(tool)?.['parameters']);
  return String(parameters?.['instructions']);
}

function inferences(requests: readonly RecordedRequest[]): readonly RecordedRequest[] {
  return requests.filter(({ path }) => /\/(chat\/completions|responses)$/.test(path));
}

suite('main job', () => {
  const simulator = useSimulator();

  for (const protocol of ['responses', 'chat'] as const) {
    test(`summarizes a selection on ${protocol}, by reference, and books what was billed`, async () => {
      await openText(sample.text, sample);
      simulator().reset();
      const before = ledgerEntries().length;
      await withSettings({ protocol }, async () => {
        await vscode.commands.executeCommand('delegate.summarizeSelection');
      });

      const [request, ...others] = inferences(simulator().requests);
      assert.ok(request);
      assert.deepEqual(others, [], 'one run is one request');
      const line = sample.text.split('\n')[3] ?? '';
      assert.ok(instructionsOf(request).includes(line), 'the selection is pinned to the worker');
      const withoutTools = JSON.stringify({ ...asRecord(request.body), tools: [] });
      assert.ok(!withoutTools.includes('values.length'), 'the orchestrator sees an outline');

      const entries = ledgerEntries();
      assert.equal(entries.length, before + 1);
      const entry = entries.at(-1);
      assert.ok(entry);
      assert.equal(entry.status, 'completed');
      assert.equal(entry.route, 'summarize');
      assert.equal(entry.protocol, protocol);
      assert.equal(entry.cost_nano_usd, request.billedNanoUsd);
      assert.ok((entry.cost_nano_usd ?? 0) > 0);
      assert.equal(entry.generation_id, request.generationId);
    });

    test(`sends on ${protocol} what the official SDK accepts`, async () => {
      await openText(sample.text, sample);
      simulator().reset();
      await withSettings({ protocol }, async () => {
        await vscode.commands.executeCommand('delegate.summarizeSelection');
      });
      const [request] = inferences(simulator().requests);
      assert.ok(request);
      // The recorded body is what went over the wire.
      assertAcceptedBySdk({ protocol, body: request.body, headers: {} } as WireRequest);
      assert.equal(request.headers['x-openrouter-title'], 'Delegate');
    });
  }

  test('leaves the document as it is', async () => {
    const editor = await openText(sample.text, sample);
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    assert.equal(editor.document.getText(), sample.text);
    assert.equal(editor.document.isDirty, false);
  });

  test('takes the symbol around the cursor when nothing is selected', async () => {
    const editor = await openText(`const before = 1;\n\n${sample.text}`, sample);
    editor.selection = new vscode.Selection(5, 0, 5, 0);
    // The language service of a window that has just started needs a moment for its symbols.
    await symbolsOf(editor.document.uri);
    simulator().reset();
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    const [request] = inferences(simulator().requests);
    assert.ok(request);
    assert.match(instructionsOf(request), /averageOf/);
    assert.doesNotMatch(instructionsOf(request), /const before/);
  });

  test('does not send what does not fit the budget, and books nothing', async () => {
    await openText(sample.text, sample);
    simulator().reset();
    const before = ledgerEntries().length;
    await withSettings({ 'budget.perRun': 0.0001 }, async () => {
      await vscode.commands.executeCommand('delegate.summarizeSelection');
    });
    assert.deepEqual(inferences(simulator().requests), []);
    assert.equal(ledgerEntries().length, before);
  });

  test('a file that .delegateignore names is never sent', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const rules = vscode.Uri.joinPath(folder.uri, '.delegateignore');
    const editor = await openText(sample.text, sample);
    await vscode.workspace.fs.writeFile(rules, Buffer.from(`${nameOf(editor.document)}\n`));
    simulator().reset();
    try {
      await vscode.commands.executeCommand('delegate.summarizeSelection');
      assert.deepEqual(inferences(simulator().requests), []);
    } finally {
      await vscode.workspace.fs.delete(rules);
    }
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    assert.equal(inferences(simulator().requests).length, 1, 'without the rule it is sent');
  });

  test('a wrong key books no cost and changes nothing', async () => {
    const editor = await openText(sample.text, sample);
    const before = ledgerEntries().length;
    const key = process.env['OPENROUTER_API_KEY'];
    process.env['OPENROUTER_API_KEY'] = 'sk-or-v1-wrong';
    try {
      await vscode.commands.executeCommand('delegate.summarizeSelection');
    } finally {
      process.env['OPENROUTER_API_KEY'] = key;
    }
    assert.equal(ledgerEntries().length, before, 'the API took no work on');
    assert.equal(editor.document.getText(), sample.text);
  });
});

async function symbolsOf(uri: vscode.Uri): Promise<void> {
  await poll('document symbols', async () => {
    const symbols = await vscode.commands.executeCommand<unknown[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    return symbols !== undefined && symbols.length > 0;
  });
}
