import { shown } from '../../common/shown';
import type { Period } from '../../accounting/ledger/ledger';
import { type NanoUsd, formatUsd } from '../../common/money';
import type { Localization } from '../../common/translate';

/** Spending of a period; runs without a known cost are counted, never taken as zero. */
export interface PeriodTotal {
  readonly costNanoUsd: NanoUsd;
  readonly runs: number;
  readonly unknownRuns: number;
  /** When the user reset this counter, in words; null when it shows the whole period. */
  readonly since: string | null;
}

/** Everything the status bar item shows, in one value. */
export interface StatusModel {
  readonly period: Period;
  readonly totals: Readonly<Record<Period, PeriodTotal>>;
  readonly runningSeconds: number | null;
  readonly runningCount: number;
  readonly budget: {
    readonly dailyNanoUsd: NanoUsd;
    readonly monthlyNanoUsd: NanoUsd;
    readonly spentTodayNanoUsd: NanoUsd;
    readonly spentMonthNanoUsd: NanoUsd;
  };
  /** What the runs of the demo would have cost; null while it is off. */
  readonly demoNanoUsd: NanoUsd | null;
}

export interface StatusView {
  readonly text: string;
  /** What a screen reader says instead of icons. */
  readonly accessibleText: string;
  readonly tooltipMarkdown: string;
  readonly isOverBudget: boolean;
}

/** Renders the status bar item from its model; pure, so that every state is one test row. */
export function renderStatus(model: StatusModel, l10n: Localization): StatusView {
  const isOverBudget =
    isReached(model.budget.spentTodayNanoUsd, model.budget.dailyNanoUsd) ||
    isReached(model.budget.spentMonthNanoUsd, model.budget.monthlyNanoUsd);
  const icon = isOverBudget ? '$(warning)' : '$(credit-card)';
  const amount = amountText(model, l10n);
  const text =
    model.runningSeconds === null
      ? `${icon} ${amount}`
      : `$(sync~spin) ${model.runningSeconds}s · ${amount}`;
  return {
    text,
    accessibleText: accessibleText(model, isOverBudget, l10n),
    tooltipMarkdown: tooltip(model, isOverBudget, l10n),
    isOverBudget,
  };
}

/** The demo has a sum of its own, so that nobody takes it for money, nor for what runs cost. */
function amountText({ demoNanoUsd, totals, period }: StatusModel, l10n: Localization): string {
  if (demoNanoUsd !== null) return l10n.t('demo {0}', formatUsd(demoNanoUsd));
  const { costNanoUsd, unknownRuns } = totals[period];
  return `${formatUsd(costNanoUsd)}${unknownRuns > 0 ? ` +${unknownRuns}?` : ''}`;
}

function isReached(spent: NanoUsd, budget: NanoUsd): boolean {
  return budget > 0 && spent >= budget;
}

function accessibleText(model: StatusModel, isOverBudget: boolean, l10n: Localization): string {
  const { costNanoUsd, unknownRuns } = model.totals[model.period];
  const amount = formatUsd(costNanoUsd);
  const parts = [l10n.t('Delegate cost {0}: {1}', periodName(model.period, l10n), amount)];
  if (unknownRuns > 0) parts.push(l10n.t('and {0} of unknown cost', unknownRuns));
  if (model.runningCount > 0) parts.push(l10n.t('{0} running', model.runningCount));
  if (isOverBudget) parts.push(l10n.t('budget reached'));
  if (model.demoNanoUsd !== null) parts.push(l10n.t('demo {0}', formatUsd(model.demoNanoUsd)));
  return parts.join(', ');
}

function tooltip(model: StatusModel, isOverBudget: boolean, l10n: Localization): string {
  const lines = [`**${l10n.t('Delegate: what your runs cost')}**`, ''];
  lines.push(
    `| | ${l10n.t('cost')} | ${l10n.t('runs')} | ${l10n.t('unknown')} |`,
    '|:--|--:|--:|--:|',
  );
  for (const period of ['session', 'today', 'month'] as const) {
    const { costNanoUsd, runs, unknownRuns, since } = model.totals[period];
    const name = periodName(period, l10n);
    const words = since === null ? name : l10n.t('{0}, since {1}', name, shown(since));
    lines.push(`| ${words} | ${formatUsd(costNanoUsd)} | ${runs} | ${unknownRuns} |`);
  }
  lines.push('');
  const { dailyNanoUsd, monthlyNanoUsd } = model.budget;
  const left = (budget: NanoUsd, spent: NanoUsd): [string, string] => [
    formatUsd(budget),
    formatUsd(Math.max(0, budget - spent)),
  ];
  if (dailyNanoUsd > 0) {
    const words = left(dailyNanoUsd, model.budget.spentTodayNanoUsd);
    lines.push(l10n.t('Daily budget: {0}, {1} left', ...words), '');
  }
  if (monthlyNanoUsd > 0) {
    const words = left(monthlyNanoUsd, model.budget.spentMonthNanoUsd);
    lines.push(l10n.t('Monthly budget: {0}, {1} left', ...words), '');
  }
  if (isOverBudget) lines.push(`$(warning) ${l10n.t('A budget is reached.')}`, '');
  if (model.demoNanoUsd !== null) {
    const made = formatUsd(model.demoNanoUsd);
    lines.push(l10n.t('Offline demo: {0}, made up and kept out of the totals.', made), '');
  }
  const links = [
    `[${l10n.t('Show cost')}](command:delegate.showCost)`,
    `[${l10n.t('Show output')}](command:delegate.showOutput)`,
    `[${l10n.t('Set budget…')}](command:delegate.setBudget)`,
  ];
  if (model.runningCount > 0)
    links.unshift(`[${l10n.t('Cancel run')}](command:delegate.cancelRun)`);
  lines.push(links.join(' · '));
  return lines.join('\n');
}

function periodName(period: Period, l10n: Localization): string {
  switch (period) {
    case 'session':
      return l10n.t('this session');
    case 'today':
      return l10n.t('today');
    case 'month':
      return l10n.t('this month');
  }
}
