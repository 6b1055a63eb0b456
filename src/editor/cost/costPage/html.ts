import { type NanoUsd, formatUsd, usdDecimal } from '../../../common/money';
import type { Localization } from '../../../common/translate';
import type { ReportTotals } from '../../../accounting/report/report';

/** Text inside an element or an attribute; slugs and task ids are other people's texts. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** An amount as people read it, with the exact one in the element's value and hover. */
export function amountHtml(nano: NanoUsd): string {
  const exact = usdDecimal(nano);
  return `<data value="${exact}" title="$${exact}">${formatUsd(nano)}</data>`;
}

/** An amount with the runs that are not in it because nobody knows what they cost: `$0.01 +1?`. */
export function totalHtml(
  totals: Pick<ReportTotals, 'costNanoUsd' | 'unknownRuns'>,
  l10n: Localization,
): string {
  const { costNanoUsd, unknownRuns } = totals;
  if (unknownRuns === 0) return amountHtml(costNanoUsd);
  const words = escapeHtml(l10n.t('and {0} of unknown cost', unknownRuns));
  return (
    `${amountHtml(costNanoUsd)} <span class="unknown" aria-hidden="true" title="${words}">` +
    `+${unknownRuns}?</span><span class="hidden">${words}</span>`
  );
}

/** What was saved against asking directly, an estimate; a dash when nothing can be compared. */
export function savedHtml(totals: ReportTotals, l10n: Localization): string {
  const { savedNanoUsd, directNanoUsd, comparedCostNanoUsd } = totals;
  if (directNanoUsd === 0 && comparedCostNanoUsd === 0) return noneHtml(l10n);
  const percent = percentOf(savedNanoUsd, directNanoUsd);
  const share = percent === null ? '' : ` <span class="muted">(${percent} %)</span>`;
  return `<span class="${savedNanoUsd < 0 ? 'loss' : 'saved'}">~${amountHtml(savedNanoUsd)}${share}</span>`;
}

export function noneHtml(l10n: Localization): string {
  return `<span aria-hidden="true" class="muted">–</span><span class="hidden">${escapeHtml(l10n.t('none'))}</span>`;
}

/** Whole percent, or null where there is nothing to take a share of. */
function percentOf(part: NanoUsd, whole: NanoUsd): number | null {
  return whole <= 0 ? null : Math.round((part / whole) * 100);
}

/** A bar that fills `share` (0 to 1) of its width; the number beside it says the same. */
export function barHtml(share: number, kind = 'share'): string {
  const width = (Math.min(1, Math.max(0, share)) * 100).toFixed(2);
  return (
    `<svg class="bar ${kind}" aria-hidden="true" focusable="false"><rect class="track" width="100%" height="100%"/>` +
    `<rect class="fill" width="${width}%" height="100%"/></svg>`
  );
}

export function buttonHtml(
  label: string,
  options: {
    readonly id: string;
    readonly action: string;
    readonly subject?: string;
    readonly spoken?: string;
  },
): string {
  const { id, action, subject, spoken } = options;
  const aria = spoken === undefined ? '' : ` aria-label="${escapeHtml(spoken)}"`;
  const data = subject === undefined ? '' : ` data-subject="${escapeHtml(subject)}"`;
  return `<button type="button" class="link" id="${id}" data-action="${action}"${data}${aria}>${escapeHtml(label)}</button>`;
}

export interface Column {
  readonly title: string;
  readonly isNumber?: boolean;
}

/** A bar that a screen reader tells as a meter, in percent: how much of a limit is used. */
export function meterHtml(
  share: number,
  { kind, name }: { readonly kind: string; readonly name: string },
): string {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    `<div role="meter" aria-label="${escapeHtml(name)}" aria-valuemin="0" aria-valuemax="100" ` +
    `aria-valuenow="${percent}">${barHtml(share, kind)}</div>`
  );
}

/** A table whose first cell of each row names the row; cells are HTML. */
export function tableHtml(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const cell = (index: number): string => (columns[index]?.isNumber ? ' class="number"' : '');
  const head = columns
    .map(({ title }, index) => `<th scope="col"${cell(index)}>${escapeHtml(title)}</th>`)
    .join('');
  const body = rows
    .map(([name = '', ...cells]) => {
      const rest = cells.map((html, index) => `<td${cell(index + 1)}>${html}</td>`).join('');
      return `<tr><th scope="row">${name}</th>${rest}</tr>`;
    })
    .join('');
  return (
    // A table that is too wide is scrolled by keyboard: the browser gives it the focus then.
    `<div class="scroll" role="group" aria-label="${escapeHtml(caption)}"><table><caption class="hidden">${escapeHtml(caption)}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
  );
}
