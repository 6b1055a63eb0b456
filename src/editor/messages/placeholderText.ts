import type { Localization } from '../../common/translate';
import type { PlaceholderReport } from '../../delegation/request/maskedRequest';

/** What a user must know of masked values before applying an edit; null for nothing. */
export function placeholderText(report: PlaceholderReport, l10n: Localization): string | null {
  const { missing, repeated, isReordered, unknown } = report;
  const facts = [
    ...(missing > 0
      ? [l10n.t('The result lost {0} values that were masked before sending.', missing)]
      : []),
    ...(repeated > 0
      ? [l10n.t('The result repeats {0} values that were masked before sending.', repeated)]
      : []),
    ...(isReordered
      ? [l10n.t('Values that were masked before sending came back in another order.')]
      : []),
    ...(unknown > 0
      ? [l10n.t('The result has {0} placeholders that stand for nothing.', unknown)]
      : []),
  ];
  if (facts.length === 0) return null;
  return `${facts.join(' ')} ${l10n.t('Compare it with the original before you apply it.')}`;
}
