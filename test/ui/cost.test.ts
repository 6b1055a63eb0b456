import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LedgerEntry } from '../../src/accounting/ledger/ledgerEntry';
import { STATUS_BAR_ID } from '../../src/manifest';
import { globalStorage } from '../host/ledgerFiles';
import { poll } from '../support/poll';
import { CostPage } from './driver/costPage';
import { seeRun } from './runs';
import type { Workbench } from './driver/workbench';
import { useStage } from './stage';

const DAY_MS = 86_400_000;
const TASKS = ['docstring', 'reformat', 'refactor', 'summarize', 'extract', 'recipe'];
const PAIRS = [
  ['~anthropic/claude-opus-latest', '~anthropic/claude-haiku-latest'],
  ['~anthropic/claude-opus-latest', 'deepseek/deepseek-v4-flash'],
  ['openai/gpt-6-sol', '<b>odd</b>/slug&co'],
] as const;

/** A run of the past, as another window would have written it. */
function pastEntry(
  index: number,
  fields: Partial<LedgerEntry> & { readonly atMs: number },
): LedgerEntry {
  const { atMs, ...rest } = fields;
  const [orchestrator, worker] = PAIRS[index % PAIRS.length]!;
  const cost = 2_000_000 + ((index * 7919) % 13) * 1_234_567;
  return {
    v: 1,
    id: `past-${index}`,
    at: new Date(atMs).toISOString(),
    route: TASKS[index % TASKS.length]!,
    project: '',
    requests: 1,
    protocol: 'responses',
    routing: 'delegated',
    orchestrator_model: orchestrator,
    worker_model: worker,
    did_enable_delegation: true,
    delegations: { requested: 1, ok: 1, failed: 0 },
    status: 'completed',
    finish_reason: 'stop',
    prompt_tokens: 1840 + index,
    completion_tokens: 420,
    total_tokens: 2260 + index,
    cost_nano_usd: cost,
    cost_source: 'billed',
    direct_estimate_nano_usd: cost * 4,
    generation_id: null,
    duration_ms: 14_200,
    demo: false,
    ...rest,
  };
}

