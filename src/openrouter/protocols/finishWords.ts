import type { FinishReason } from '../streamEvent';

/**
 * What the word means by which a model's run ended, or null for a word that is not known.
 *
 * The API normalizes what providers say, but not always: Gemini's `MAX_TOKENS`, Anthropic's
 * `end_turn` and Cohere's `COMPLETE` have been seen behind gateways. An answer counts as whole only
 * after a word that is known to mean so, whatever its case and spelling.
 */
export function finishOfWord(word: string): FinishReason['unified'] | 'error' | null {
  return MEANINGS.get(normalized(word)) ?? null;
}

/** `MAX_TOKENS`, `maxTokens`, `max-tokens` and `FINISH_REASON_MAX_TOKENS` are one word. */
function normalized(word: string): string {
  return word
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s.-]+/g, '_')
    .replace(/^finish_reason_/, '');
}

const WORDS = {
  stop: [
    'stop',
    'stopped',
    'stop_sequence',
    'stop_token',
    'end_turn',
    'end',
    'eos',
    'eos_token',
    'end_of_text',
    'complete',
    'completed',
    'done',
    'finished',
  ],
  length: [
    'length',
    'max_length',
    'max_tokens',
    'max_new_tokens',
    'max_output_tokens',
    'max_completion_tokens',
    'model_length',
    'token_limit',
    'token_limit_reached',
    'output_limit',
    'truncated',
    'context_length',
    'context_length_exceeded',
    'context_window_exceeded',
    'model_context_window_exceeded',
  ],
  'content-filter': [
    'content_filter',
    'content_filtered',
    'content_policy_violation',
    'guardrail_intervened',
    'refusal',
    'safety',
    'image_safety',
    'recitation',
    'blocklist',
    'prohibited_content',
    'spii',
    'sensitive',
    'moderation',
    'error_toxic',
  ],
  'tool-calls': ['tool_calls', 'tool_call', 'tool_use', 'function_call'],
  error: ['error'],
} as const;

const MEANINGS: ReadonlyMap<string, keyof typeof WORDS> = new Map(
  (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((meaning) =>
    WORDS[meaning].map((word) => [word, meaning] as const),
  ),
);
