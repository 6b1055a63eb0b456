import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { DRAFT_SCHEME, LOG_CHANNEL_NAME } from '../../src/manifest';
import { type FaultName, faultNames } from '../../src/simulator/faults/faults';
import { globalStorage } from '../host/ledgerFiles';
import { readOutputChannel } from '../host/outputFiles';
import { filesWith } from '../support/filesWith';
import { poll } from '../support/poll';
import { useMessages } from './support/messages';
import { ledgerEntries, openDraftUri, useSimulator, withSettings } from './support/stage';

/** Words that occur nowhere but where each of these is handled. */
const canaries = {
  selection: 'kakapoInTheSelection',
  fileName: 'tuataraFileName',
  instruction: 'wekaInTheInstruction',
  key: `sk-or-v1-${'c0ffee'.repeat(8)}${'moa'.repeat(5)}`,
};
/** What workers make of the function's name; it is in no text that we send. */
const answers = ['quokka marmalade', 'Quokka marmalade'];
const content = [canaries.selection, canaries.fileName, canaries.instruction, ...answers];

const code = `// ${canaries.selection}
export function quokkaMarmalade(values: readonly number[]): number {
  let total = 0;
  for (const value of values) { total += value; }
  return   total;
}
`;

const PATIENT = '429-platform';
/** Runs under way at the same time. */
const AT_ONCE = 8;

/** The fault that an instruction names in brackets, so that many can be played at once. */
function faultInWords(body: unknown): FaultName | null {
  const text = JSON.stringify(body);
  return faultNames.find((name) => text.includes(`(${name}).`)) ?? null;
}

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
    faults: ({ path: requested, body }) =>
      /\/responses$/.test(requested) ? (fault ?? faultInWords(body)) : null,
  });
  const messages = useMessages();
  const userData = process.env['DELEGATE_TEST_USER_DATA'] ?? assert.fail('no user data folder');
  const drafts = path.join(globalStorage(userData), 'drafts');

  suiteSetup(() => {
    process.env['OPENROUTER_API_KEY'] = canaries.key;
  });

  teardown(() => {
    fault = null;
  });

  /** Files that hold content: the panel is the answer's own place, drafts are named besides it. */
  function leaks(): readonly string[] {
    return filesWith(userData, content).filter(
      (file) => !/\d+-Delegate\.log$/.test(file) && !isDraft(file),
    );
  }

  function isDraft(file: string): boolean {
    return path.join(userData, file).startsWith(drafts + path.sep);
  }

  /** Logs reach the disk a little later than what they tell of. */
  async function assertSilent(when: string): Promise<void> {
    const last = ledgerEntries().at(-1)?.id ?? assert.fail('nothing was booked');
    await poll('the log', () => readOutputChannel(userData, LOG_CHANNEL_NAME).includes(last));
    assert.deepEqual(leaks(), [], `content in files ${when}`);
    assert.deepEqual(filesWith(userData, [canaries.key]), [], `the key in files ${when}`);
    const told = messages.filter((text) =>
      [...content, canaries.key].some((canary) => text.includes(canary)),
    );
    assert.deepEqual(told, [], `canaries in messages ${when}`);
  }

  async function openCode(): Promise<vscode.TextEditor> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, `${canaries.fileName}.ts`);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(code));
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    editor.selection = new vscode.Selection(0, 0, document.lineCount, 0);
    return editor;
  }

  const impatient = {
    'stream.connectTimeoutSeconds': 3,
    'stream.silenceTimeoutSeconds': 1.5,
    'stream.progressTimeoutSeconds': 2,
  };

  test('the markers do arrive where they belong', async () => {
    await openCode();
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

  test('with every fault there is, no content and no key is written down or told', async function () {
    this.timeout(120_000);
    await openCode();
    const play = (name: FaultName): Thenable<unknown> =>
      vscode.commands.executeCommand('delegate.runTask', {
        instruction: `Summarize ${canaries.instruction} (${name}).`,
      });
    await withSettings(impatient, async () => {
      // This one is tried again only after half a minute, so it is given up in the end.
      const patient = play(PATIENT);
      const others = faultNames.filter((name) => name !== PATIENT);
      for (let at = 0; at < others.length; at += AT_ONCE) {
        await Promise.all(others.slice(at, at + AT_ONCE).map(play));
      }
      await vscode.commands.executeCommand('delegate.cancelRun');
      await patient;
    });
    const statuses = new Set(ledgerEntries().map((entry) => entry.status));
    assert.ok(statuses.size > 1, 'faults show in the ledger');
    assert.ok(messages.length > faultNames.length / 3, 'faults are told');
    const played = new Set(simulator().requests.map((request) => request.fault));
    assert.deepEqual(
      faultNames.filter((name) => !played.has(name)),
      [],
      'faults that were not played',
    );
    await assertSilent('after all faults');
  });

  test('a draft holds content until it is discarded or applied, and nothing after', async () => {
    for (const name of draftFaults) {
      const editor = await openCode();
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
    await openCode();
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
