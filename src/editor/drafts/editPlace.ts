import * as vscode from 'vscode';
import { type EditPlace, isProvable, judgeEdit } from '../../drafts/judgeEdit';
import type { Verdict } from '../../delegation/ports';
import type { Outcome } from '../../delegation/run/run';
import type { SyntaxService } from '../../syntax/syntax';
import type { TaskDefinition } from '../../tasks/task';
import { lineEndingOf } from '../selection/lineEnding';
import type { SelectionSource } from '../selection/selectionSource';
import { proofWords } from './draftHeader';
import { languageComments } from './languageComments';

/** Where an edit of a selection goes, with the rest of its document while that is unchanged. */
export async function editPlaceOf(
  { document, version, startOffset, endOffset, selection }: SelectionSource,
  syntax: SyntaxService,
): Promise<EditPlace> {
  const { text: base, languageId } = selection;
  const text = document.getText();
  const comments = await languageComments(languageId);
  return {
    base,
    languageId,
    syntax,
    eol: lineEndingOf(document),
    ...(comments ? { comments } : {}),
    // The document may have changed since; then the selection is read on its own.
    ...(document.version === version && {
      context: { before: text.slice(0, startOffset), after: text.slice(endOffset) },
    }),
  };
}

/** Text that is in no document. */
export async function loosePlace(
  base: string,
  languageId: string,
  syntax: SyntaxService,
): Promise<EditPlace> {
  const comments = await languageComments(languageId);
  return { base, languageId, syntax, eol: '\n', ...(comments ? { comments } : {}) };
}

/** What tries to prove an edit of the selection; null where nothing can be proven of it. */
export async function proverFor(
  task: TaskDefinition,
  source: SelectionSource,
  syntax: SyntaxService,
): Promise<((outcome: Outcome) => Promise<Verdict>) | null> {
  const { claim } = task;
  if (claim === undefined) return null;
  if (!(await isProvable(await editPlaceOf(source, syntax)))) return null;
  return async (outcome) => {
    if (outcome.format !== 'replacement' && outcome.format !== 'insertions') {
      return { isVerified: false, reason: 'it is not an edit' };
    }
    const verdict = await judgeEdit(outcome, await editPlaceOf(source, syntax), claim);
    if (verdict.isVerified) return verdict;
    const { reason, proof } = verdict;
    return { isVerified: false, reason, ...(proof && { words: proofWords(proof, vscode.l10n) }) };
  };
}
