import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import * as vscode from 'vscode';
import { OUTPUT_CHANNEL_NAME } from '../../../src/manifest';
import type { FaultName } from '../../../src/simulator/faults/faults';
import { globalStorage, readLedger } from '../../host/ledgerFiles';
import { readOutputChannel } from '../../host/outputFiles';
import { listen } from '../../support/listen';
import { poll } from '../../support/poll';
import { MemoryFile } from '../support/memoryFile';
import { makeCertificates } from '../../unit/network/testCertificates';
import { startTlsFront } from '../support/tlsFront';
import { useMessages } from '../support/messages';
import {
  ledgerEntries,
  latestDraftUri,
  openText,
  useSettings,
  useSimulator,
  withSettings,
} from '../support/stage';

interface Variant {
  readonly title: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Ends the path of the run's first request. */
  readonly path: string;
  readonly code: string;
  readonly command: string;
  readonly draft: string;
  readonly given: object;
  readonly drafted: string;
  /** What the panel says in the stages in which a run is cancelled. */
  readonly writes: RegExp;
  readonly comes: RegExp;
  /** Holds the first stage, where a worker may be done before anybody can cancel it. */
  readonly writing: FaultName | null;
}

const code = `export function second(total: number): number {
  const step   =   2;
  return total + step;
}
`;

const delegated: Variant = {
  title: 'faults around a run',
  settings: {},
  path: '/responses',
  code,
  command: 'delegate.summarizeSelection',
  draft: 'delegate.draftRefactor',
  given: { instruction: 'rename total to sum' },
  drafted: code.replaceAll('total', 'sum'),
  writes: /delegated: /,
  comes: /\nThe selectio/,
  writing: null,
};

const workerFirst: Variant = {
  title: 'faults around a run, worker first',
  settings: { routing: 'worker-first' },
  path: '/chat/completions',
  code,
  command: 'delegate.reformatSelection',
  draft: 'delegate.reformatSelection',
  given: {},
  drafted: code.replace('step   =   2', 'step = 2'),
  writes: /the worker writes alone/,
  writing: 'heartbeats-forever',
  comes: /the answer arrives/,
};

testAround(delegated);
testAround(workerFirst);

function testAround(variant: Variant): void {
  suite(variant.title, () => aroundTests(variant));
}

