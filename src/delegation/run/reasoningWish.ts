/** How much a model is to think before it answers. */
export interface ReasoningWish {
  readonly effort: string;
  /** Limit of the thinking in tokens; 0 for none, and then the effort counts. */
  readonly maxTokens: number;
  /** Whether the user wrote the effort; `none` is the default of workers. */
  readonly isOwn: boolean;
}

/** Share of an output limit that providers let an effort take (guide, reasoning tokens). */
const THINKING_SHARES: ReadonlyMap<string, number> = new Map([
  ['minimal', 0.1],
  ['low', 0.2],
  ['medium', 0.5],
  ['high', 0.8],
  ['xhigh', 0.95],
  ['max', 0.95],
]);

/** Tokens to allow for thinking, so that as many as `answerTokens` are left for the answer. */
export function thinkingTokens(wish: ReasoningWish | undefined, answerTokens: number): number {
  if (!wish) return 0;
  if (wish.maxTokens > 0) return wish.maxTokens;
  // A worker's limit has its reasoning in it, as the setting says.
  if (!wish.isOwn) return 0;
  const share = THINKING_SHARES.get(wish.effort) ?? 0;
  return Math.round((answerTokens * share) / (1 - share));
}
