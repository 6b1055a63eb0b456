import type { PolicyName } from './orchestrators/policies';
import type { Pricing } from './pricing';
import { pricingFromUsd } from './pricing';
import { publishedPrices } from './prices';
import { FAULTY_SHARES, HOSTILE_KINDS, MISBEHAVIOURS, USELESS_SHARES } from './workers/misbehave';

/** Which workers of a request fail, for models that exist to show it. */
export type WorkerFailures = 'none' | 'first' | 'all';

/** One place that serves a model. */
export interface ModelEndpoint {
  readonly providerName: string;
  readonly tag: string;
  /** Share of the model's listed price, in percent. */
  readonly pricePercent: number;
  readonly isZeroRetention: boolean;
  /** Whether closing a stream stops generation and billing at once (API reference, streaming). */
  readonly canCancel: boolean;
}

/** A model as the simulator plays it; all of them are scripts behind a slug. */
export interface SimulatedModel {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** For tilde aliases: the concrete slug behind it. */
  readonly aliasTarget: string | null;
  readonly contextLength: number;
  readonly maxCompletionTokens: number;
  /** Null for router rows, which have no price of their own. */
  readonly pricing: Pricing | null;
  readonly supportsTools: boolean;
  /** Which forms of an answer it can be held to; `refused`: the catalog says so and it cannot. */
  readonly formats: 'none' | 'json' | 'schema' | 'refused';
  /** Whether it reasons, and how it can be kept from it; null where the catalog does not tell. */
  readonly reasoning: 'off-by-default' | 'on-by-default' | 'mandatory' | null;
  readonly endpoints: readonly ModelEndpoint[];
  /** Shortest prompt prefix, in tokens, that a prompt cache keeps; null where there is none. */
  readonly cacheMinTokens: number | null;
  /** Whether prompts are cached without being asked to. */
  readonly cachesAlways: boolean;
  readonly policy: PolicyName;
  readonly workerFailures: WorkerFailures;
  /** Multiplies all durations. */
  readonly slowness: number;
  /** As a worker, this model always fails. */
  readonly failsAsWorker: boolean;
  readonly isListed: boolean;
}

/**
 * The caching minimum of Claude Opus 4.5, 4.6 and Haiku 4.5 (platform.claude.com/docs, prompt
 * caching). No source at hand states it for the 5.5 line; the highest published one is assumed, so
 * that caching is never credited where it might not happen.
 */
const CLAUDE_CACHE_MIN_TOKENS = 4096;
/** OpenAI caches by itself from here (openrouter.ai/docs, prompt caching). */
const GPT_CACHE_MIN_TOKENS = 1024;

const anthropicEndpoints: readonly ModelEndpoint[] = [
  endpoint('Anthropic', { canCancel: true }),
  endpoint('Amazon Bedrock', { isZeroRetention: true }),
  endpoint('Google', { pricePercent: 110, isZeroRetention: true }),
];

const openAiEndpoints: readonly ModelEndpoint[] = [
  endpoint('OpenAI', { canCancel: true }),
  endpoint('Azure', { canCancel: true, pricePercent: 105, isZeroRetention: true }),
];

const simulatorEndpoints: readonly ModelEndpoint[] = [
  endpoint('Simulator', { canCancel: true, isZeroRetention: true }),
];

function endpoint(providerName: string, traits: Partial<ModelEndpoint>): ModelEndpoint {
  return {
    providerName,
    tag: providerName.toLowerCase().replaceAll(' ', '-'),
    pricePercent: 100,
    isZeroRetention: false,
    canCancel: false,
    ...traits,
  };
}

const basis: Omit<SimulatedModel, 'slug' | 'name'> = {
  description: 'A script of the simulator. No language model runs behind this name.',
  aliasTarget: null,
  contextLength: 200_000,
  maxCompletionTokens: 64_000,
  pricing: null,
  supportsTools: true,
  formats: 'json',
  reasoning: null,
  endpoints: simulatorEndpoints,
  cacheMinTokens: null,
  cachesAlways: false,
  policy: 'well-behaved',
  workerFailures: 'none',
  slowness: 1,
  failsAsWorker: false,
  isListed: true,
};

function publishedModels(): SimulatedModel[] {
  return publishedPrices.map((price) => {
    const isClaude = price.slug.startsWith('anthropic/');
    const pricing = pricingFromUsd(price);
    return {
      ...basis,
      slug: price.slug,
      name: `${price.name} (simulated)`,
      contextLength: isClaude ? 1_000_000 : 400_000,
      maxCompletionTokens: 128_000,
      formats: 'schema' as const,
      // Claude reasons when it is asked to, GPT unless it is asked not to.
      reasoning: isClaude ? ('off-by-default' as const) : ('on-by-default' as const),
      pricing: price.slug === 'anthropic/claude-haiku-5.5' ? withLongPromptPrice(pricing) : pricing,
      endpoints: isClaude ? anthropicEndpoints : openAiEndpoints,
      cacheMinTokens: isClaude ? CLAUDE_CACHE_MIN_TOKENS : GPT_CACHE_MIN_TOKENS,
      cachesAlways: !isClaude,
    };
  });
}

/**
 * The price table says "from" for this model, so conditional prices exist; which ones is not
 * published. Doubling above 200,000 prompt tokens is this simulator's invention.
 */
