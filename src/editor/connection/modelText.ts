import type { CatalogModel } from '../../catalog/model';
import { supportsTools } from '../../catalog/readModels';
import { usdDecimal } from '../../common/money';
import type { Localization } from '../../common/translate';

/** What a picker tells of a model, in one line: prices, context, tools, and an alias's target. */
export function modelDetail(model: CatalogModel, l10n: Localization): string {
  const { promptNanoPerMillion, completionNanoPerMillion, overrides } = model.pricing;
  const prices = l10n.t(
    '{0} in / {1} out per million',
    priceText(promptNanoPerMillion),
    priceText(completionNanoPerMillion),
  );
  const parts = [overrides.length > 0 ? l10n.t('{0}, at times others', prices) : prices];
  if (model.contextLength !== null) {
    parts.push(l10n.t('context {0}', model.contextLength.toLocaleString('en-US')));
  }
  parts.push(supportsTools(model) ? l10n.t('tools') : l10n.t('no tools'));
  if (model.aliasTarget !== null) parts.push(l10n.t('now {0}', model.aliasTarget));
  return parts.join(' · ');
}

/** A price as it is, with two digits at the least: `$0.10`, `$0.075`; an unknown one is `?`. */
function priceText(nanoPerMillion: number | null): string {
  if (nanoPerMillion === null) return '?';
  const [whole = '0', fraction = ''] = usdDecimal(nanoPerMillion).split('.');
  return `$${whole}.${fraction.padEnd(2, '0')}`;
}
