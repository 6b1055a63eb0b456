import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NANO_PER_USD } from '../../src/common/money';
import { DRAFTS_STATUS_ID } from '../../src/manifest';
import type { Misbehaviour } from '../../src/simulator/workers/misbehave';
import { poll } from '../support/poll';
import { type SeenRun, seeRun } from './runs';
import { useStage } from './stage';

/** Twenty lines, as somebody selects them who wants a docstring, or better layout. */
const code = `export function parsePrice(text: string, decimals = 2): number | null {
  const match = /^\\s*([A-Z]{3})?\\s*(-?[\\d,]+)(?:\\.(\\d+))?\\s*$/.exec(text);
  if (!match) {
    return null;
  }
  const [, currency, whole = '', fraction = ''] = match;
  if (currency !== undefined && currency !== 'USD') {
    return null;
  }
  if (fraction.length > decimals) {
    return null;
  }
  const units   =   Number(whole.replaceAll(',',''));
  const scale = 10 ** decimals;
  const rest = Number(fraction.padEnd(decimals, '0'));
  if (!Number.isSafeInteger(units * scale + rest)) {
    return null;
  }
  return units < 0 ? units * scale - rest : units * scale + rest;
}
`;

const OFFER = /this machine can prove the result/;
const BUTTON = 'Ask the worker first from now on';

suite('Worker first', () => {
  /** How the next answers of the worker are spoiled, in order. */
  const spoiled: Misbehaviour[] = [];
  const stage = useStage({
    pacing: { heartbeatMs: 200, orchestratorMs: 100, workerMs: 300 },
    settings: {
      'delegate.tasks': {
        docstring: { 'worker.temperature': 0.1 },
        reformat: { routing: 'worker-first' },
      },
    },
    simulator: { spoilWork: () => spoiled.shift() ?? null },
    prepare: (workspace) => writeFileSync(path.join(workspace, 'price.ts'), code),
  });

  async function draft(title: string): Promise<SeenRun> {
    const { workbench, file } = stage();
    await workbench.editor.open(file('price.ts'));
    await workbench.editor.selectLines(1, 20);
    return seeRun(stage(), () => workbench.editor.rightClick('Delegate', title));
  }

  /** Looks at the draft in front, then throws it away. @returns its right side. */
  async function lookAtDraft(picture: string, words: RegExp): Promise<string> {
    const { workbench } = stage();
    await workbench.diff.waitOpen();
    await workbench.statusBar.waitFor(DRAFTS_STATUS_ID, words);
    const right = await workbench.diff.text('modified');
    await workbench.screenshot(picture);
    await workbench.editor.clickTitleAction('Discard draft');
    await workbench.editor.waitForTab('price.ts');
    return right;
  }

  function assertDocumented(right: string): void {
    const rest = right.split('\n').filter((line) => !/^\s*(?:\/\*\*|\*)/.test(line));
    assert.equal(rest.join('\n').trim(), code.trim(), 'no line of code is touched');
    assert.match(right, /^\/\*\*/);
  }

  test('after a provable run on another route it is offered, and set for that task alone', async () => {
    const { workbench } = stage();
    const run = await draft('Draft docstring');
    assert.equal(run.entry?.routing, 'delegated');
    assert.match(run.closing, /worker first would have cost ~\$0\.000\d/);
    await workbench.notifications.waitFor(OFFER);
    await workbench.screenshot('worker-first-offer');
    await workbench.notifications.click(OFFER, BUTTON);
    const file = path.join(workbench.userDataDir, 'User/settings.json');
    const tasks = await poll('the setting', () => {
      const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      const set = settings['delegate.tasks'] as Record<string, { readonly routing?: string }>;
      return set['docstring']?.routing !== undefined && set;
    });
    assert.deepEqual(tasks, {
      docstring: { 'worker.temperature': 0.1, routing: 'worker-first' },
      reformat: { routing: 'worker-first' },
    });
    assertDocumented(await lookAtDraft('worker-first-delegated', /^verified: only comments added/));
  });

  test('a docstring on twenty lines is verified for about a hundredth of a cent', async () => {
    const { simulator, workbench } = stage();
    simulator.reset();
    const { section, closing, entry } = await draft('Draft docstring');
    assert.match(section, /^- estimate: .* · worker first$/m);
    assert.match(section, /^- the worker writes alone$/m);
    assert.match(closing, /^- done · .* · \d\d % below direct · verified by grammar/);
    assert.doesNotMatch(closing, /would have cost/);
    const offers = (await workbench.notifications.messages()).filter((text) => OFFER.test(text));
    assert.deepEqual(offers, []);
    assert.equal(entry?.routing, 'worker-first');
    assert.equal(entry.requests, 1);
    assert.equal(entry.did_enable_delegation, false);
    const [bill, ...others] = [...simulator.bills.values()];
    assert.deepEqual(others, []);
    assert.equal(entry.cost_nano_usd, bill);
    assert.ok(bill !== undefined && bill <= 0.00015 * NANO_PER_USD, `${bill} nano-USD`);
    assertDocumented(
      await lookAtDraft(
        'worker-first-verified',
        /^verified: only comments added .*not read by the orchestrator/,
      ),
    );
  });

  test('a worker that deletes a line is asked again, then the orchestrator takes over', async () => {
    const { simulator } = stage();
    simulator.reset();
    spoiled.push('deletes-line', 'deletes-line');
    const { section, closing, entry } = await draft('Reformat selection');
    assert.match(section, /^- answer not taken \(.*\); the worker writes it again$/m);
    assert.match(section, /^- answer not taken \(.*\); the orchestrator takes over$/m);
    assert.match(section, /^- delegated: \S+ → \S+$/m);
    assert.match(closing, /^- done · .* · 3 requests · 1 delegation/);
    assert.doesNotMatch(closing, /verified by grammar/);
    assert.equal(entry?.requests, 3);
    assert.equal(entry.did_enable_delegation, true);
    const bills = [...simulator.bills.values()];
    assert.equal(bills.length, 3);
    assert.equal(
      entry.cost_nano_usd,
      bills.reduce((sum, bill) => sum + bill, 0),
    );
    const right = await lookAtDraft(
      'worker-first-escalated',
      /^verified: only layout changed · \d+ line/,
    );
    assert.match(right, /  const units = Number\(whole\.replaceAll\(',', ''\)\);/);
    assert.equal(right.replace(/\s+/g, ''), code.replace(/\s+/g, ''));
  });
});
