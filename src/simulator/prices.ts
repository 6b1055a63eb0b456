/**
 * Prices that the simulator bills with, in US dollars per million tokens, as published in autumn
 * 2026 (last read 2026-09-23).
 *
 * Sources, by letter:
 * - M: platform.claude.com/docs, model overviews, comparison table.
 * - O: platform.claude.com/docs/about-claude/models/whats-new-opus-5.
 * - P: price table of github.com/TheKrush/PromptFuel, release v1.0.21 (2026-09-23).
 * - L: Anthropic's price list of 2025.
 *
 * Cache prices that no source states follow the published factors, 0.1 for a read and 1.25 for a
 * write of five minutes (openrouter.ai/docs, prompt caching), and are marked `derived`.
 */
export interface PublishedPrice {
  readonly slug: string;
  readonly name: string;
  readonly prompt: string;
  readonly completion: string;
  readonly cacheRead: string;
  readonly cacheWrite: string;
  readonly source: string;
}

export const PRICES_AS_OF = '2026-09-23';

export const publishedPrices: readonly PublishedPrice[] = [
  {
    slug: 'anthropic/claude-fable-5.1',
    name: 'Anthropic: Claude Fable 5.1',
    prompt: '10',
    completion: '50',
    cacheRead: '1',
    cacheWrite: '12.5',
    source: 'M, cache derived',
  },
  {
    slug: 'anthropic/claude-opus-5.5',
    name: 'Anthropic: Claude Opus 5.5',
    prompt: '4',
    completion: '20',
    cacheRead: '0.20',
    cacheWrite: '5',
    source: 'M, cache P',
  },
  {
    slug: 'anthropic/claude-opus-5',
    name: 'Anthropic: Claude Opus 5',
    prompt: '5',
    completion: '25',
    cacheRead: '0.50',
    cacheWrite: '6.25',
    source: 'O',
  },
  {
    slug: 'anthropic/claude-sonnet-5.5',
    name: 'Anthropic: Claude Sonnet 5.5',
    prompt: '2',
    completion: '10',
    cacheRead: '0.2',
    cacheWrite: '2.5',
    source: 'M, cache derived',
  },
  {
    slug: 'anthropic/claude-haiku-5.5',
    name: 'Anthropic: Claude Haiku 5.5',
    prompt: '0.10',
    completion: '0.50',
    cacheRead: '0.01',
    cacheWrite: '0.125',
    source: 'M ("from" prices), cache derived',
  },
  {
    slug: 'anthropic/claude-haiku-4.5',
    name: 'Anthropic: Claude Haiku 4.5',
    prompt: '1',
    completion: '5',
    cacheRead: '0.10',
    cacheWrite: '1.25',
    source: 'L',
  },
  {
    slug: 'openai/gpt-6-sol',
    name: 'OpenAI: GPT-6 Sol',
    prompt: '2',
    completion: '10',
    cacheRead: '0.20',
    cacheWrite: '2.50',
    source: 'P',
  },
  {
    slug: 'openai/gpt-6-luna',
    name: 'OpenAI: GPT-6 Luna',
    prompt: '0.10',
    completion: '0.50',
    cacheRead: '0.01',
    cacheWrite: '0.125',
    source: 'P',
  },
];
