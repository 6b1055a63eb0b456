import * as vscode from 'vscode';
import type { DraftDesk } from '../../drafts/draftDesk';
import type { Rerun } from '../messages/errorActions';
import { withQuote } from '../messages/quoted';
import { showWarning } from '../messages/show';

/**
 * Says that the orchestrator did not accept what the worker wrote, which the draft shows all the
 * same, and lets the user take it, at no further cost.
 *
 * @param notes the orchestrator's own words; empty for none.
 */
export async function offerUnaccepted(
  { id, notes }: { readonly id: string; readonly notes: string },
  desk: DraftDesk,
  rerun: Rerun | undefined,
): Promise<void> {
  const use = vscode.l10n.t('Use the worker’s answer');
  const again = vscode.l10n.t('Run again');
  const { message } = withQuote(
    (said) => ({
      message: vscode.l10n.t(
        'The orchestrator did not accept the worker’s answer.{0} The draft shows it.',
        said,
      ),
      actions: [],
    }),
    notes,
    vscode.l10n,
  );
  const picked = await showWarning(message, use, ...(rerun ? [again] : []));
  if (picked === use && desk.find(id)) await desk.dispatch(id, { type: 'accepted' });
  if (picked === again) rerun?.({ integrated: false, maxOutputTokens: null });
}
