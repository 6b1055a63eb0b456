import { fitProposal } from '../../text/fitProposal';
import { type DocstringInput, writeDocstrings } from '../../drafts/docstring/docstringWriter';
import type { Outcome } from '../../delegation/run/run';
import { languageComments } from './languageComments';

/** An outcome that stands for other text; the other formats are read as they are. */
export type EditOutcome = Extract<Outcome, { format: 'replacement' | 'insertions' }>;

/** The text that an edit is of, with what its docstrings are placed by. */
export type EditedPlace = Pick<
  DocstringInput,
  'base' | 'languageId' | 'syntax' | 'eol' | 'context'
>;

/** @returns the place's text after the edit, and how many docstrings had no safe place in it. */
export async function editedText(
  outcome: EditOutcome,
  place: EditedPlace,
): Promise<{ readonly text: string; readonly skipped: number }> {
  if (outcome.format === 'replacement') {
    return { text: fitProposal(place.base, outcome.text, place.eol), skipped: 0 };
  }
  const comments = await languageComments(place.languageId);
  const { text, skipped } = await writeDocstrings({
    ...place,
    ...(comments ? { comments } : {}),
    insertions: outcome.insertions,
  });
  return { text, skipped: skipped.length };
}
