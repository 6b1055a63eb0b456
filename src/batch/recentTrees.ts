import { isProving } from '../drafts/proof/proveClaim';
import { rememberingSyntax } from '../syntax/rememberingSyntax';
import type { SyntaxService } from '../syntax/syntax';

/**
 * A remembering syntax service for a batch: placing comments, proving and reading look at the same
 * two texts of a file one after the other.
 *
 * @param size texts that are kept: two for each file that is worked on at once.
 * @param pause lets other work have its turn before each text that is parsed.
 */
export function recentTrees(
  syntax: SyntaxService,
  { size, pause }: { readonly size: number; readonly pause: () => Promise<void> },
): SyntaxService {
  const paused: SyntaxService = {
    parse: (languageId, text) => pause().then(() => syntax.parse(languageId, text)),
  };
  return {
    ...(isProving(syntax) && { prove: syntax.prove.bind(syntax) }),
    ...rememberingSyntax(paused, size),
  };
}
