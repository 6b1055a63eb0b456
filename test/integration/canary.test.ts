import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { DRAFT_SCHEME, LOG_CHANNEL_NAME } from '../../src/manifest';
import type { FaultName } from '../../src/simulator/faults/faults';
import { readOutputChannel } from '../host/outputFiles';
import { filesWith } from '../support/filesWith';
import { poll } from '../support/poll';
import {
  answers,
  canaries,
  content,
  draftsFolder,
  leaks,
  leakyMessages,
  openCanaryCode,
} from './support/canaries';
import { useMessages } from './support/messages';
import { ledgerEntries, openDraftUri, useSimulator, withSettings } from './support/stage';

/** Faults under which drafts are made as well, one of each kind. */
const draftFaults: readonly (FaultName | null)[] = [
  null,
  'reset-after-text',
  'content-filter',
  '402',
];

suite('canaries', () => {
  let fault: FaultName | null = null;
  const simulator = useSimulator({
    keys: [{ key: canaries.key }],
    pacing: { heartbeatMs: 5, orchestratorMs: 0, workerMs: 6, deltaMs: 0, charsPerDelta: 40 },
    faults: ({ path: requested }) => (/\/responses$/.test(requested) ? fault : null),
  });
  const messages = useMessages();
  const userData = process.env['DELEGATE_TEST_USER_DATA'] ?? assert.fail('no user data folder');
  const drafts = draftsFolder(userData);

  suiteSetup(() => {
    process.env['OPENROUTER_API_KEY'] = canaries.key;
  });

  teardown(() => {
    fault = null;
  });

  /** Logs reach the disk a little later than what they tell of. */
  async function assertSilent(when: string): Promise<void> {
    const last = ledgerEntries().at(-1)?.id ?? assert.fail('nothing was booked');
    await poll('the log', () => readOutputChannel(userData, LOG_CHANNEL_NAME).includes(last));
    // The editor's own backup of a file that was changed goes a moment after the change.
    await poll(`files without canaries ${when}`, () => leaks(userData).length === 0, {
      found: () => leaks(userData).join(),
    });
    assert.deepEqual(leakyMessages(messages), [], `canaries in messages ${when}`);
  }

  test('the markers do arrive where they belong', async () => {
    await openCanaryCode();
    simulator().reset();
    await vscode.commands.executeCommand('delegate.runTask', {
      instruction: `Summarize ${canaries.instruction}.`,
    });
    const sent = JSON.stringify(simulator().requests.map(({ body, headers }) => [body, headers]));
    for (const canary of [canaries.selection, canaries.instruction, canaries.key]) {
      assert.ok(sent.includes(canary), canary);
    }
    const panel = await poll('the answer in the panel', () => {
      const files = filesWith(userData, answers);
      return files.length > 0 && files;
    });
    assert.ok(
      panel.every((file) => /\d+-Delegate\.log$/.test(file)),
      panel.join(),
    );
    await assertSilent('after a run that went well');
  });

  test('a draft holds content until it is discarded or applied, and nothing after', async () => {
    for (const name of draftFaults) {
      const editor = await openCanaryCode();
      fault = name;
      await vscode.commands.executeCommand('delegate.draftRefactor', {
        instruction: `Rename total to ${canaries.instruction}`,
      });
      if (name === null) {
        const uri = openDraftUri() ?? assert.fail('a draft without a fault');
        await poll('the draft on disk', () => filesWith(drafts, content).length > 0);
        await vscode.commands.executeCommand('delegate.applyDraft', uri);
        await poll('the change', () => editor.document.getText().includes(canaries.instruction));
        // The editor would save it by itself, and tell of the file's name when that fails.
        await vscode.window.showTextDocument(editor.document);
        await vscode.commands.executeCommand('workbench.action.files.revert');
      }
    }
    // What had arrived before a fault is kept as a draft as well.
    const left = filesWith(drafts, content);
    assert.ok(left.length > 0, 'partial answers are kept');
    for (const file of left) {
      const id = path.basename(file, '.json');
      const uri = vscode.Uri.from({ scheme: DRAFT_SCHEME, authority: id, path: '/x.ts' });
      await vscode.commands.executeCommand('delegate.discardDraft', uri);
    }
    await poll('drafts to be gone', () => filesWith(drafts, content).length === 0, {
      found: () => filesWith(drafts, content).join(),
    });
    await assertSilent('after drafts');
  });

  test('a key that is taken away during a run ends nothing, and the next run asks for one', async () => {
    await openCanaryCode();
    simulator().reset();
    await withSettings({ workerModel: 'simulator/slow-worker' }, async () => {
      const run = vscode.commands.executeCommand('delegate.summarizeSelection');
      await poll('the request', () =>
        simulator().requests.some(({ path: requested }) => requested.endsWith('/responses')),
      );
      Reflect.deleteProperty(process.env, 'OPENROUTER_API_KEY');
      await run;
    });
    assert.equal(ledgerEntries().at(-1)?.status, 'completed');
    messages.length = 0;
    simulator().reset();
    await vscode.commands.executeCommand('delegate.summarizeSelection');
    assert.deepEqual(simulator().requests, []);
    await poll('the question for a key', () =>
      messages.some((text) => text.includes('needs an OpenRouter key')),
    );
  });
});
