import * as vscode from 'vscode';
import { type Draft, claimOf } from '../../drafts/draft';
import { withEol } from '../../text/lines';
import type { ProofThread } from '../../drafts/proof/proofThread';
import type { ProofResult } from '../../drafts/proof/proofResult';

/** Proves drafts against their documents as far as those are open. */
export class DraftProver {
  readonly #thread: ProofThread;

  constructor(thread: ProofThread) {
    this.#thread = thread;
  }

  /** @returns null for tasks of which nothing is claimed. */
  async prove(draft: Draft, proposed: string): Promise<ProofResult | null> {
    const claim = claimOf(draft.taskId);
    if (claim === null) return null;
    const context = contextOf(draft);
    return this.#thread.prove(claim, {
      base: draft.base,
      proposed,
      languageId: draft.languageId,
      ...(context ? { context } : {}),
    });
  }
}

/** The text around the range, while the document still has the draft's base there. */
function contextOf(draft: Draft): { readonly before: string; readonly after: string } | null {
  const document = vscode.workspace.textDocuments.find(
    (open) => open.uri.toString() === draft.documentUri,
  );
  if (!document || draft.range.state !== 'untouched') return null;
  const text = document.getText();
  const { start, end } = draft.range;
  if (withEol(text.slice(start, end), '\n') !== withEol(draft.base, '\n')) return null;
  return { before: text.slice(0, start), after: text.slice(end) };
}
