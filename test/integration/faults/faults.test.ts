import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LedgerEntry } from '../../../src/accounting/ledger/ledgerEntry';
import { LOG_CHANNEL_NAME, OUTPUT_CHANNEL_NAME } from '../../../src/manifest';
import { delegationFaults } from '../../../src/simulator/faults/delegationFaults';
import { type FaultName, faultNames } from '../../../src/simulator/faults/faults';
import { globalStorage, readLedger } from '../../host/ledgerFiles';
import { readOutputChannel } from '../../host/outputFiles';
import { filesWith } from '../../support/filesWith';
import { poll } from '../../support/poll';
import { canaries, canaryCode, leaks, leakyMessages, openCanaryCode } from '../support/canaries';
import { faultOutcomes } from '../support/faultOutcomes';
import { useMessages } from '../support/messages';
import { ledgerEntries, useSimulator } from '../support/stage';

/** Tried again only after half a minute. */
const PATIENT = '429-platform';

/** Set once: each change of a setting takes the editor a quarter of a second. */
const impatient: Readonly<Record<string, unknown>> = {
  'stream.connectTimeoutSeconds': 1,
  'stream.silenceTimeoutSeconds': 1,
  'stream.progressTimeoutSeconds': 1.2,
};

/** Sockets of this process, which holds both ends of each connection. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
}

async function set(key: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('delegate');
  await configuration.update(key, value, vscode.ConfigurationTarget.Global);
}

suite('every fault in a window', () => {
  let fault: FaultName | null = null;
  let editor: vscode.TextEditor;
  const played = new Map<string, FaultName>();
  const sockets = { before: 0 };
  suiteSetup(() => {
    sockets.before = openSockets();
  });
  const simulator = useSimulator({
    keys: [{ key: canaries.key }],
    pacing: { heartbeatMs: 5, orchestratorMs: 0, workerMs: 6, deltaMs: 0, charsPerDelta: 12 },
    faults: ({ path }) => (path.endsWith('/responses') ? fault : null),
  });
  const messages = useMessages();
  const userData = process.env['DELEGATE_TEST_USER_DATA'] ?? assert.fail('no user data folder');

  suiteSetup(async () => {
    process.env['OPENROUTER_API_KEY'] = canaries.key;
    editor = await openCanaryCode();
    for (const [key, value] of Object.entries(impatient)) await set(key, value);
  });

  suiteTeardown(async () => {
    for (const key of [...Object.keys(impatient), 'answer']) await set(key, undefined);
  });

  teardown(() => {
    fault = null;
  });

  function panel(): string {
    return readOutputChannel(userData, OUTPUT_CHANNEL_NAME);
  }

  /** One run with a fault: what the panel says of it, and its line in the ledger. */
  async function play(
    name: FaultName,
  ): Promise<{ readonly section: string; readonly entries: readonly LedgerEntry[] }> {
    // An orchestrator that writes the answer itself has a partial one to keep.
    const answer = name in delegationFaults ? 'spliced' : 'integrated';
    const [before, booked] = [panel().length, readLedger(userData).length];
    if (vscode.workspace.getConfiguration('delegate').get('answer') !== answer) {
      await set('answer', answer);
    }
    fault = name;
    const run = vscode.commands.executeCommand('delegate.summarizeSelection');
    if (name === PATIENT) {
      await poll('the wait', () => panel().slice(before).includes('trying again in '));
      await vscode.commands.executeCommand('delegate.cancelRun');
    }
    await run;
    const section = await poll('the closing line', () => {
      const text = panel().slice(before);
      return /^- (done|failed|cancelled) · .*\n/m.test(text) && text;
    });
    // Bills of earlier runs may come in meanwhile.
    const entries = readLedger(userData).slice(booked);
    return { section, entries: entries.filter((entry) => entry.cost_source !== 'reconciled') };
  }

  for (const name of faultNames) {
    test(name, async () => {
      const expected = faultOutcomes[name];
      const { section, entries } = await play(name);
      assert.deepEqual(
        entries.map(({ status, cost_source: cost }) => ({ status, cost })),
        expected.status === null ? [] : [{ status: expected.status, cost: expected.cost }],
      );
      for (const { id, cost_nano_usd: cost } of entries) {
        assert.equal(cost === null, expected.cost === 'unknown');
        played.set(id, name);
      }
      const told = messages.splice(0);
      assert.equal(told.length, expected.message === null ? 0 : 1, told.join('\n'));
      if (expected.message !== null) assert.match(told.join(), expected.message);
      assert.deepEqual(leakyMessages(told), []);
      if (expected.kept !== null) assert.match(section, expected.kept);
      assert.equal(editor.document.getText(), canaryCode);
      assert.equal(editor.document.isDirty, false);
    });
  }

  test('none of them writes content or key down', async () => {
    const last = ledgerEntries().at(-1)?.id ?? assert.fail('nothing was booked');
    await poll('the log', () => readOutputChannel(userData, LOG_CHANNEL_NAME).includes(last));
    assert.match(panel(), new RegExp(canaries.selection), 'the answers have the canary');
    assert.deepEqual(leaks(userData), []);
  });

  test('none of them leaves a run, a socket or a wrong bill behind', async function () {
    // A bill is looked up five seconds after the run's end, and twice when it is not filed yet.
    this.timeout(180_000);
    await vscode.commands.executeCommand('delegate.cancelRun');
    assert.deepEqual(messages.splice(0), ['Nothing is running. {}']);
    // Each client keeps one idle connection, of which this process holds both ends.
    const idle = 2 * 2;
    await poll('sockets to be closed', () => openSockets() <= sockets.before + idle, {
      found: () => `${openSockets()} sockets, ${sockets.before} before`,
    });
    const runs = (): readonly LedgerEntry[] => ledgerEntries().filter(({ id }) => played.has(id));
    const isOpen = (entry: LedgerEntry): boolean =>
      entry.cost_source === 'unknown' && simulator().bills.has(entry.generation_id ?? '');
    await poll('the bills of all runs', () => !runs().some(isOpen), {
      timeoutMs: 60_000,
      found: () =>
        runs()
          .filter(isOpen)
          .map(({ id }) => played.get(id))
          .join(),
    });
    for (const { id, generation_id: generation, cost_nano_usd: cost } of runs()) {
      if (generation === null || played.get(id) === 'byok' || played.get(id) === 'cost-zero')
        continue;
      assert.equal(cost, simulator().bills.get(generation) ?? null, played.get(id));
    }
    const folder = path.join(globalStorage(userData), 'ledger', 'runs');
    // A bill is booked before its reservation is freed.
    const reserved = (): readonly string[] => filesWith(folder, [...played.keys()]);
    await poll('reservations of runs that have ended', () => reserved().length === 0, {
      found: () => reserved().join(),
    });
  });
});
