import assert from 'node:assert/strict';
import type { BudgetPolicy } from '../../../../src/accounting/budget/budget';
import { Counters } from '../../../../src/accounting/report/counters';
import { Ledger } from '../../../../src/accounting/ledger/ledger';
import { nodeDisk } from '../../../../src/accounting/nodeDisk';
import { readCostReport } from '../../../../src/accounting/report/report';
import { savedNanoUsd, totalsOf } from '../../../../src/accounting/ledger/totals';
import { entryOf, temporaryFolder } from '../support/ledgerFixtures';
import { ManualClock } from '../../../support/manualClock';

const policy: BudgetPolicy = {
  perRunNanoUsd: 250,
  dailyNanoUsd: 1000,
  monthlyNanoUsd: 0,
  action: 'block',
};

suite('totals of an entry', () => {
  test('saved is the estimate of the direct route less the cost', () => {
    const totals = totalsOf(entryOf({ cost_nano_usd: 22, direct_estimate_nano_usd: 100 }));
    assert.equal(savedNanoUsd(totals), 78);
  });

  test('delegating at a loss is negative', () => {
    const totals = totalsOf(entryOf({ cost_nano_usd: 150, direct_estimate_nano_usd: 100 }));
    assert.equal(savedNanoUsd(totals), -50);
  });

  test('a delegated run that did not complete has saved nothing and cost its price', () => {
    for (const status of ['failed', 'cancelled', 'refused'] as const) {
      const totals = totalsOf(
        entryOf({ status, cost_nano_usd: 22, direct_estimate_nano_usd: 100 }),
      );
      assert.equal(savedNanoUsd(totals), -22);
    }
  });

  test('what cannot be compared is not: unknown cost, no estimate, direct route', () => {
    for (const fields of [
      { cost_nano_usd: null },
      { direct_estimate_nano_usd: null },
      { routing: 'direct' as const },
    ]) {
      const totals = totalsOf(
        entryOf({ cost_nano_usd: 22, direct_estimate_nano_usd: 100, ...fields }),
      );
      assert.equal(savedNanoUsd(totals), 0);
      assert.equal(totals.runs, 1);
    }
  });
});

suite('cost report', () => {
  const folder = temporaryFolder();

  async function report(days = 3) {
    const clock = new ManualClock('2026-03-14T12:00:00Z');
    const disk = nodeDisk(folder());
    const ledger = new Ledger({ disk, clock, zone: () => 0 });
    const counters = new Counters({ ledger, disk, clock });
    const base = { direct_estimate_nano_usd: 100 };
    await ledger.append(
      entryOf({ ...base, id: 'a', cost_nano_usd: 10, at: '2026-03-12T09:00:00Z' }),
    );
    await ledger.append(
      entryOf({
        ...base,
        id: 'b',
        cost_nano_usd: 30,
        route: 'refactor',
        project: 'billing',
        at: '2026-03-14T09:00:00Z',
      }),
    );
    await ledger.append(
      entryOf({
        ...base,
        id: 'c',
        cost_nano_usd: null,
        worker_model: 'x',
        at: '2026-03-14T10:00:00Z',
      }),
    );
    await ledger.append(
      entryOf({ ...base, id: 'd', cost_nano_usd: 7, demo: true, at: '2026-03-14T11:00:00Z' }),
    );
    const today = ledger.today();
    const range = { firstDay: today - days + 1, lastDay: today };
    return readCostReport(ledger, { days: range, policy, lastRuns: 3, counters });
  }

  test('days in order, empty ones included', async () => {
    const { days } = await report();
    assert.deepEqual(
      days.map(({ day, totals }) => [day, totals.runs, totals.costNanoUsd, totals.unknownRuns]),
      [
        ['2026-03-12', 1, 10, 0],
        ['2026-03-13', 0, 0, 0],
        ['2026-03-14', 2, 30, 1],
      ],
    );
  });

  test('projects, with a row for runs without one', async () => {
    const { byProject, range } = await report();
    assert.deepEqual(
      byProject.map(({ project, totals }) => [project, totals.costNanoUsd, totals.runs]),
      [
        ['billing', 30, 1],
        ['', 10, 2],
      ],
    );
    assert.equal(
      byProject.reduce((sum, { totals }) => sum + totals.costNanoUsd, 0),
      range.costNanoUsd,
    );
  });

  test('tasks and models, the dearest first, add up to the range', async () => {
    const { byTask, byModel, range } = await report();
    assert.deepEqual(
      byTask.map(({ route, totals }) => [route, totals.costNanoUsd, totals.runs]),
      [
        ['refactor', 30, 1],
        ['summarize', 10, 2],
      ],
    );
    assert.deepEqual(
      byModel.map(({ workerModel, totals }) => [
        workerModel,
        totals.costNanoUsd,
        totals.unknownRuns,
      ]),
      [
        ['~anthropic/claude-haiku-latest', 40, 0],
        ['x', 0, 1],
      ],
    );
    assert.equal(range.costNanoUsd, 40);
    assert.equal(range.savedNanoUsd, 160);
  });

  test('budgets, last runs and the state of the ledger', async () => {
    const { budgets, lastRuns, perRunBudgetNanoUsd, unreadableLines, waitingEntries } =
      await report();
    assert.deepEqual(budgets, [
      { period: 'day', limitNanoUsd: 1000, spentNanoUsd: 30, unknownRuns: 1 },
      { period: 'month', limitNanoUsd: 0, spentNanoUsd: 40, unknownRuns: 1 },
    ]);
    assert.deepEqual(
      lastRuns.map(({ id }) => id),
      ['d', 'c', 'b'],
    );
    assert.deepEqual([perRunBudgetNanoUsd, unreadableLines, waitingEntries], [250, 0, 0]);
  });

  test('a reset takes what was shown off, and only there', async () => {
    await report();
    const clock = new ManualClock('2026-03-14T12:00:00Z');
    const disk = nodeDisk(folder());
    const ledger = new Ledger({ disk, clock, zone: () => 0 });
    const counters = new Counters({ ledger, disk, clock });
    await counters.reset('today');
    await ledger.append(entryOf({ cost_nano_usd: 5, at: '2026-03-14T12:30:00Z' }));
    const today = ledger.today();
    const after = await readCostReport(ledger, {
      days: { firstDay: today, lastDay: today },
      policy,
      lastRuns: 1,
      counters,
    });
    assert.equal(after.today.costNanoUsd, 5);
    assert.equal(after.today.runs, 1);
    assert.equal(after.today.unknownRuns, 0);
    assert.equal(after.today.sinceMs, Date.parse('2026-03-14T12:00:00Z'));
    assert.equal(after.month.costNanoUsd, 45);
    assert.equal(after.range.costNanoUsd, 35);
    assert.equal(after.budgets[0]?.spentNanoUsd, 35);
  });
});
