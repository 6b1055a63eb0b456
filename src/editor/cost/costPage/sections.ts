import type {
  BudgetState,
  CostReport,
  CounterTotals,
  ReportTotals,
} from '../../../accounting/report/report';
import type { LedgerEntry } from '../../../accounting/ledger/ledgerEntry';
import { type NanoUsd, formatUsd } from '../../../common/money';
import type { Localization } from '../../../common/translate';
import { routeTitle } from '../../messages/taskTitles';
import { chartHtml } from './chart';
import type { CostPageContext } from './context';
import { instantText } from './dates';
import {
  amountHtml,
  barHtml,
  buttonHtml,
  escapeHtml,
  meterHtml,
  noneHtml,
  savedHtml,
  tableHtml,
  totalHtml,
} from './html';

/** Parts of the page that change with the report; each is an element with this id. */
export const SECTIONS = [
  'notices',
  'counters',
  'budgets',
  'summary',
  'chart',
  'tasks',
  'models',
  'runs',
] as const;
export type SectionId = (typeof SECTIONS)[number];

/** Renders the page's parts from the report; pure, so that each number is one test row. */
export function renderSections(
  report: CostReport,
  context: CostPageContext,
): Readonly<Record<SectionId, string>> {
  return {
    notices: noticesHtml(report, context),
    counters: countersHtml(report, context),
    budgets: budgetsHtml(report, context.l10n),
    summary: summaryHtml(report.range, context.l10n),
    chart: chartHtml(report, context),
    tasks: [tasksHtml, projectsHtml, routingsHtml]
      .map((part) => part(report, context.l10n))
      .join(''),
    models: modelsHtml(report, context.l10n),
    runs: runsHtml(report.lastRuns, context),
  };
}

function noticesHtml(report: CostReport, { l10n, isDemo }: CostPageContext): string {
  const texts: string[] = [];
  if (isDemo) {
    texts.push(l10n.t('The offline demo is on. Its costs are made up and kept out of all totals.'));
  }
  if (report.waitingEntries > 0) {
    texts.push(
      l10n.t(
        'The disk has not taken {0} runs yet. They count here and are written with the next run.',
        report.waitingEntries,
      ),
    );
  }
  if (report.unreadableLines > 0) {
    texts.push(
      l10n.t('{0} lines of the ledger cannot be read and are left out.', report.unreadableLines),
    );
  }
  return texts.map((text) => `<p class="notice">${escapeHtml(text)}</p>`).join('');
}

function countersHtml(report: CostReport, context: CostPageContext): string {
  const { l10n } = context;
  const names = {
    session: l10n.t('This session'),
    today: l10n.t('Today'),
    month: l10n.t('This month'),
  };
  return (['session', 'today', 'month'] as const)
    .map((period) => counterHtml({ period, name: names[period], totals: report[period] }, context))
    .join('');
}

function counterHtml(
  counter: { readonly period: string; readonly name: string; readonly totals: CounterTotals },
  { l10n, locale, timeZone }: CostPageContext,
): string {
  const { period, name, totals } = counter;
  const { sinceMs } = totals;
  const button =
    sinceMs === null
      ? buttonHtml(l10n.t('Reset'), {
          id: `counter-${period}`,
          action: 'reset',
          subject: period,
          spoken: l10n.t('Reset the counter: {0}', name),
        })
      : buttonHtml(l10n.t('Show everything'), {
          id: `counter-${period}`,
          action: 'show-all',
          subject: period,
          spoken: l10n.t('Show everything again: {0}', name),
        });
  const since =
    sinceMs === null
      ? ''
      : `<p class="since">${escapeHtml(l10n.t('since {0}', instantText(sinceMs, locale, timeZone)))}</p>`;
  return (
    `<section class="card" aria-labelledby="counter-${period}-name"><div class="card-head">` +
    `<h3 id="counter-${period}-name">${escapeHtml(name)}</h3>${button}</div>` +
    `<p class="amount">${totalHtml(totals, l10n)}</p>${since}` +
    `<p class="muted">${escapeHtml(runsText(totals.runs, l10n))}</p>` +
    `<p class="muted">${savedLine(totals, l10n)}</p></section>`
  );
}

function runsText(runs: number, l10n: Localization): string {
  return runs === 1 ? l10n.t('1 run') : l10n.t('{0} runs', runs.toLocaleString('en-US'));
}

/** `~$0.12 (78 %) saved`; a loss says so in words, not by a minus sign alone. */
function savedLine(totals: ReportTotals, l10n: Localization): string {
  if (totals.directNanoUsd === 0 && totals.comparedCostNanoUsd === 0) {
    return escapeHtml(l10n.t('nothing to compare yet'));
  }
  if (totals.savedNanoUsd < 0) {
    const more = `~${formatUsd(-totals.savedNanoUsd)}`;
    return `<span class="loss">${escapeHtml(l10n.t('{0} more than asking directly', more))}</span>`;
  }
  return `${savedHtml(totals, l10n)} ${escapeHtml(l10n.t('saved'))}`;
}

