import { isProving } from '../drafts/proof/proveClaim';
import type { SyntaxService, SyntaxTree } from '../syntax/syntax';

/**
 * A syntax service that keeps the trees of the texts that were parsed last. Placing comments,
 * proving and reading look at the same two texts of a file one after the other.
 *
 * @param size texts that are kept: two for each file that is worked on at once.
 * @param pause lets other work have its turn before each text that is parsed.
 */
export function recentTrees(
  syntax: SyntaxService,
  { size, pause }: { readonly size: number; readonly pause: () => Promise<void> },
): SyntaxService {
  const kept = new Map<string, Promise<SyntaxTree | null>>();
  return {
    ...(isProving(syntax) && { prove: syntax.prove.bind(syntax) }),
    parse(languageId, text) {
      const key = `${languageId}\n${text}`;
      const parsed = kept.get(key) ?? pause().then(() => syntax.parse(languageId, text));
      // The newest stands last; a failure is not kept, because the next call tries again.
      kept.delete(key);
      kept.set(key, parsed);
      parsed.catch(() => kept.delete(key));
      const [oldest] = kept.keys();
      if (kept.size > size && oldest !== undefined) kept.delete(oldest);
      return parsed;
    },
  };
}
