import assert from 'node:assert/strict';
import { plainEnglish } from '../../../../src/common/translate';
import { renderStatus, type StatusModel } from '../../../../src/editor/cost/statusText';

const noBudget = {
  dailyNanoUsd: 0,
  monthlyNanoUsd: 0,
  spentTodayNanoUsd: 12_300_000,
  spentMonthNanoUsd: 2_345_000_000,
};

const idle: StatusModel = {
  period: 'today',
  totals: {
    session: { costNanoUsd: 1_000_000, runs: 1, unknownRuns: 0, since: null },
    today: { costNanoUsd: 12_300_000, runs: 4, unknownRuns: 0, since: null },
    month: { costNanoUsd: 2_345_000_000, runs: 90, unknownRuns: 2, since: null },
  },
  runningSeconds: null,
  runningCount: 0,
  budget: noBudget,
  demoNanoUsd: null,
};

function check(change: Partial<StatusModel>, text: string): void {
  assert.equal(renderStatus({ ...idle, ...change }, plainEnglish).text, text);
}

suite('renderStatus', () => {
  test('shows the chosen period', () => {
    check({}, '$(credit-card) $0.0123');
    check({ period: 'session' }, '$(credit-card) $0.0010');
    check({ period: 'month' }, '$(credit-card) $2.35 +2?');
  });

  test('counts runs of unknown cost instead of taking them as nothing', () => {
    check(
      {
        totals: { ...idle.totals, today: { costNanoUsd: 0, runs: 1, unknownRuns: 1, since: null } },
      },
      '$(credit-card) $0.00 +1?',
    );
    const today = { costNanoUsd: 0, runs: 3, unknownRuns: 2, since: null };
    const view = renderStatus({ ...idle, totals: { ...idle.totals, today } }, plainEnglish);
    assert.equal(view.accessibleText, 'Delegate cost today: $0.00, and 2 of unknown cost');
  });

  test('spins while a run is under way', () => {
    check({ runningSeconds: 12, runningCount: 1 }, '$(sync~spin) 12s · $0.0123');
  });

  test('shows the sum of the demo by itself, and marked', () => {
    check({ demoNanoUsd: 0 }, '$(credit-card) demo $0.00');
    check({ demoNanoUsd: 13_800_000 }, '$(credit-card) demo $0.0138');
    check(
      { demoNanoUsd: 13_800_000, runningSeconds: 3, runningCount: 1 },
      '$(sync~spin) 3s · demo $0.0138',
    );
    const { accessibleText } = renderStatus({ ...idle, demoNanoUsd: 13_800_000 }, plainEnglish);
    assert.equal(accessibleText, 'Delegate cost today: $0.0123, demo $0.0138');
  });

  test('warns by icon and words, not by colour alone, when a budget is reached', () => {
    const view = renderStatus(
      { ...idle, budget: { ...noBudget, dailyNanoUsd: 12_300_000 } },
      plainEnglish,
    );
    assert.equal(view.text, '$(warning) $0.0123');
    assert.match(view.accessibleText, /budget reached/);
    assert.match(view.tooltipMarkdown, /Daily budget: \$0\.0123, \$0\.00 left/);
    assert.equal(view.isOverBudget, true);
  });

  test('a reset changes what is shown and no budget', () => {
    const today = { costNanoUsd: 0, runs: 0, unknownRuns: 0, since: '14:05' };
    const view = renderStatus(
      {
        ...idle,
        totals: { ...idle.totals, today },
        budget: { ...noBudget, dailyNanoUsd: 12_300_000 },
      },
      plainEnglish,
    );
    assert.equal(view.text, '$(warning) $0.00');
    assert.match(view.tooltipMarkdown, /\| today, since 14:05 \| \$0\.00 \|/);
    assert.equal(view.isOverBudget, true);
  });

  test('offers Cancel only while something runs', () => {
    const link = 'command:delegate.cancelRun';
    assert.ok(!renderStatus(idle, plainEnglish).tooltipMarkdown.includes(link));
    const running = renderStatus({ ...idle, runningSeconds: 1, runningCount: 2 }, plainEnglish);
    assert.ok(running.tooltipMarkdown.includes(link));
    assert.match(running.accessibleText, /2 running/);
  });
});
