import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/**
 * A real tokenizer for tests, demo script and bench. Claude's is not published; o200k_base is of
 * the same kind, and both sides of every comparison are counted by it.
 */
export const realTokenizer = {
  count: (text: string): number => countTokens(text),
};
