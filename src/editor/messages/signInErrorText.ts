import type { SignInError } from '../../account/signIn';
import type { Localization } from '../../common/translate';
import type { ErrorText } from './errorText';

/** Words for a sign-in that ended without a key. */
export function describeSignInError({ code }: SignInError, l10n: Localization): ErrorText {
  const actions = ['sign-in', 'set-api-key'] as const;
  switch (code) {
    case 'sign-in-denied':
      return {
        message: l10n.t(
          'No key was allowed in the browser, so nothing was stored. Sign in again, or set a key.',
        ),
        actions,
      };
    case 'sign-in-timeout':
      return {
        message: l10n.t(
          'The browser did not come back within ten minutes, so nothing was stored. Sign in again, or set a key.',
        ),
        actions,
      };
    case 'sign-in-code-rejected':
      return {
        message: l10n.t(
          'OpenRouter did not accept the code: it belongs to another sign-in, was used before, or is older than ten minutes. Sign in again.',
        ),
        actions,
      };
  }
}
