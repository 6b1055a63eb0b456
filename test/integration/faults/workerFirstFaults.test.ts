import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LedgerEntry } from '../../../src/accounting/ledger/ledgerEntry';
import { OUTPUT_CHANNEL_NAME } from '../../../src/manifest';
import { delegationFaults } from '../../../src/simulator/faults/delegationFaults';
import { type FaultName, faultNames } from '../../../src/simulator/faults/faults';
import { readLedger } from '../../host/ledgerFiles';
import { readOutputChannel } from '../../host/outputFiles';
import { poll } from '../../support/poll';
import { draftWords } from '../support/draftWords';
import { useMessages } from '../support/messages';
import { latestDraftUri, openText, useSettings, useSimulator } from '../support/stage';
import { workerFirstOutcome } from '../support/workerFirstOutcomes';

const code = `export function second(total: number): number {
  const step   =   2;
  return total + step;
}
`;

/** What became of a run: how it ended, and in how many requests. */
interface Seen {
  readonly status: LedgerEntry['status'] | null;
  readonly requests: number;
  readonly cost: LedgerEntry['cost_source'] | null;
}

suite('worker first with every fault', () => {
  let fault: FaultName | null = null;
  /** Which request of the run meets it, from 1. */
  let faultyRequest = 1;
  let requests = 0;
  let spoiled = 0;
  const simulator = useSimulator({
    pacing: { heartbeatMs: 5, orchestratorMs: 0, workerMs: 6, deltaMs: 0, charsPerDelta: 12 },
    spoilWork: () => {
      spoiled -= 1;
      return spoiled >= 0 ? 'deletes-line' : null;
    },
    faults: ({ path }) => {
      if (!/\/(responses|completions)$/.test(path)) return null;
      requests += 1;
      return requests === faultyRequest ? fault : null;
    },
  });
  useSettings({
    routing: 'worker-first',
    'stream.connectTimeoutSeconds': 3,
    'stream.silenceTimeoutSeconds': 1,
    'stream.progressTimeoutSeconds': 1.2,
  });
  const messages = useMessages();
  const userData = process.env['DELEGATE_TEST_USER_DATA'] ?? assert.fail('no user data folder');

  teardown(async () => {
    fault = null;
    spoiled = 0;
    const uri = latestDraftUri();
    if (uri) await vscode.commands.executeCommand('delegate.discardDraft', uri);
  });

  function panel(): string {
    return readOutputChannel(userData, OUTPUT_CHANNEL_NAME);
  }

  async function play(name: FaultName): Promise<{ readonly seen: Seen; readonly told: string[] }> {
    simulator().reset();
    messages.length = 0;
    const booked = readLedger(userData).length;
    fault = name;
    requests = 0;
    // What only an orchestrator can do comes after two answers that are not taken.
    const isOfDelegation = name in delegationFaults;
    faultyRequest = isOfDelegation ? 3 : 1;
    spoiled = isOfDelegation ? 2 : 0;
    const { document } = await openText(code, { extension: 'ts' });
    const shown = panel().length;
    const run = vscode.commands.executeCommand('delegate.reformatSelection');
    // It would be tried again only after half a minute.
    if (name === '429-platform') {
      await poll('the wait', () => panel().slice(shown).includes('trying again in '));
      await vscode.commands.executeCommand('delegate.cancelRun');
    }
    await run;
    assert.equal(document.getText(), code);
    assert.equal(document.isDirty, false);
    const entries = readLedger(userData)
      .slice(booked)
      .filter(({ cost_source: source }) => source !== 'reconciled');
    assert.ok(entries.length <= 1, 'one line a run');
    const [entry] = entries;
    if (entry?.cost_nano_usd != null && name !== 'byok' && name !== 'cost-zero') {
      const bills = [...simulator().bills.values()];
      assert.equal(
        entry.cost_nano_usd,
        bills.reduce((sum, bill) => sum + bill, 0),
      );
    }
    const seen = {
      status: entry?.status ?? null,
      requests: entry?.requests ?? 0,
      cost: entry?.cost_source ?? null,
    };
    return { seen, told: [...messages] };
  }

  for (const name of faultNames) {
    test(name, async () => {
      const { seen, told } = await play(name);
      const { message, ...expected } = workerFirstOutcome(name);
      assert.deepEqual(seen, expected);
      assert.equal(told.length, message === null ? 0 : 1, told.join('\n'));
      if (message !== null) assert.match(told.join(), message);
      if (seen.status === 'completed') {
        assert.ok(latestDraftUri(), 'a draft is open');
        assert.match(draftWords(), /^\$\(verified\) verified: only layout changed/);
      }
    });
  }
});