function summaryHtml(range: ReportTotals, l10n: Localization): string {
  return (
    `<p class="summary"><strong>${totalHtml(range, l10n)}</strong> · ` +
    `${escapeHtml(runsText(range.runs, l10n))} · ${savedLine(range, l10n)}</p>`
  );
}

function budgetsHtml(report: CostReport, l10n: Localization): string {
  const names = { day: l10n.t('Today'), month: l10n.t('This month') };
  const perRun = budgetRow(
    { id: 'run', name: l10n.t('Each run'), limit: report.perRunBudgetNanoUsd },
    `<p class="muted">${escapeHtml(l10n.t('checked in the worst case before anything is sent'))}</p>`,
    l10n,
  );
  const periods = report.budgets.map((state) =>
    budgetRow(
      { id: state.period, name: names[state.period], limit: state.limitNanoUsd },
      budgetStateHtml(state, names[state.period], l10n),
      l10n,
    ),
  );
  return `<ul class="budgets">${[perRun, ...periods].join('')}</ul>`;
}

function budgetRow(
  budget: { readonly id: string; readonly name: string; readonly limit: NanoUsd },
  state: string,
  l10n: Localization,
): string {
  const { id, name, limit } = budget;
  const amount = limit > 0 ? amountHtml(limit) : escapeHtml(l10n.t('off'));
  const button = buttonHtml(l10n.t('Set…'), {
    id: `budget-${id}`,
    action: 'set-budget',
    subject: id,
    spoken: l10n.t('Set the budget: {0}', name),
  });
  return (
    `<li><div class="card-head"><span><strong>${escapeHtml(name)}</strong> · ${amount}</span>${button}</div>` +
    `${limit > 0 ? state : ''}</li>`
  );
}

function budgetStateHtml(state: BudgetState, name: string, l10n: Localization): string {
  const { limitNanoUsd: limit, spentNanoUsd: spent, unknownRuns } = state;
  const left = limit - spent;
  const words =
    left > 0
      ? l10n.t('{0} left, {1} spent', formatUsd(left), formatUsd(spent))
      : l10n.t('Reached: {0} spent', formatUsd(spent));
  const unknown =
    unknownRuns > 0 ? ` · ${l10n.t('{0} of unknown cost not counted', unknownRuns)}` : '';
  const kind = left <= 0 ? 'over' : spent >= limit * 0.8 ? 'near' : 'share';
  const mark = left <= 0 ? '<span class="warning" aria-hidden="true">⚠</span> ' : '';
  const meter = meterHtml(spent / limit, { kind, name: l10n.t('Budget spent: {0}', name) });
  return `${meter}<p class="muted">${mark}${escapeHtml(words + unknown)}</p>`;
}

function tasksHtml(report: CostReport, l10n: Localization): string {
  const rows = report.byTask.map(({ route, totals }) =>
    totalsRow(escapeHtml(routeTitle(route, l10n)), totals, { whole: report.range, l10n }),
  );
  return sharesHtml(l10n.t('Spend by task'), l10n.t('Task'), { rows, l10n });
}

/** Only where runs are tagged by project at all. */
function projectsHtml(report: CostReport, l10n: Localization): string {
  if (report.byProject.length === 0) return '';
  const rows = report.byProject.map(({ project, totals }) =>
    totalsRow(
      project === ''
        ? `<span class="muted">${escapeHtml(l10n.t('no project'))}</span>`
        : escapeHtml(project),
      totals,
      {
        whole: report.range,
        l10n,
      },
    ),
  );
  const heading = `<h3>${escapeHtml(l10n.t('By project'))}</h3>`;
  return heading + sharesHtml(l10n.t('Spend by project'), l10n.t('Project'), { rows, l10n });
}

/** Beside the tasks; without runs their table says so already. */
function routingsHtml(report: CostReport, l10n: Localization): string {
  if (report.byRouting.length === 0) return '';
  const rows = report.byRouting.map(({ routing, totals }) =>
    totalsRow(escapeHtml(routingName(routing, l10n)), totals, { whole: report.range, l10n }),
  );
  const heading = `<h3>${escapeHtml(l10n.t('By route'))}</h3>`;
  return heading + sharesHtml(l10n.t('Spend by route'), l10n.t('Route'), { rows, l10n });
}

function routingName(
  routing: CostReport['byRouting'][number]['routing'],
  l10n: Localization,
): string {
  switch (routing) {
    case 'delegated':
      return l10n.t('Delegated');
    case 'worker-first':
      return l10n.t('Worker first');
    case 'direct':
      return l10n.t('Direct');
  }
}

