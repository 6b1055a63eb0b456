import type { SyntaxService } from '../../syntax/syntax';
import { languageOfDocument } from './partLanguages';
import { type SelectionSource, withEarlierStart } from './selectionSource';

/**
 * Takes in the comment right above a selected declaration, where there is a grammar to tell: a
 * docstring that stands outside the selection could only be doubled, not updated.
 */
export async function includeDocumentation(
  source: SelectionSource,
  syntax: SyntaxService,
): Promise<SelectionSource> {
  const { document, range, startOffset, endOffset } = source;
  const tree = await syntax
    .parse(languageOfDocument(document), document.getText())
    .catch(() => null);
  const starts = (tree?.declarations ?? [])
    .filter(({ start }) => start >= startOffset && start < endOffset)
    .flatMap(({ documentation }) => (documentation ? [documentation.start] : []))
    .map((offset) => document.positionAt(offset).line);
  const first = Math.min(...starts, range.start.line);
  return first < range.start.line ? withEarlierStart(source, first) : source;
}
