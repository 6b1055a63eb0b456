import type { DelegateError } from '../../common/delegateError';
import type { Localization } from '../../common/translate';
import type { RunEvent } from '../../delegation/run/run';
import { UnverifiedError } from '../../delegation/run/unverifiedError';

/** What a step of worker first is, with why the last answer was not taken. */
export function stepWords(
  { step, rejected }: Extract<RunEvent, { type: 'step-start' }>,
  l10n: Localization,
): string {
  const next = nextWords(step, l10n);
  return rejected === null
    ? next
    : l10n.t('answer not taken ({0}); {1}', rejectedWords(rejected, l10n), next);
}

function nextWords(
  step: Extract<RunEvent, { type: 'step-start' }>['step'],
  l10n: Localization,
): string {
  switch (step) {
    case 'worker':
      return l10n.t('the worker writes alone');
    case 'worker-again':
      return l10n.t('the worker writes it again');
    case 'delegated':
      return l10n.t('the orchestrator takes over');
    case 'advice':
      return l10n.t('the orchestrator is shown an outline and asked for advice');
    case 'worker-advised':
      return l10n.t('the worker writes it with that advice');
  }
}

/** Why a worker's answer was not taken, in a few words. */
function rejectedWords(error: DelegateError, l10n: Localization): string {
  if (error instanceof UnverifiedError) return error.words;
  switch (error.code) {
    case 'answer-cut-short':
      return l10n.t('cut off at the token limit');
    case 'answer-filtered':
      return l10n.t('stopped by a content filter');
    case 'answer-missing':
    case 'answer-empty':
      return l10n.t('nothing came');
    default:
      return l10n.t('not in the form that was asked for');
  }
}
