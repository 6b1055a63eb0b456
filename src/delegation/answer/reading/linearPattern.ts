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
  let sizes = 0;
  let left = MAX_WORK;
  return (pattern) => {
    if (pattern.length > MAX_PATTERN) throw new Error('a pattern is too long');
    const compiled = compile(engine, pattern);
    const size = Math.max(compiled.programSize(), LEAST_SIZE);
    sizes += size;
    if (sizes > MAX_SIZES) throw new Error('its patterns are too large');
    const known = new Map<string, boolean>();
    return {
      test: (text) => {
        const answer = known.get(text);
        if (answer !== undefined) return answer;
        left -= (text.length + 1) * size;
        if (left < 0) throw new Error('there is too much text to be held against patterns');
        const isFound = compiled.matcher(text).find();
        known.set(text, isFound);
        return isFound;
      },
    };
  };
}

function compile(engine: typeof RE2JS, pattern: string): RE2JS {
  try {
    return engine.compile(engine.translateRegExp(pattern));
  } catch {
    throw new Error(`the pattern ${JSON.stringify(pattern)} cannot be checked in bounded time`);
  }
}

/** An engine of this kind takes time by the pattern's length as well, `{1000}` written out. */
const MAX_PATTERN = 500;
/** Steps of the engine's programs for all patterns of a schema. */
const MAX_SIZES = 20_000;
/** Even a short program takes its time for each letter. */
const LEAST_SIZE = 10;
/**
 * Letters of an answer times steps of the programs they are held against, some forty milliseconds: a
 * hundred kilobytes against a date, ten against forty letters of any kind.
 */
const MAX_WORK = 2_000_000;