suite('Money', () => {
  const stage = useStage({ settings: { 'delegate.budget.perRun': 1 } });
  const costPage = (): CostPage => new CostPage(stage().workbench.page);
  const status = (pattern: RegExp): Promise<string> =>
    stage().workbench.statusBar.waitFor(STATUS_BAR_ID, pattern);

  /** Writes entries into the ledger's files, as another window does. */
  function write(entries: readonly LedgerEntry[]): void {
    const folder = path.join(globalStorage(stage().workbench.userDataDir), 'ledger');
    mkdirSync(folder, { recursive: true });
    for (const entry of entries) {
      appendFileSync(
        path.join(folder, `${entry.at.slice(0, 7)}.jsonl`),
        `${JSON.stringify(entry)}\n`,
      );
    }
  }

  test('the status bar follows the ledger, runs of unknown cost, and a run', async () => {
    const { workbench, file } = stage();
    assert.equal(await status(/^\$/), '$0.00');
    const now = Date.now();
    const past = Array.from({ length: 160 }, (_, index) =>
      pastEntry(index, { atMs: now - Math.floor(index ** 1.15 / 8 + 1) * DAY_MS }),
    );
    write([...past.reverse(), pastEntry(200, { atMs: now, cost_nano_usd: 12_300_001 })]);
    await status(/^\$0\.0123$/);
    await workbench.screenshot('cost-status-idle');
    const unknown = { cost_nano_usd: null, cost_source: 'unknown', status: 'cancelled' } as const;
    write([pastEntry(201, { atMs: now, ...unknown })]);
    await status(/^\$0\.0123 \+1\?$/);
    await workbench.screenshot('cost-status-unknown');
    await workbench.editor.open(file('go/inventory.go'));
    await workbench.editor.selectAll();
    const { entry } = await seeRun(stage(), async () => {
      await workbench.runCommand('Delegate: Summarize selection');
      await status(/^\d+s · \$0\.0123 \+1\?$/);
      await workbench.screenshot('cost-status-running');
    });
    assert.ok((entry?.cost_nano_usd ?? 0) > 0);
    await status(/^\$0\.\d{4} \+1\?$/);
    const hover = await workbench.statusBar.hover(STATUS_BAR_ID);
    assert.match(hover, /today\s+\$0\.\d{4}\s+3\s+1/);
    await workbench.screenshot('cost-status-hover');
  });

  test('the page opens from the status bar and shows where the money went', async () => {
    const { workbench } = stage();
    await workbench.statusBar.click(STATUS_BAR_ID);
    const page = costPage();
    await page.waitOpen();
    const counters = await page.waitFor('counters', /Today/);
    assert.match(counters, /Today Reset \$0\.\d{4} \+1\?.* 3 runs/);
    assert.match(await page.text('models'), /<b>odd<\/b>\/slug&co/);
    assert.equal(await page.locator('#models b').count(), 0);
    assert.match(await page.text('runs'), /Summarize/);
    await workbench.screenshot('cost-page-opened');
  });

  test('it follows what another window spends', async () => {
    const page = costPage();
    const fields = { cost_nano_usd: 500_000_000, direct_estimate_nano_usd: 900_000_000 };
    write([pastEntry(202, { atMs: Date.now(), route: 'refactor', ...fields })]);
    await page.waitFor('counters', /Today Reset \$0\.5\d{3} \+1\?.* 4 runs/);
    await page.waitFor('status', /today \$0\.5\d{3}/);
  });

  test('a reset sets counter and status bar to zero by keyboard, and can be taken back', async () => {
    const { workbench } = stage();
    const page = costPage();
    await workbench.runCommand('View: Hide Panel');
    await page.locator('#export').focus();
    await page.tabTo('counter-today');
    assert.equal(await page.hasFocusRing(), true);
    await workbench.page.keyboard.press('Enter');
    await page.waitFor('counters', /Today Show everything \$0\.00 since .* 0 runs/);
    assert.equal(await page.focusedId(), 'counter-today');
    await status(/^\$0\.00$/);
    assert.match(await workbench.statusBar.hover(STATUS_BAR_ID), /today, since \d\d:\d\d/);
    await workbench.screenshot('cost-page-reset');
    await page.locator('#counter-today').focus();
    await workbench.page.keyboard.press('Enter');
    await page.waitFor('counters', /Today Reset \$0\.5/);
    await status(/^\$0\.5\d{3} \+1\?$/);
  });

  test('range and table are reached by keyboard, and the range is kept', async () => {
    const { workbench } = stage();
    const page = costPage();
    await page.locator('#range').selectOption('days-30');
    await page.locator('#counter-today').focus();
    await page.tabTo('range');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('ArrowDown');
    await poll(
      'the range of 90 days',
      async () =>
        (await page.locator('#range').inputValue()) === 'days-90' &&
        (await page.locator('#chart g').count()) === 90,
    );
    await page.locator('#days-table summary').focus();
    await workbench.page.keyboard.press('Enter');
    await page.locator('#days-table table').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.runCommand('View: Close Editor');
    await workbench.runCommand('Delegate: Show cost');
    await page.waitOpen();
    assert.equal(await page.locator('#range').inputValue(), 'days-90');
  });

  test('there is one page, in a window that was reloaded too, in each theme', async () => {
    const { workbench } = stage();
    const page = costPage();
    await workbench.reload();
    // A browser that leaves before the editor has noted its tabs does not bring the page back.
    await workbench.runCommandWhenOffered('Delegate: Show cost');
    await page.waitOpen();
    assert.equal(
      (await workbench.editor.tabs()).filter((tab) => tab === 'Delegate: cost').length,
      1,
    );
    await page.locator('#range').selectOption('days-90');
    await poll('90 days', async () => (await page.locator('#chart g').count()) === 90);
    // High enough for the whole page.
    const size = workbench.page.viewportSize()!;
    await workbench.page.setViewportSize({ ...size, height: 2300 });
    try {
      for (const kind of ['vs', 'hc-black', 'vs-dark'] as const) {
        await workbench.changeTheme(kind);
        await workbench.screenshot(`cost-page-${kind}`);
      }
    } finally {
      await workbench.page.setViewportSize(size);
    }
  });

  test('a budget is set from the page, and reaching it shows by icon, colour and words', async () => {
    const { workbench } = stage();
    const page = costPage();
    await page.locator('#budget-day').focus();
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.waitOpen();
    await workbench.quickInput.submit('0.40');
    await page.waitFor('budgets', /Today · \$0\.4000 Set….*Reached: \$0\.5\d{3} spent/);
    await poll('the warning in the status bar', async () =>
      (await workbench.statusBar.icons(STATUS_BAR_ID)).includes('warning'),
    );
    assert.match(await workbench.statusBar.label(STATUS_BAR_ID), /budget reached/);
    await workbench.screenshot('cost-status-over-budget');
    await page.locator('#budget-day').focus();
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.submit('0');
    await page.waitFor('budgets', /Today · off/);
  });

  test('the ledger is exported from the page', async () => {
    const { workbench, workspace } = stage();
    const page = costPage();
    await page.locator('#export').focus();
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.pick('This month');
    const target = path.join(workspace, 'spent.csv');
    await poll('the box for the file', async () =>
      (await workbench.quickInput.value()).endsWith('delegate-ledger.csv'),
    );
    await workbench.quickInput.submit(target);
    // The file grows a piece at a time.
    const row = await poll('the exported row', () => {
      const lines = existsSync(target) ? readFileSync(target, 'utf8').split('\r\n') : [];
      return lines.slice(0, -1).find((line) => line.startsWith('past-202,'));
    });
    assert.match(row, /,0\.5,500000000,billed,/);
    // The box for the file gives the focus back as it closes.
    await workbench.quickInput.waitClosed();
    await workbench.notifications.waitFor(/ledger was exported/);
  });

  test('an account that can pay for less is offered a run with that limit', async () => {
    const { workbench, file, setFault, simulator } = stage();
    await workbench.editor.open(file('go/inventory.go'));
    await workbench.editor.selectAll();
    setFault('402-affordable');
    const { closing, entry } = await seeRun(stage(), () =>
      workbench.runCommand('Delegate: Summarize selection'),
    );
    assert.match(closing, /^- failed/);
    assert.equal(entry, null);
    const button = 'Run with at most 812 tokens';
    await workbench.notifications.waitForButton(/can only pay for 812 tokens/, button);
    await workbench.screenshot('cost-affordable');
    setFault(null);
    const again = await seeRun(stage(), () =>
      workbench.notifications.click(/can only pay for 812 tokens/, button),
    );
    assert.match(again.closing, /^- done/);
    const body = JSON.stringify(simulator.requests.findLast(({ steps }) => steps.length > 0)?.body);
    const limits = [...body.matchAll(/"max_(?:output|completion)_tokens":(\d+)/g)];
    assert.deepEqual([...new Set(limits.map(([, limit]) => limit))], ['812']);
    assert.equal(limits.length, 2);
  });

  test('a picker of models tells prices, context, tools and what an alias stands for', async () => {
    const { workbench } = stage();
    await workbench.runCommand('Delegate: Select worker model…');
    await workbench.quickInput.type('~anthropic/claude-haiku');
    const [row] = await poll('the models', async () => {
      const rows = await workbench.quickInput.rowTexts();
      return rows.some((text) => text.includes('haiku-latest')) && rows;
    });
    assert.match(
      row ?? '',
      /\$[\d.]+ in \/ \$[\d.]+ out per million.* · context [\d,]+ · tools · now /,
    );
    await workbench.screenshot('cost-model-picker');
    await workbench.escape();
  });

  test('the demo is marked, and its runs are kept out of the totals', async () => {
    const { workbench, file } = stage();
    await workbench.runCommand('Delegate: Try the offline demo');
    await status(/^demo \$0\.00$/);
    await workbench.editor.open(file('go/inventory.go'));
    await workbench.editor.selectAll();
    const { entry } = await seeRun(stage(), () =>
      workbench.runCommand('Delegate: Summarize selection'),
    );
    assert.equal(entry?.demo, true);
    await workbench.screenshot('cost-status-demo');
    await workbench.runCommand('Delegate: Show cost');
    const page = costPage();
    await page.waitOpen();
    await page.waitFor('notices', /offline demo is on/);
    await page.waitFor('runs', /Summarize demo/);
    assert.match(await page.text('counters'), /Today Reset \$0\.5\d{3} \+1\?.* 5 runs/);
    await workbench.screenshot('cost-page-demo');
    await workbench.runCommand('Delegate: Stop the offline demo');
    await status(/^\$/);
  });

  test('a run under way in one window leaves no budget for another window', async () => {
    const { workbench, file, setFault } = stage();
    const setDailyBudget = async (amount: string): Promise<void> => {
      await workbench.runCommand('Delegate: Set budget…');
      await workbench.quickInput.pick('Per day');
      await workbench.quickInput.submit(amount);
      await workbench.quickInput.waitClosed();
    };
    const summarize = async (window: Workbench): Promise<void> => {
      await window.editor.open(file('go/inventory.go'));
      await window.editor.selectAll();
      await window.runCommand('Delegate: Summarize selection');
    };
    // The first refusal tells the worst case, from which a budget for one run alone is made.
    await setDailyBudget('0.0001');
    await summarize(workbench);
    const refusal =
      /worst case this run costs \$([\d.]+); of the daily budget of \$[\d.]+, \$([\d.]+) are/;
    const message = await workbench.notifications.waitFor(refusal);
    const [, worst = '', taken = ''] = refusal.exec(message) ?? [];
    await setDailyBudget((Number(taken) + 1.5 * Number(worst)).toFixed(4));
    await workbench.clearNotifications();
    setFault('heartbeats-forever');
    await summarize(workbench);
    await status(/^\d+s · /);
    const other = await workbench.openSecondWindow();
    await other.statusBar.waitFor(STATUS_BAR_ID, /^\$0\.5/);
    await summarize(other);
    const refused = await other.notifications.waitFor(refusal);
    const [, , takenNow = ''] = refusal.exec(refused) ?? [];
    // What the other window holds for its run counts, although nothing of it is spent yet.
    assert.ok(Number(takenNow) > Number(taken) + Number(worst) / 2, refused);
    await other.screenshot('cost-two-windows');
    await workbench.runCommand('Delegate: Cancel run');
    await status(/^\$0\.5\d{3}/);
  });
});
