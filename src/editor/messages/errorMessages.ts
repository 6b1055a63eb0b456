import { type ErrorText } from './errorText';
import { BatchError } from '../../batch/produce/batchError';
import { SignInError } from '../../account/signIn';
import { BudgetError } from '../../accounting/budget/budgetError';
import type { DelegateError } from '../../common/delegateError';
import type { Localization } from '../../common/translate';
import { OutcomeError } from '../../delegation/answer/outcomeError';
import { UnverifiedError } from '../../delegation/run/unverifiedError';
import { RefusalError } from '../../delegation/run/runErrors';
import { OpenRouterError } from '../../openrouter/errors';
import { breachText } from './budgetText';
import { describeOutcomeError } from './outcomeErrorText';
import { withQuote } from './quoted';
import { describeSignInError } from './signInErrorText';
import { MaskingError } from '../../privacy/maskingThread';

/** The one place that turns an error into words for the user. */
export function describeError(error: DelegateError, l10n: Localization): ErrorText {
  if (error instanceof OpenRouterError) return describeOpenRouterError(error, l10n);
  if (error instanceof OutcomeError) return describeOutcomeError(error, l10n);
  if (error instanceof SignInError) return describeSignInError(error, l10n);
  if (error instanceof RefusalError) return describeRefusal(error);
  if (error instanceof UnverifiedError) {
    return {
      message: l10n.t(
        'The answer of the worker could not be verified: {0}. The file is unchanged. Run it again, or choose another worker model.',
        error.words,
      ),
      actions: ['run-again', 'select-worker'],
    };
  }
  if (error instanceof BatchError) return describeBatchError(error, l10n);
  if (error instanceof MaskingError) {
    return {
      message: l10n.t(
        'Not sent: looking for secrets in this text took too long. Select less text, or try again when the computer is less busy.',
      ),
      actions: ['run-again'],
    };
  }
  if (error instanceof BudgetError) {
    return {
      message: l10n.t(
        'Not sent. {0} Raise the budget or select less text.',
        breachText(error.breach, l10n),
      ),
      actions: ['set-budget', 'run-again'],
    };
  }
  return {
    message: l10n.t('Delegate hit an internal error ({0}). Nothing was changed.', error.code),
    actions: ['show-output'],
  };
}

/** Why a batch stopped; what is done is kept in each case. */
function describeBatchError({ code }: BatchError, l10n: Localization): ErrorText {
  switch (code) {
    case 'batch-limit':
      return {
        message: l10n.t(
          'The batch stopped: what is left of its limit does not cover the next request. What is done is kept; raise the limit in its plan to go on.',
        ),
        actions: [],
      };
    case 'batch-no-prices':
      return {
        message: l10n.t(
          'The batch stopped: the price of a model is not known, so nothing would bound the cost. Choose another model.',
        ),
        actions: ['select-orchestrator', 'select-worker'],
      };
    case 'batch-failing':
      return {
        message: l10n.t(
          'The batch stopped, because request after request failed. What is done is kept. Test the connection, then go on with it.',
        ),
        actions: ['test-connection'],
      };
    case 'batch-sample':
      return { message: l10n.t('The batch stopped. What is done is kept.'), actions: [] };
    case 'batch-busy':
      return { message: l10n.t('Another window has this batch open.'), actions: [] };
  }
}

/** The engine says what is wrong and what to write instead, with the setting by name. */
function describeRefusal({ code, setting, problem, remedy }: RefusalError): ErrorText {
  const isNamed = setting === null || problem.includes(setting);
  const message = `${isNamed ? '' : `${setting}: `}${problem} ${remedy}`;
  switch (code) {
    case 'refused-no-orchestrator-model':
    case 'refused-orchestrator-without-tools':
      return { message, actions: ['select-orchestrator'] };
    case 'refused-no-worker-model':
    case 'refused-worker-is-tool':
      return { message, actions: ['select-worker'] };
    case 'refused-context-too-small':
      return { message, actions: ['select-orchestrator', 'select-worker'] };
    case 'refused-worker-tool':
    case 'refused-worker-limit':
    case 'refused-setting':
    case 'refused-answer-too-long':
    case 'refused-too-many-delegations':
      return { message, actions: ['open-settings'] };
    case 'refused-empty-selection':
    case 'refused-no-comments':
    case 'refused-schema':
    case 'refused-no-nonce':
      return { message, actions: [] };
  }
}

function describeOpenRouterError(error: OpenRouterError, l10n: Localization): ErrorText {
  return withQuote((said) => describeApiError(error, said, l10n), error.apiMessage, l10n);
}

