import type { Move } from '../orchestrators/policy';
import { cutToTokens, type Tokenizer } from '../tokenizer';
import { callText } from './prompt';

/** A move with its price in tokens, cut to the request's output limit. */
export interface LimitedMove {
  readonly move: Move;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  readonly isCut: boolean;
}

/**
 * Applies the output limit, which counts reasoning too and holds for each turn. What does not fit
 * is cut: text in the middle, calls as a whole, since half of their arguments is not a call.
 */
export function limitMove(move: Move, limit: number | null, tokenizer: Tokenizer): LimitedMove {
  let left = limit ?? Number.MAX_SAFE_INTEGER;
  const take = (text: string): string => {
    const kept = cutToTokens(tokenizer, text, left);
    left -= tokenizer.count(kept);
    return kept;
  };
  const start = left;
  const reasoning = take(move.reasoning);
  const reasoningTokens = start - left;
  const text = take(move.text);
  const calls = move.calls.filter((call) => {
    const tokens = tokenizer.count(callText(call));
    const fits = tokens <= left;
    left = fits ? left - tokens : 0;
    return fits;
  });
  const isCut =
    reasoning !== move.reasoning || text !== move.text || calls.length < move.calls.length;
  return {
    move: { reasoning, text, calls },
    completionTokens: isCut ? (limit ?? 0) : start - left,
    reasoningTokens,
    isCut,
  };
}

/** Cuts text into stream deltas, never between the halves of a surrogate pair. */
export function* deltasOf(text: string, charsPerDelta: number): Generator<string> {
  let start = 0;
  while (start < text.length) {
    let end = Math.min(start + Math.max(1, charsPerDelta), text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end += 1;
    yield text.slice(start, end);
    start = end;
  }
}
