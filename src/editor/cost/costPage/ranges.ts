import type { DayRange } from '../../../accounting/ledger/localTime';
import type { Localization } from '../../../common/translate';

/** Ranges of chart and tables, in the order in which the page offers them. */
export const RANGES = ['week', 'days-30', 'month', 'days-90', 'year'] as const;
export type RangeId = (typeof RANGES)[number];
const FIRST_RANGE: RangeId = 'days-30';

const LENGTHS: Readonly<Record<Exclude<RangeId, 'month'>, number>> = {
  week: 7,
  'days-30': 30,
  'days-90': 90,
  year: 365,
};

/** The range that a page or its saved state names; the first one for anything else. */
export function readRange(value: unknown): RangeId {
  return RANGES.find((range) => range === value) ?? FIRST_RANGE;
}

/** The days of a range up to today; a month stands for the calendar's. */
export function daysOfRange(range: RangeId, today: number, month: DayRange): DayRange {
  if (range === 'month') return { firstDay: month.firstDay, lastDay: today };
  return { firstDay: today - LENGTHS[range] + 1, lastDay: today };
}

export function rangeTitle(range: RangeId, l10n: Localization): string {
  return range === 'month' ? l10n.t('This month') : l10n.t('Last {0} days', LENGTHS[range]);
}
