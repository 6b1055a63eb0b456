import type { Localization } from '../../common/translate';
import type { ErrorText } from './errorText';

/** Longest piece of somebody else's words that a notification repeats. */
const MAX_LENGTH = 200;

/**
 * A message with what somebody else said about it as a sentence of its own, unless the message says
 * the same already.
 *
 * @param describe the message, given that sentence with a blank before it, or `''`.
 */
export function withQuote(
  describe: (said: string) => ErrorText,
  words: string | null,
  l10n: Localization,
): ErrorText {
  const plain = describe('');
  // Our own full stop follows the quotation.
  const line = (words ?? '').replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  const text = normalized(line);
  if (text === '' || normalized(plain.message).includes(text)) return plain;
  const short = line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
  return describe(' ' + l10n.t('It said: “{0}”.', short));
}

function normalized(text: string): string {
  return text.toLowerCase().replace(/[.!\s]+$/, '');
}
