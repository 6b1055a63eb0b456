import * as vscode from 'vscode';
import { type Draft, isClaimTask } from '../../drafts/draft';
import { withEol } from '../../text/lines';
import { proveDocstring, proveReformat } from '../../drafts/proof/proof';
import type { ProofResult } from '../../drafts/proof/proofResult';
import type { SyntaxService } from '../../syntax/syntax';

/** Proves drafts against their documents as far as those are open. */
export class DraftProver {
  readonly #syntax: SyntaxService;

  constructor(syntax: SyntaxService) {
    this.#syntax = syntax;
  }

  /** @returns null for tasks of which nothing is claimed. */
  async prove(draft: Draft, proposed: string): Promise<ProofResult | null> {
    if (!isClaimTask(draft.taskId)) return null;
    const prove = draft.taskId === 'docstring' ? proveDocstring : proveReformat;
    const context = contextOf(draft);
    return prove({
      base: draft.base,
      proposed,
      languageId: draft.languageId,
      syntax: this.#syntax,
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
