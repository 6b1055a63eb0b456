import type { Localization } from '../../common/translate';
import type { OutcomeError } from '../../delegation/answer/outcomeError';
import type { ErrorText } from './errorText';
import { withQuote } from './quoted';

/** How many problems of a JSON answer a message lists. */
const MAX_PROBLEMS = 3;

/** Words for an answer that came but cannot be used. The raw answer is in the output. */
export function describeOutcomeError(error: OutcomeError, l10n: Localization): ErrorText {
  switch (error.code) {
    case 'outcome-missing':
      return {
        message: l10n.t(
          'A worker finished, but its result did not come with the answer. Run it again and let the orchestrator write the answer itself; this window then keeps doing so.',
        ),
        actions: ['run-integrated', 'show-output'],
      };
    case 'outcome-failed':
      return withQuote(
        (said) => ({
          message: l10n.t('A worker failed.{0} Run it again or choose another worker model.', said),
          actions: ['run-again', 'select-worker', 'show-output'],
        }),
        error.workerMessage,
        l10n,
      );
    case 'outcome-unknown':
    case 'outcome-not-accepted':
      return {
        message: l10n.t(
          'A part of the result was left out of the answer. All that came is in the output; run it again.',
        ),
        actions: ['run-again', 'show-output'],
      };
    case 'answer-missing':
    case 'answer-empty':
      return {
        message: error.hasAllOutcomes
          ? l10n.t(
              'The result was written, but the answer ended without it. What was written is in the output; run it again.',
            )
          : l10n.t('The answer is empty. Run it again or choose another model.'),
        actions: ['run-again', 'select-orchestrator', 'show-output'],
      };
    case 'answer-ambiguous':
      return {
        message: l10n.t(
          'Delegate could not tell which part of the answer is the result. The whole answer is in the output.',
        ),
        actions: ['run-again', 'show-output'],
      };
    case 'answer-invalid':
      return {
        message: l10n.t(
          'The answer does not have the form that was asked for. The whole answer, and what does not fit, is in the output.',
        ),
        actions: ['run-again', 'show-output'],
      };
    case 'answer-elided':
      return {
        message: l10n.t(
          'The answer leaves out a part of the code, so no draft was made of it. The whole answer is in the output; run it again, or select less.',
        ),
        actions: ['run-again', 'select-worker', 'show-output'],
      };
    case 'answer-is-diff':
      return {
        message: l10n.t(
          'The answer is a diff instead of the whole new code, so no draft was made of it. It is in the output; run it again, or choose another worker model.',
        ),
        actions: ['run-again', 'select-worker', 'show-output'],
      };
    case 'answer-is-remark':
      return withQuote(
        (said) => ({
          message: l10n.t(
            'The answer is a remark instead of code, so no draft was made of it.{0}',
            said,
          ),
          actions: ['run-again', 'show-output'],
        }),
        error.explanation,
        l10n,
      );
    case 'answer-cut-short':
      return {
        message: l10n.t(
          'The answer was cut off at a token limit. Raise delegate.worker.maxCompletionTokens or select less text; what had arrived is in the output.',
        ),
        actions: ['open-settings', 'run-again', 'show-output'],
      };
    case 'answer-unfinished':
      return {
        message: l10n.t(
          'The answer stopped before it was finished. What had arrived is in the output; run it again.',
        ),
        actions: ['run-again', 'show-output'],
      };
    case 'answer-filtered':
      return {
        message: l10n.t(
          'A content filter of the provider stopped the answer. What had arrived is in the output; choose another model.',
        ),
        actions: ['select-orchestrator', 'select-worker', 'show-output'],
      };
    case 'answer-declined':
      return withQuote(
        (said) => ({
          message: l10n.t('The model says that the job cannot be done.{0}', said),
          actions: ['run-again', 'show-output'],
        }),
        error.explanation,
        l10n,
      );
    case 'schema-invalid':
      return {
        message: l10n.t(
          'The JSON Schema for the result is not valid: {0}. Correct it and run again.',
          problemList(error, l10n),
        ),
        actions: ['show-output'],
      };
  }
}

/** A JSON pointer such as `/0/name` as people say it: `1 › name`, counted from one. */
function placeWords(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part))
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ');
}

/** What keeps an answer or a schema from being used, for people who want to know exactly. */
export function problemList({ problems }: OutcomeError, l10n: Localization): string {
  const shown = problems
    .slice(0, MAX_PROBLEMS)
    .map(({ path, message }) => (path === '' ? message : `${placeWords(path)}: ${message}`));
  const more = problems.length - shown.length;
  if (more > 0) shown.push(l10n.t('and {0} more', more));
  return shown.join('; ') || '?';
}