function withLongPromptPrice(pricing: Pricing): Pricing {
  return {
    ...pricing,
    override: {
      minPromptTokens: 200_000,
      promptNanoPerMillion: pricing.promptNanoPerMillion * 2,
      completionNanoPerMillion: pricing.completionNanoPerMillion * 2,
    },
  };
}

/** Which slug each alias stands for is an inference from the line-up, not a published fact. */
const aliases: readonly (readonly [string, string])[] = [
  ['~anthropic/claude-opus-latest', 'anthropic/claude-opus-5.5'],
  ['~anthropic/claude-sonnet-latest', 'anthropic/claude-sonnet-5.5'],
  ['~anthropic/claude-haiku-latest', 'anthropic/claude-haiku-5.5'],
  ['~openai/gpt-latest', 'openai/gpt-6-sol'],
];

/** Orchestrators that behave in one particular way; priced as the default orchestrator. */
const characters: readonly (Partial<SimulatedModel> & { readonly slug: string })[] = [
  { slug: 'simulator/well-behaved' },
  { slug: 'simulator/copier', policy: 'copier' },
  { slug: 'simulator/ignorer', policy: 'ignorer' },
  { slug: 'simulator/around-marker', policy: 'around-marker' },
  { slug: 'simulator/redelegator', policy: 'redelegator' },
  { slug: 'simulator/over-delegator', policy: 'over-delegator' },
  { slug: 'simulator/worker-failure', workerFailures: 'first' },
  { slug: 'simulator/worker-failure-all', workerFailures: 'all' },
  { slug: 'simulator/failed-marker', policy: 'stubborn', workerFailures: 'all' },
  { slug: 'simulator/unknown-marker', policy: 'unknown-marker' },
  { slug: 'simulator/missing-marker', policy: 'missing-marker' },
  { slug: 'simulator/refuser', policy: 'refuser' },
  { slug: 'simulator/link-sayer', policy: 'link-sayer' },
  { slug: 'simulator/thinker', policy: 'thinker', reasoning: 'on-by-default' },
  { slug: 'simulator/must-think', policy: 'thinker', reasoning: 'mandatory' },
  { slug: 'simulator/refuses-schemas', formats: 'refused' },
  { slug: 'simulator/slow', slowness: 20 },
];

/** All models of the simulator, in the order in which `/models` lists them. */
export function buildModels(): SimulatedModel[] {
  const published = publishedModels();
  const bySlug = new Map(published.map((model) => [model.slug, model]));
  const opus = bySlug.get('anthropic/claude-opus-5.5');
  const haiku = bySlug.get('anthropic/claude-haiku-5.5');
  if (!opus || !haiku) throw new Error('The default pair has no published price.');
  return [
    ...published,
    ...aliases.flatMap(([alias, target]) => {
      const model = bySlug.get(target);
      return model
        ? [{ ...model, slug: alias, name: `${model.name}, latest`, aliasTarget: target }]
        : [];
    }),
    ...characters.map((character) => ({
      ...basis,
      pricing: opus.pricing,
      cacheMinTokens: opus.cacheMinTokens,
      name: `Simulator: ${character.slug.slice('simulator/'.length)}`,
      ...character,
    })),
    ...oddities(opus, haiku),
  ];
}

/** Rows whose catalog entry is what matters about them. */
function oddities(opus: SimulatedModel, haiku: SimulatedModel): SimulatedModel[] {
  return [
    { ...basis, slug: 'openrouter/auto', name: 'Simulator: auto router', contextLength: 2_000_000 },
    {
      ...basis,
      slug: 'simulator/free-worker:free',
      name: 'Simulator: free worker',
      pricing: pricingFromUsd({ prompt: '0', completion: '0' }),
      contextLength: 32_768,
      maxCompletionTokens: 8_192,
    },
    {
      ...basis,
      slug: 'simulator/no-tools',
      name: 'Simulator: no tools',
      pricing: opus.pricing,
      supportsTools: false,
      formats: 'none',
    },
    {
      ...basis,
      slug: 'simulator/failing-worker',
      name: 'Simulator: failing worker',
      pricing: haiku.pricing,
      failsAsWorker: true,
    },
    ...[...MISBEHAVIOURS, ...HOSTILE_KINDS].map((kind) => ({
      ...basis,
      slug: `simulator/worker-${kind}`,
      name: `Simulator: worker that misbehaves (${kind})`,
      pricing: haiku.pricing,
    })),
    ...USELESS_SHARES.map((percent) => ({
      ...haiku,
      slug: `simulator/worker-useless-${percent}`,
      name: `Simulator: worker with ${percent} % of its answers of no use`,
    })),
    ...FAULTY_SHARES.map((percent) => ({
      ...haiku,
      slug: `simulator/worker-faulty-${percent}`,
      name: `Simulator: worker with ${percent} % of its answers faulty`,
    })),
    {
      ...basis,
      slug: 'simulator/slow-worker',
      name: 'Simulator: slow worker',
      pricing: haiku.pricing,
      slowness: 20,
    },
    {
      ...basis,
      slug: 'simulator/runs-on',
      name: 'Simulator: cannot be cancelled',
      pricing: opus.pricing,
      endpoints: [endpoint('Simulator without cancellation', {})],
    },
  ];
}