/** @param said the API's own words, as a sentence with a blank before it. */
function describeApiError(error: OpenRouterError, said: string, l10n: Localization): ErrorText {
  switch (error.code) {
    case 'authentication':
      return {
        message: l10n.t(
          'OpenRouter did not accept the API key.{0} Sign in again or set another key.',
          said,
        ),
        actions: ['sign-in', 'set-api-key'],
      };
    case 'insufficient-credits':
      return describeCredits(error, said, l10n);
    case 'forbidden':
      return {
        message: l10n.t(
          'OpenRouter refused the request: a guardrail, a budget of the account or a disabled tool forbids it.{0} Check the settings of the key.',
          said,
        ),
        actions: ['open-key-settings', 'show-output'],
      };
    case 'not-found':
      return {
        message: l10n.t(
          'No provider is left for this model under your routing and privacy preferences.{0} Choose another model or relax delegate.provider.',
          said,
        ),
        actions: ['select-orchestrator', 'select-worker', 'open-settings'],
      };
    case 'invalid-request':
      return {
        message: l10n.t(
          'OpenRouter did not accept the request.{0} Check the models and worker settings.',
          said,
        ),
        actions: ['select-orchestrator', 'select-worker', 'open-settings'],
      };
    case 'too-large':
      return {
        message: l10n.t(
          'The request is too large for the model.{0} Select less text or a model with a larger context.',
          said,
        ),
        actions: ['select-orchestrator', 'select-worker'],
      };
    case 'rate-limit':
      return { message: rateLimitText(error, said, l10n), actions: ['run-again'] };
    case 'provider':
      return {
        message: l10n.t(
          'The provider failed.{0} Nothing was changed; run it again or choose another model.',
          said,
        ),
        actions: ['run-again', 'select-orchestrator', 'show-output'],
      };
    case 'connection':
    case 'tls':
    case 'connect-timeout':
      return describeConnection(error, l10n);
    case 'silence-timeout':
    case 'progress-timeout':
    case 'interrupted':
      return describeInterruption(error, said, l10n);
    case 'unexpected-answer':
      // Only the API gives generation ids: the answer is its own, and damaged.
      if (error.generationId !== null) return describeDamage(l10n);
      return {
        message: l10n.t(
          'The answer did not come from the OpenRouter API. A proxy or a wrong address in delegate.api.baseUrl can cause this.',
        ),
        actions: ['test-connection', 'open-settings'],
      };
  }
}

/** Less than this does not even hold an orchestrator's call of a worker. */
const LEAST_TOKENS = 256;

/** How long an answer may be so that the account can pay for it, if that is of any use. */
export function affordableTokens(error: DelegateError): number | null {
  const tokens = error instanceof OpenRouterError ? error.affordableTokens : null;
  return tokens !== null && tokens >= LEAST_TOKENS ? tokens : null;
}

function describeCredits(error: OpenRouterError, said: string, l10n: Localization): ErrorText {
  const affordable = affordableTokens(error);
  if (affordable !== null) {
    return {
      message: l10n.t(
        'The account can only pay for {0} tokens of answer. Add credits, or run it with that limit: a longer answer is refused or cut.',
        affordable.toLocaleString('en-US'),
      ),
      actions: ['run-capped', 'open-credits'],
    };
  }
  return {
    message: l10n.t(
      "The OpenRouter account or key has no credit left.{0} Add credits or raise the key's limit.",
      said,
    ),
    actions: ['open-credits', 'open-key-settings'],
  };
}

function rateLimitText(error: OpenRouterError, said: string, l10n: Localization): string {
  return error.retryAfterMs === null
    ? l10n.t('Too many requests.{0} Wait a little and run it again.', said)
    : l10n.t(
        'Too many requests.{0} Run it again in {1} seconds.',
        said,
        Math.ceil(error.retryAfterMs / 1000),
      );
}

function describeConnection(error: OpenRouterError, l10n: Localization): ErrorText {
  const reason = error.reason === null ? '' : ` (${error.reason})`;
  const actions = ['test-connection', 'run-again'] as const;
  switch (error.code) {
    case 'tls':
      return {
        message: l10n.t(
          "The server's certificate was not accepted{0}. A company proxy may be reading the connection: add its certificate to the system, then test the connection.",
          reason,
        ),
        actions,
      };
    case 'connect-timeout':
      return {
        message: l10n.t(
          'OpenRouter did not answer in time{0}. Check the network and the proxy, then run it again.',
          reason,
        ),
        actions,
      };
    default:
      if (error.reason === 'unsupported-proxy') {
        return {
          message: l10n.t(
            'Nothing was sent: the proxy that is set is of a kind that is not supported. Write http://host:port, https://host:port or socks5://host:port in http.proxy.',
          ),
          actions: ['test-connection'],
        };
      }
      return {
        message: l10n.t(
          'OpenRouter cannot be reached{0}. Check the network and the proxy, then run it again.',
          reason,
        ),
        actions,
      };
  }
}

function describeInterruption(error: OpenRouterError, said: string, l10n: Localization): ErrorText {
  const actions = ['run-again', 'show-output'] as const;
  switch (error.code) {
    case 'silence-timeout':
      return {
        message: l10n.t(
          'The connection went silent and was closed. What had arrived is in the output; it may have been billed.',
        ),
        actions,
      };
    case 'progress-timeout':
      return {
        message: l10n.t(
          'There was no progress for too long, only signs of life, so the run was stopped. What had arrived is in the output; it may have been billed.',
        ),
        actions,
      };
    default:
      return {
        message: l10n.t(
          'The answer broke off before it was complete.{0} What had arrived is in the output; it may have been billed.',
          said,
        ),
        actions,
      };
  }
}

function describeDamage(l10n: Localization): ErrorText {
  return {
    message: l10n.t(
      'A part of the answer cannot be read. What had arrived is in the output; it may have been billed. If it happens again, a proxy may be the cause.',
    ),
    actions: ['run-again', 'test-connection', 'show-output'],
  };
}
