import type { Code } from '../code';
import type { ExtractedItem, Extractor } from './item';

/**
 * Ways to read a setting or an environment variable. The first group is the key, the second, where
 * there is one, the default as written.
 */
const READS: readonly RegExp[] = [
  /\b(?:process|import\.meta)\.env\.([A-Z_a-z]\w*)(?:\s*(?:\?\?|\|\|)\s*([^;,)\n]+))?/g,
  /\b(?:process|import\.meta)\.env\[['"]([^'"]+)['"]\](?:\s*(?:\?\?|\|\|)\s*([^;,)\n]+))?/g,
  /\bos\.environ\[['"]([^'"]+)['"]\]/g,
  /\b(?:os\.environ\.get|os\.getenv)\(\s*['"]([^'"]+)['"](?:\s*,\s*([^)\n]+))?\)/g,
  /\b(?:os\.Getenv|os\.LookupEnv|System\.getenv|Environment\.GetEnvironmentVariable|getenv|env::var)\(\s*["']([^"']+)["']\s*\)/g,
  /\bENV(?:\.fetch\(|\[)\s*['"]([^'"]+)['"](?:\s*,\s*([^)\n]+))?/g,
  /\b[Cc]onfig(?:uration)?\w*(?:\(\))?\.(?:get\w*|has|value)(?:<[^>]*>)?\(\s*['"]([^'"]+)['"](?:\s*,\s*([^)\n]+))?\)/g,
  /\b(?:settings|config|options|preferences)\[['"]([^'"]+)['"]\]/gi,
  /\bSystem\.getProperty\(\s*"([^"]+)"(?:\s*,\s*([^)\n]+))?\)/g,
];

/** Settings and environment variables that the code reads, with their defaults. */
export const configKeys: Extractor = (code) => {
  const found = new Map<number, ExtractedItem>();
  for (const pattern of READS) {
    for (const match of code.text.matchAll(pattern)) {
      if (isCommentedOut(code, match.index) || found.has(match.index)) continue;
      const [, key = '', written] = match;
      found.set(match.index, {
        line: code.lineNumber(match.index),
        key,
        default: written?.trim() ?? null,
      });
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([, item]) => item);
};

function isCommentedOut(code: Code, offset: number): boolean {
  return code.tokens.some(
    ({ kind, start, end }) => kind !== 'code' && start <= offset && offset < end,
  );
}
