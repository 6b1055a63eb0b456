import type { RE2JS } from 're2js';

/** What the validator asks of a pattern. */
export interface LinearPattern {
  test(text: string): boolean;
}

/**
 * Patterns of a schema that a model or a workspace wrote, compiled by an engine whose time grows with
 * the length of the text and no faster: in JavaScript's own `(a+)+$` takes minutes for thirty letters.
 *
 * @returns what makes a pattern, and throws for one that only a backtracking engine knows, such as one
 *   with a look-ahead.
 */
export function linearPatterns(engine: typeof RE2JS): (pattern: string) => LinearPattern {
  return (pattern) => {
    if (pattern.length > MAX_PATTERN) throw new Error('a pattern is too long');
    try {
      const compiled = engine.compile(engine.translateRegExp(pattern));
      return { test: (text) => compiled.matcher(text).find() };
    } catch {
      throw new Error(`the pattern ${JSON.stringify(pattern)} cannot be checked in bounded time`);
    }
  };
}

/** An engine of this kind takes time by the pattern's length as well, `{1000}` written out. */
const MAX_PATTERN = 500;
