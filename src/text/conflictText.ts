import type { MergeRegion } from './merge';
import { splitLines, withoutEol } from './lines';

/**
 * How to recognize our conflict markers in a text, and what writing them did to it.
 *
 * User code may contain anything, `<<<<<<<` lines included, so ours carry a nonce.
 */
export interface ConflictMarks {
  readonly nonce: string;
  /**
   * Whether a bare `=======` line must be ours. The editor's conflict actions know this line only
   * without a label, so it counts as a marker exactly when no version of the text has such a line.
   */
  readonly ownsSeparator: boolean;
  /** Whether a final line ending was added, which a resolved text has to lose again. */
  readonly addedFinalEol: boolean;
}

/** Names of the three sides, for the labels of the markers. */
export interface ConflictLabels {
  readonly mine: string;
  readonly base: string;
  readonly theirs: string;
}

export interface ConflictText {
  readonly text: string;
  readonly marks: ConflictMarks;
}

const SEPARATOR = '=======';

/**
 * Writes a merge with conflicts as text between the usual markers, so that the editor's own
 * conflict actions work on it.
 *
 * @param options.nonce drawn for this text; appears in none of the versions.
 * @param options.eol ends the marker lines, and lines inside a conflict that have no ending.
 */
export function renderConflicts(
  regions: readonly MergeRegion[],
  options: { readonly nonce: string; readonly labels: ConflictLabels; readonly eol: string },
): ConflictText {
  const { nonce, labels, eol } = options;
  const marker = (sign: string, label: string): string => `${sign} ${label} (${nonce})${eol}`;
  const closed = (side: string): string =>
    side === '' || /[\r\n]$/.test(side) ? side : side + eol;
  const parts = regions.map((region) =>
    region.kind === 'agreed'
      ? region.text
      : marker('<<<<<<<', labels.mine) +
        closed(region.mine) +
        marker('|||||||', labels.base) +
        closed(region.base) +
        SEPARATOR +
        eol +
        closed(region.theirs) +
        marker('>>>>>>>', labels.theirs),
  );
  return {
    text: parts.join(''),
    marks: {
      nonce,
      ownsSeparator: !regions.some(hasSeparator),
      addedFinalEol: lacksFinalEol(regions.at(-1)),
    },
  };
}

/** Whether a text still has markers of ours, so that it must not be applied. */
export function hasConflictMarkers(text: string, marks: ConflictMarks): boolean {
  return splitLines(text).some(
    (line) =>
      (marks.ownsSeparator && withoutEol(line) === SEPARATOR) ||
      (/^(?:<{7}|\|{7}|>{7}) /.test(line) && line.includes(`(${marks.nonce})`)),
  );
}

/** The text to apply, once its conflicts are resolved: without the line ending that we added. */
export function resolvedText(text: string, marks: ConflictMarks): string {
  return marks.addedFinalEol ? withoutEol(text) : text;
}

function hasSeparator(region: MergeRegion): boolean {
  const sides =
    region.kind === 'agreed' ? [region.text] : [region.base, region.mine, region.theirs];
  return sides.some((side) => splitLines(side).some((line) => withoutEol(line) === SEPARATOR));
}

/** Whether the document's own version of the last region stops without a line ending. */
function lacksFinalEol(last: MergeRegion | undefined): boolean {
  return last?.kind === 'conflict' && last.mine !== '' && !/[\r\n]$/.test(last.mine);
}
