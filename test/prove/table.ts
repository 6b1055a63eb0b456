import type { FormatterTrial } from './formatterTrial';
import type { InsertionTrial } from './insertionTrial';
import type { LayoutTrial } from './layoutTrial';

export interface TrialRow {
  readonly languageId: string;
  readonly judge: string;
  readonly layout: LayoutTrial;
  readonly insertion: InsertionTrial;
  readonly formatter: FormatterTrial;
}

const HEAD = [
  ...['language', 'judge', 'files', 'mutants', 'verified', 'of the harmless', 'wrong'],
  ...['docstrings', 'verified', 'skipped', 'wrong', 'formatted', 'verified', 'white space unclear'],
];

/** The trials as a Markdown table. */
export function writeTable(rows: readonly TrialRow[]): string {
  const lines = rows.map(({ languageId, judge, layout, insertion, formatter }) => [
    languageId,
    judge,
    layout.files,
    layout.mutants,
    layout.verified,
    share(layout.harmlessVerified, layout.harmless),
    judge === 'none' ? 'unknown' : layout.misses.length,
    insertion.written,
    insertion.verified,
    insertion.skipped,
    insertion.misses.length,
    formatter.formatted,
    formatter.verified,
    formatter.onlySpace.length,
  ]);
  return [HEAD, HEAD.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.map(String).join(' | ')} |`)
    .join('\n');
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${String(Math.round((100 * part) / whole))} %`;
}
