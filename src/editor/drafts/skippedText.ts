import type { Localization } from '../../common/translate';
import type { SkippedInsertion } from '../../drafts/docstring/docstringWriter';
import type { SkipReason } from '../../drafts/docstring/docstringPlacement';

/** A message names this many lines; the others are counted. */
const MAX_NAMED = 4;

/**
 * Says which docstrings were left out of a draft, and why.
 *
 * @param firstLine - One-based line of the document on which the selection begins.
 * @returns null when there is nothing to say: what is documented as it was meant is not a loss.
 */
export function skippedWords(
  skipped: readonly SkippedInsertion[],
  firstLine: number,
  l10n: Localization,
): string | null {
  const told = skipped.filter(({ reason }) => !HARMLESS.has(reason));
  if (told.length === 0) return null;
  const named = told
    .slice(0, MAX_NAMED)
    .map(({ line, reason }) =>
      l10n.t('line {0}: {1}', line + firstLine - 1, reasonOf(reason, l10n)),
    );
  const more = told.length - named.length;
  if (more > 0) named.push(l10n.t('and {0} more', more));
  const count =
    told.length === 1
      ? l10n.t('One docstring was left out of the draft:')
      : l10n.t('{0} docstrings were left out of the draft:', told.length);
  return `${count} ${named.join('; ')}.`;
}

const HARMLESS: ReadonlySet<SkipReason> = new Set(['empty-text', 'unchanged']);

function reasonOf(reason: SkipReason, l10n: Localization): string {
  switch (reason) {
    case 'no-such-line':
      return l10n.t('there is no such line');
    case 'tool-directive':
      return l10n.t('its words would be an order to a compiler or a tool');
    case 'no-comment-syntax':
      return l10n.t('there are no comments in this language');
    case 'one-line-body':
      return l10n.t('the body stands on the line of the signature');
    case 'shared-line':
      return l10n.t('other code stands on the line');
    case 'inside-text':
      return l10n.t('a comment there would be part of a text');
    case 'no-place':
      return l10n.t('a comment there would document nothing');
    case 'documentation-outside':
      return l10n.t('its place is not in the selection');
    case 'documented':
      return l10n.t('the comment that is there is kept');
    case 'duplicate':
      return l10n.t('there are two for the same place');
    case 'empty-text':
    case 'unchanged':
      return '';
  }
}
