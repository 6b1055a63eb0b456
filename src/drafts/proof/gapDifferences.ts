import type { DifferenceList } from './differenceList';
import type { Lexeme, ParsedText, ParsedVersions } from './parsedVersions';

/** How much of the text on either side of a gap is shown. */
const SHOWN = 30;

/**
 * Adds a difference for each place at which white space differs and the language's rules do not say
 * that it means nothing. Only for versions whose lexemes are equal.
 *
 * @param isCompared - which lexemes the versions have in common.
 */
export function compareGaps(
  versions: ParsedVersions,
  isCompared: (lexeme: Lexeme) => boolean,
  found: DifferenceList,
): void {
  const before = versions.base.lexemes.filter(isCompared);
  const after = versions.proposed.lexemes.filter(isCompared);
  after.forEach((lexeme, index) => {
    const old = before[index];
    if (old?.gap === lexeme.gap) return;
    found.add({
      kind: 'white-space',
      line: versions.proposed.lineOf(lexeme.start),
      before: around(versions.base, old),
      after: around(versions.proposed, lexeme),
    });
  });
}

/** The text at both sides of the gap before a lexeme. */
function around({ text }: ParsedText, lexeme: Lexeme | undefined): string {
  if (!lexeme) return '';
  const lead = text.slice(0, lexeme.start).trimEnd();
  return text.slice(Math.max(0, lead.length - SHOWN), Math.min(lexeme.end, lexeme.start + SHOWN));
}
