import type { Localization } from '../../common/translate';
import type { RunEvent } from '../../delegation/run/run';
import { seconds } from './closingWords';

/** That a request is sent once more, and why. */
export function retryWords(
  { reason, delayMs }: Extract<RunEvent, { type: 'retry-scheduled' }>,
  l10n: Localization,
): string {
  return reason === 'format-refused'
    ? l10n.t('the model is not served with a JSON schema; asked again without, checked here')
    : l10n.t('trying again in {0} ({1})', seconds(delayMs, 0), reason);
}