function modelsHtml(report: CostReport, l10n: Localization): string {
  const rows = report.byModel.map(({ orchestratorModel, workerModel, totals }) =>
    totalsRow(modelsName(orchestratorModel, workerModel, l10n), totals, {
      whole: report.range,
      l10n,
    }),
  );
  return sharesHtml(l10n.t('Spend by model'), l10n.t('Orchestrator and worker'), { rows, l10n });
}

function modelsName(orchestrator: string, worker: string, l10n: Localization): string {
  const arrow = `<span aria-hidden="true">→</span><span class="hidden">${escapeHtml(l10n.t('with worker'))}</span>`;
  return `<code>${escapeHtml(orchestrator)}</code> ${arrow} <code>${escapeHtml(worker)}</code>`;
}

function totalsRow(
  name: string,
  totals: ReportTotals,
  { whole, l10n }: { readonly whole: ReportTotals; readonly l10n: Localization },
): string[] {
  const share = whole.costNanoUsd === 0 ? 0 : totals.costNanoUsd / whole.costNanoUsd;
  return [
    name,
    `<span class="share">${barHtml(share)}<span>${Math.round(share * 100)} %</span></span>`,
    totalHtml(totals, l10n),
    totals.runs.toLocaleString('en-US'),
    savedHtml(totals, l10n),
  ];
}

function sharesHtml(
  caption: string,
  name: string,
  { rows, l10n }: { readonly rows: readonly string[][]; readonly l10n: Localization },
): string {
  if (rows.length === 0) return emptyHtml(l10n);
  const columns = [
    { title: name },
    { title: l10n.t('Share') },
    { title: l10n.t('Cost'), isNumber: true },
    { title: l10n.t('Runs'), isNumber: true },
    { title: l10n.t('Saved'), isNumber: true },
  ];
  return tableHtml(caption, columns, rows);
}

function emptyHtml(l10n: Localization): string {
  return `<p class="muted">${escapeHtml(l10n.t('No runs in this range.'))}</p>`;
}

function runsHtml(entries: readonly LedgerEntry[], context: CostPageContext): string {
  const { l10n, locale, timeZone } = context;
  if (entries.length === 0) {
    return `<p class="muted">${escapeHtml(l10n.t('No runs yet. Select code and run a task.'))}</p>`;
  }
  const columns = [
    { title: l10n.t('Started') },
    { title: l10n.t('Task') },
    { title: l10n.t('Models') },
    { title: l10n.t('State') },
    { title: l10n.t('Tokens in / out of the model asked'), isNumber: true },
    { title: l10n.t('Time'), isNumber: true },
    { title: l10n.t('Cost'), isNumber: true },
  ];
  const rows = entries.map((entry) => [
    escapeHtml(instantText(Date.parse(entry.at), locale, timeZone)),
    escapeHtml(routeTitle(entry.route, l10n)) + (entry.demo ? demoBadge(l10n) : ''),
    entry.routing === 'direct'
      ? `<code>${escapeHtml(entry.orchestrator_model)}</code>`
      : modelsName(entry.orchestrator_model, entry.worker_model, l10n),
    stateHtml(entry.status, l10n),
    tokensHtml(entry, l10n),
    `${(entry.duration_ms / 1000).toFixed(1)} s`,
    runCostHtml(entry, l10n),
  ]);
  return tableHtml(l10n.t('Last runs'), columns, rows);
}

function demoBadge(l10n: Localization): string {
  return ` <span class="badge">${escapeHtml(l10n.t('demo'))}</span>`;
}

function stateHtml(status: LedgerEntry['status'], l10n: Localization): string {
  switch (status) {
    case 'completed':
      return escapeHtml(l10n.t('done'));
    case 'failed':
      return `<span class="loss">${escapeHtml(l10n.t('failed'))}</span>`;
    case 'cancelled':
      return escapeHtml(l10n.t('cancelled'));
    case 'refused':
      return escapeHtml(l10n.t('not sent'));
  }
}

/** Of the orchestrator, or of a worker that was asked alone; of both together they are nobody's. */
function tokensHtml(entry: LedgerEntry, l10n: Localization): string {
  const isOfSeveral = entry.routing === 'worker-first' && entry.did_enable_delegation;
  const isUnknown = entry.prompt_tokens === null && entry.completion_tokens === null;
  if (isOfSeveral || isUnknown) return noneHtml(l10n);
  const count = (tokens: number | null): string => tokens?.toLocaleString('en-US') ?? '?';
  return `${count(entry.prompt_tokens)} / ${count(entry.completion_tokens)}`;
}

/** A cost that is not known is a question mark, and what a demo run cost is not money. */
function runCostHtml({ cost_nano_usd: cost, demo }: LedgerEntry, l10n: Localization): string {
  if (cost === null) return `<span class="unknown">${escapeHtml(l10n.t('unknown'))}</span>`;
  return demo ? `<span class="made-up">${amountHtml(cost)}</span>` : amountHtml(cost);
}
