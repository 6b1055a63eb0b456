import assert from 'node:assert/strict';
import { type BudgetPolicy, checkBudget } from '../../../../src/accounting/budget/budget';

const off: BudgetPolicy = { perRunNanoUsd: 0, dailyNanoUsd: 0, monthlyNanoUsd: 0, action: 'block' };
const nothing = { spentNanoUsd: 0, reservedNanoUsd: 0 };
const idle = { day: nothing, month: nothing };

suite('budget', () => {
  test('everything off allows everything, also what has no price', () => {
    assert.deepEqual(checkBudget(off, 1e15, idle), { kind: 'allow' });
    assert.deepEqual(checkBudget(off, null, idle), { kind: 'allow' });
  });

  test('a run that uses the limit to the last nano-dollar fits, one more does not', () => {
    const policy = { ...off, perRunNanoUsd: 100 };
    assert.equal(checkBudget(policy, 100, idle).kind, 'allow');
    assert.deepEqual(checkBudget(policy, 101, idle), {
      kind: 'refuse',
      breaches: [
        {
          period: 'run',
          limitNanoUsd: 100,
          spentNanoUsd: 0,
          reservedNanoUsd: 0,
          ceilingNanoUsd: 101,
          neededLimitNanoUsd: 101,
        },
      ],
    });
  });

  test('spent and reserved count against day and month, not against the run', () => {
    const policy = {
      perRunNanoUsd: 50,
      dailyNanoUsd: 100,
      monthlyNanoUsd: 1000,
      action: 'block',
    } as const;
    const day = { spentNanoUsd: 30, reservedNanoUsd: 30 };
    const month = { spentNanoUsd: 930, reservedNanoUsd: 30 };
    assert.equal(checkBudget(policy, 40, { day, month }).kind, 'allow');
    assert.deepEqual(checkBudget(policy, 41, { day, month }), {
      kind: 'refuse',
      breaches: [
        { period: 'day', limitNanoUsd: 100, ...day, ceilingNanoUsd: 41, neededLimitNanoUsd: 101 },
        {
          period: 'month',
          limitNanoUsd: 1000,
          ...month,
          ceilingNanoUsd: 41,
          neededLimitNanoUsd: 1001,
        },
      ],
    });
  });

  test('warn names the same breaches and lets the run pass', () => {
    const verdict = checkBudget({ ...off, dailyNanoUsd: 10, action: 'warn' }, 11, idle);
    assert.equal(verdict.kind, 'warn');
    assert.equal(verdict.breaches[0]?.neededLimitNanoUsd, 11);
  });

  test('without prices the budget per run, which the API enforces, is the worst case', () => {
    const policy = { ...off, perRunNanoUsd: 25, dailyNanoUsd: 100 };
    assert.equal(checkBudget(policy, null, idle).kind, 'allow');
    const busy = { day: { spentNanoUsd: 80, reservedNanoUsd: 0 }, month: nothing };
    assert.equal(checkBudget(policy, null, busy).kind, 'refuse');
  });

  test('without prices and without a budget per run nothing bounds the run', () => {
    const verdict = checkBudget({ ...off, dailyNanoUsd: 100 }, null, idle);
    assert.equal(verdict.kind, 'refuse');
    assert.equal(verdict.breaches[0]?.ceilingNanoUsd, null);
    assert.equal(verdict.breaches[0].neededLimitNanoUsd, null);
  });

  test('a budget that is overspent already refuses even a free run only when it is over', () => {
    const policy = { ...off, dailyNanoUsd: 100 };
    const full = { day: { spentNanoUsd: 100, reservedNanoUsd: 0 }, month: nothing };
    assert.equal(checkBudget(policy, 0, full).kind, 'allow');
    const over = { day: { spentNanoUsd: 101, reservedNanoUsd: 0 }, month: nothing };
    assert.equal(checkBudget(policy, 0, over).kind, 'refuse');
  });
});
