import type { SyntaxService, SyntaxTree } from './syntax';

/**
 * A service that keeps the trees of the texts that were parsed last: a draft that is edited is
 * proven again and again against the same original.
 */
export function rememberingSyntax(syntax: SyntaxService, count: number): SyntaxService {
  const trees = new Map<string, Promise<SyntaxTree | null>>();
  return {
    parse(languageId, text) {
      const key = `${languageId}\n${text}`;
      const parsing = trees.get(key) ?? syntax.parse(languageId, text);
      // Those used last stand last; a failure is not kept, because the next call tries again.
      trees.delete(key);
      trees.set(key, parsing);
      parsing.catch(() => trees.delete(key));
      for (const oldest of trees.keys()) {
        if (trees.size <= count) break;
        trees.delete(oldest);
      }
      return parsing;
    },
  };
}
