/** Counts tokens for billing. The extension uses the estimate below, tests and bench a real one. */
export interface Tokenizer {
  count(text: string): number;
}

/**
 * An estimate without vocabulary tables: words cost a token for each six letters, digits for each
 * three, runs of punctuation for each two, and white space only where it is more than the single
 * space that vocabularies join to the next word. Other scripts count a token for each character.
 */
export const estimatingTokenizer: Tokenizer = {
  count(text) {
    let tokens = 0;
    for (const [run] of text.matchAll(
      /[A-Za-z_]+|\d+|[ \t]+|[\r\n]+|[!-/:-@[-^`{-~]+|[^\x00-\x7f]/gu,
    )) {
      tokens += runTokens(run);
    }
    return tokens;
  },
};

function runTokens(run: string): number {
  const first = run.charCodeAt(0);
  if (first > 0x7f) return 1;
  if (run === ' ') return 0;
  if (/^\s/.test(run)) return 1;
  if (/^\d/.test(run)) return Math.ceil(run.length / 3);
  if (/^[A-Za-z_]/.test(run)) return Math.ceil(run.length / 6);
  return Math.ceil(run.length / 2);
}

/** The longest beginning of `text` that costs at most `limit` tokens. */
export function cutToTokens(tokenizer: Tokenizer, text: string, limit: number): string {
  if (tokenizer.count(text) <= limit) return text;
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (tokenizer.count(text.slice(0, middle)) <= limit) fits = middle;
    else tooLong = middle;
  }
  // A cut between the halves of a surrogate pair would make text that cannot be encoded.
  const last = text.charCodeAt(fits - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? fits - 1 : fits);
}
