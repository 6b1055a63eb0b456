import type { CostReport } from '../../../accounting/report/report';
import { addTotals, NO_TOTALS, savedNanoUsd } from '../../../accounting/ledger/totals';
import { type NanoUsd, NANO_PER_USD, formatUsd, usdDecimal } from '../../../common/money';
import type { CostPageContext } from './context';
import { dayText, monthText } from './dates';
import { escapeHtml, savedHtml, tableHtml, totalHtml } from './html';

type DayRow = CostReport['days'][number];

/** One bar of the chart and one row of its table. */
export interface ChartBar {
  /** `2026-11-03`, or `2026-11` for a month. */
  readonly key: string;
  readonly totals: DayRow['totals'];
}

/** More days than this do not fit side by side, so they are summed by month. */
const MOST_DAYS = 93;
const MOST_LABELS = 8;
const PLOT_HEIGHT = 140;
const TOP = 14;
const LABEL_HEIGHT = 22;

export function chartBars(days: CostReport['days']): readonly ChartBar[] {
  if (days.length <= MOST_DAYS) return days.map(({ day, totals }) => ({ key: day, totals }));
  const months = new Map<string, DayRow['totals']>();
  for (const { day, totals } of days) {
    const key = day.slice(0, 7);
    const sum = addTotals(months.get(key) ?? NO_TOTALS, totals);
    months.set(key, { ...sum, savedNanoUsd: savedNanoUsd(sum) });
  }
  return [...months].map(([key, totals]) => ({ key, totals }));
}

/** The smallest of 1, 2, 4, 5 or 10 times a power of ten that `highest` fits under. */
export function axisTop(highest: NanoUsd): NanoUsd {
  if (highest <= 0) return NANO_PER_USD / 100;
  let power = 1;
  while (power * 10 < highest) power *= 10;
  const step = [1, 2, 4, 5].find((factor) => power * factor >= highest) ?? 10;
  // Half of the top is a label too, so it must be whole.
  return Math.max(2, power * step);
}

/** The chart with the same numbers as a table below it, for those who cannot or will not see it. */
export function chartHtml(report: CostReport, context: CostPageContext): string {
  const { l10n } = context;
  const bars = chartBars(report.days);
  const isByMonth = bars[0]?.key.length === 7;
  const name = (bar: ChartBar): string =>
    isByMonth ? monthText(bar.key, context.locale) : dayText(bar.key, context.locale);
  const used = bars.filter(({ totals }) => totals.runs > 0);
  const rows = [...used]
    .reverse()
    .map((bar) => [
      escapeHtml(name(bar)),
      totalHtml(bar.totals, l10n),
      String(bar.totals.runs),
      savedHtml(bar.totals, l10n),
    ]);
  const columns = [
    { title: isByMonth ? l10n.t('Month') : l10n.t('Day') },
    { title: l10n.t('Cost'), isNumber: true },
    { title: l10n.t('Runs'), isNumber: true },
    { title: l10n.t('Saved'), isNumber: true },
  ];
  const caption = isByMonth ? l10n.t('Spend per month') : l10n.t('Spend per day');
  const table =
    used.length === 0
      ? ''
      : `<details id="days-table"><summary>${escapeHtml(l10n.t('The chart as a table'))}</summary>` +
        `${tableHtml(caption, columns, rows)}</details>`;
  return plotHtml(bars, name, context) + table;
}

function plotHtml(
  bars: readonly ChartBar[],
  name: (bar: ChartBar) => string,
  { l10n }: CostPageContext,
): string {
  const highest = Math.max(0, ...bars.map(({ totals }) => totals.costNanoUsd));
  const top = axisTop(highest);
  const dearest = bars.find(({ totals }) => totals.costNanoUsd === highest);
  const summary =
    highest === 0 || !dearest
      ? l10n.t('Chart of spend: nothing was spent.')
      : l10n.t('Chart of spend: the most was {0}, {1}.', formatUsd(highest), name(dearest));
  const slot = 100 / Math.max(1, bars.length);
  const every = Math.ceil(bars.length / MOST_LABELS);
  const drawn = bars.map((bar, index) => barSvg(bar, { top, slot, index, name: name(bar), l10n }));
  const labels = bars
    .map((bar, index) => {
      // Counted from the right, so that the newest day always has a label.
      if ((bars.length - 1 - index) % every !== 0) return '';
      const x = ((index + 0.5) * slot).toFixed(3);
      const y = TOP + PLOT_HEIGHT + LABEL_HEIGHT - 6;
      return `<text x="${x}%" y="${y}" text-anchor="middle">${escapeHtml(name(bar))}</text>`;
    })
    .join('');
  const lines = [0, 0.5, 1]
    .map((share) => {
      const y = TOP + PLOT_HEIGHT * share + 0.5;
      return `<line class="${share === 1 ? 'axis' : 'grid'}" x1="0" x2="100%" y1="${y}" y2="${y}"/>`;
    })
    .join('');
  const ticks = [top, top / 2, 0]
    .map((nano) => `<span>$${nano === 0 ? '0' : usdDecimal(nano)}</span>`)
    .join('');
  return (
    `<div class="chart"><div class="ticks" aria-hidden="true">${ticks}</div>` +
    `<svg class="plot" role="img" aria-label="${escapeHtml(summary)}" height="${TOP + PLOT_HEIGHT + LABEL_HEIGHT}">` +
    `<svg aria-hidden="true" overflow="visible">${lines}${drawn.join('')}${labels}</svg></svg></div>`
  );
}

function barSvg(
  { totals }: ChartBar,
  at: {
    readonly top: NanoUsd;
    readonly slot: number;
    readonly index: number;
    readonly name: string;
    readonly l10n: CostPageContext['l10n'];
  },
): string {
  const { top, slot, index, name, l10n } = at;
  const left = index * slot;
  const share = slot > 9 ? 0.4 : 0.7;
  const height = (totals.costNanoUsd / top) * PLOT_HEIGHT;
  // What was paid is always seen, however little it is next to the others.
  const drawnHeight = totals.costNanoUsd === 0 ? 0 : Math.max(2, height);
  const y = TOP + PLOT_HEIGHT - drawnHeight;
  const bar =
    drawnHeight === 0
      ? ''
      : `<rect class="column" x="${(left + (slot * (1 - share)) / 2).toFixed(3)}%" y="${y.toFixed(2)}" ` +
        `width="${(slot * share).toFixed(3)}%" height="${drawnHeight.toFixed(2)}" rx="1.5"/>`;
  const middle = (left + slot / 2).toFixed(3);
  const mark =
    totals.unknownRuns === 0
      ? ''
      : `<text class="mark" x="${middle}%" y="${(y - 4).toFixed(2)}" text-anchor="middle">?</text>`;
  const unknown = totals.unknownRuns > 0 ? ` +${totals.unknownRuns}?` : '';
  const title = escapeHtml(
    l10n.t('{0}: {1}, {2} runs', name, `${formatUsd(totals.costNanoUsd)}${unknown}`, totals.runs),
  );
  const hover = `<rect class="hover" x="${left.toFixed(3)}%" y="0" width="${slot.toFixed(3)}%" height="${TOP + PLOT_HEIGHT}"/>`;
  return `<g><title>${title}</title>${hover}${bar}${mark}</g>`;
}