function aroundTests(variant: Variant): void {
  const { drafted } = variant;
  useSettings(variant.settings);
  let fault: FaultName | null = null;
  const simulator = useSimulator({
    pacing: { heartbeatMs: 20, orchestratorMs: 0, workerMs: 400, deltaMs: 0 },
    faults: ({ path: requested }) => (requested.endsWith(variant.path) ? fault : null),
  });
  const messages = useMessages();
  const userData = process.env['DELEGATE_TEST_USER_DATA'] ?? assert.fail('no user data folder');

  setup(() => {
    messages.length = 0;
    simulator().reset();
  });
  teardown(() => {
    fault = null;
  });

  async function runOnce(): Promise<vscode.TextDocument> {
    const { document } = await openText(code, { extension: 'ts' });
    await vscode.commands.executeCommand(variant.command);
    return document;
  }

  /** Runs with the API somewhere else. @returns the one message. */
  async function runAt(baseUrl: string): Promise<string> {
    const saved = process.env['OPENROUTER_BASE_URL'];
    process.env['OPENROUTER_BASE_URL'] = baseUrl;
    const booked = readLedger(userData).length;
    try {
      const document = await runOnce();
      assert.equal(document.getText(), code);
    } finally {
      process.env['OPENROUTER_BASE_URL'] = saved;
    }
    assert.equal(readLedger(userData).length, booked, 'nothing was sent, nothing is owed');
    assert.equal(messages.length, 1, messages.join('\n'));
    return messages[0] ?? '';
  }

  test('connection refused', async () => {
    const server = net.createServer();
    const closed = await listen(server);
    await closed.close();
    const message = await runAt(`http://127.0.0.1:${closed.port}/api/v1`);
    assert.match(message, /cannot be reached \(ECONNREFUSED\).* "Test connection" "Run again"/);
  });

  test('DNS failure', async () => {
    const message = await runAt('https://no-such-host.invalid/api/v1');
    assert.match(message, /\((ENOTFOUND|EAI_AGAIN)\).* "Test connection"/);
  });

  test('TLS failure', async () => {
    const front = await startTlsFront(simulator(), makeCertificates({ dnsNames: ['localhost'] }));
    try {
      const message = await runAt(`https://localhost:${front.port}/api/v1`);
      assert.match(message, /certificate.* "Test connection"/);
    } finally {
      await front.close();
    }
  });

  test('key removed during a run', async () => {
    const run = runOnce();
    await poll('the request', isAsked);
    const key = process.env['OPENROUTER_API_KEY'];
    Reflect.deleteProperty(process.env, 'OPENROUTER_API_KEY');
    try {
      await run;
    } finally {
      process.env['OPENROUTER_API_KEY'] = key;
    }
    assert.equal(ledgerEntries().at(-1)?.status, 'completed');
    assert.deepEqual(messages, []);
  });

  test('connect timeout', async () => {
    const open = new Set<net.Socket>();
    const server = net.createServer((socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket)).resume();
    });
    const silent = await listen(server);
    try {
      await withSettings({ 'stream.connectTimeoutSeconds': 1 }, async () => {
        const message = await runAt(`https://127.0.0.1:${silent.port}/api/v1`);
        assert.match(message, /did not answer in time.* "Test connection" "Run again"/);
      });
      await poll('the connections to be given up', () => open.size === 0);
    } finally {
      await silent.close();
    }
  });

  const stages: readonly (readonly [string, FaultName | null, () => boolean])[] = [
    ['before an answer begins', 'no-headers', () => isAsked()],
    ['while a worker writes', variant.writing, () => panelSays(variant.writes)],
    ['while the answer comes', 'heartbeats-after-text', () => panelSays(variant.comes)],
  ];
  for (const [stage, name, isReached] of stages) {
    test(`cancelled ${stage}`, async () => {
      const from = panel().length;
      panelStart = from;
      fault = name;
      await withSettings({ answer: 'integrated' }, async () => {
        const { document } = await openText(code, { extension: 'ts' });
        const run = vscode.commands.executeCommand(variant.command);
        await poll('the stage', isReached);
        await vscode.commands.executeCommand('delegate.cancelRun');
        await run;
        assert.equal(document.getText(), code);
      });
      const entry = ledgerEntries().at(-1);
      assert.deepEqual([entry?.status, entry?.cost_source], ['cancelled', 'unknown']);
      assert.deepEqual(messages, []);
      await poll('the closing line', () => panelSays(/^- cancelled · .* cost unknown/m));
    });
  }

  let panelStart = 0;
  function panel(): string {
    return readOutputChannel(userData, OUTPUT_CHANNEL_NAME);
  }
  function panelSays(expression: RegExp): boolean {
    return expression.test(panel().slice(panelStart));
  }
  function isAsked(): boolean {
    return simulator().requests.some(({ path: asked }) => asked.endsWith(variant.path));
  }

  /** Starts a draft and does something while a worker writes. @returns the draft's address. */
  async function draftWhile(
    change: (editor: vscode.TextEditor) => Promise<void> | void,
    given?: vscode.TextEditor,
  ): Promise<{ readonly editor: vscode.TextEditor; readonly uri: vscode.Uri }> {
    const editor = given ?? (await openText(code, { extension: 'ts' }));
    const run = vscode.commands.executeCommand(variant.draft, variant.given);
    await poll('the request', isAsked);
    await change(editor);
    await run;
    return { editor, uri: latestDraftUri() ?? assert.fail('a draft is open') };
  }

  async function closeActive(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  }

  test('editor closed during a run', async () => {
    const { editor, uri } = await draftWhile(closeActive);
    const file = editor.document.uri;
    assert.equal(fs.readFileSync(file.fsPath, 'utf8'), code);
    await vscode.commands.executeCommand('delegate.applyDraft', uri);
    assert.equal((await vscode.workspace.openTextDocument(file)).getText(), drafted);
  });

  test('file changed during a run', async () => {
    const { editor, uri } = await draftWhile(async ({ document }) => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '// above\n');
      await vscode.workspace.applyEdit(edit);
    });
    assert.equal(editor.document.getText(), `// above\n${code}`);
    await vscode.commands.executeCommand('delegate.applyDraft', uri);
    assert.equal(editor.document.getText(), `// above\n${drafted}`);
  });

  test('file deleted during a run', async () => {
    const { editor, uri } = await draftWhile(async ({ document }) => {
      await closeActive();
      await vscode.workspace.fs.delete(document.uri);
    });
    await vscode.commands.executeCommand('delegate.applyDraft', uri);
    await poll('a message', () => messages.length > 0);
    assert.ok((await vscode.workspace.fs.stat(uri)).size > 0, 'the draft is kept');
    assert.equal(fs.existsSync(editor.document.uri.fsPath), false);
    await vscode.commands.executeCommand('delegate.discardDraft', uri);
  });

  test('file made read-only during a run', async () => {
    const file = new MemoryFile(code);
    const provider = vscode.workspace.registerFileSystemProvider('delegate-test', file);
    try {
      const document = await vscode.workspace.openTextDocument(
        vscode.Uri.from({ scheme: 'delegate-test', path: '/sample.ts' }),
      );
      const { uri } = await draftWhile(
        (): void => {
          file.isReadonly = true;
        },
        await vscode.window.showTextDocument(document, {
          selection: new vscode.Range(0, 0, document.lineCount, 0),
        }),
      );
      await vscode.commands.executeCommand('delegate.applyDraft', uri);
      await poll('a message', () => messages.some((text) => text.includes('is read-only')));
      assert.deepEqual([file.text, document.getText()], [code, code]);
      assert.ok((await vscode.workspace.fs.stat(uri)).size > 0, 'the draft is kept');
      await vscode.commands.executeCommand('delegate.discardDraft', uri);
    } finally {
      provider.dispose();
    }
  });

  test('full disk for the ledger', async function () {
    // The device that is always full is there only on Linux.
    if (process.platform !== 'linux') this.skip();
    await runOnce();
    const folder = path.join(globalStorage(userData), 'ledger');
    const [name] = fs
      .readdirSync(folder)
      .filter((file) => /^\d{4}-\d{2}\.jsonl$/.test(file))
      .reverse();
    const file = path.join(folder, name ?? assert.fail('no ledger'));
    const booked = readLedger(userData).length;
    fs.renameSync(file, `${file}.kept`);
    fs.symlinkSync('/dev/full', file);
    try {
      // What a worker wrote is paid for and must not be lost with the line in the ledger.
      const { editor, uri } = await draftWhile(() => undefined);
      assert.equal(editor.document.getText(), code);
      assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), drafted);
      await vscode.commands.executeCommand('delegate.discardDraft', uri);
    } finally {
      fs.unlinkSync(file);
      fs.renameSync(`${file}.kept`, file);
    }
    assert.match(messages.join(), /ledger could not be written.* written with the next one/);
    await runOnce();
    const entries = await poll('both entries', () => {
      const added = readLedger(userData).slice(booked);
      return added.length >= 2 && added;
    });
    assert.deepEqual(
      entries.map(({ status, cost_source: source }) => [status, source]),
      [
        ['completed', 'billed'],
        ['completed', 'billed'],
      ],
    );
  });
}
