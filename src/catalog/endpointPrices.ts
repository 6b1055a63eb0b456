import type { Clock } from '../common/clock';
import { asArray, asRecord, readCount, readString } from '../common/json';
import type { CatalogModel, ModelPricing } from './model';
import { priceFor } from './pricing';
import { readPricing } from './readPricing';

/** One provider's offer of a model, of `GET /models/{author}/{slug}/endpoints`. */
export interface ModelEndpoint {
  readonly providerName: string;
  readonly contextLength: number | null;
  readonly maxCompletionTokens: number | null;
  readonly pricing: ModelPricing;
  /** Share by which a bill may be below `pricing`; 0 for none. */
  readonly discount: number;
  readonly supportedParameters: readonly string[];
}

export interface PriceSpan {
  readonly low: number;
  readonly high: number;
}

/** Lowest and highest prices among the endpoints that may serve a request. */
export interface EndpointPriceRange {
  readonly promptNanoPerMillion: PriceSpan;
  readonly completionNanoPerMillion: PriceSpan;
}

export function readEndpoints(body: unknown): readonly ModelEndpoint[] {
  const data = asRecord(asRecord(body)?.['data']);
  return asArray(data?.['endpoints'])
    .map(readEndpoint)
    .filter((endpoint) => endpoint !== null);
}

function readEndpoint(value: unknown): ModelEndpoint | null {
  const row = asRecord(value);
  if (!row) return null;
  const discount = asRecord(row['pricing'])?.['discount'];
  return {
    providerName: readString(row['provider_name']) ?? '',
    contextLength: readCount(row['context_length']),
    maxCompletionTokens: readCount(row['max_completion_tokens']),
    pricing: readPricing(row['pricing']),
    discount: typeof discount === 'number' && discount > 0 && discount <= 1 ? discount : 0,
    supportedParameters: asArray(row['supported_parameters']).filter(
      (parameter) => typeof parameter === 'string',
    ),
  };
}

/**
 * The span of prices over endpoints, or null when no endpoint has known ones. A discount lowers the
 * low end alone: whether the listed price already has it is not documented.
 */
export function priceRange(
  endpoints: readonly ModelEndpoint[],
  promptTokens: number,
  atUtcMs: number,
): EndpointPriceRange | null {
  const prices = endpoints.flatMap((endpoint) => {
    const { promptNanoPerMillion, completionNanoPerMillion } = priceFor(
      endpoint,
      promptTokens,
      atUtcMs,
    );
    if (promptNanoPerMillion === null || completionNanoPerMillion === null) return [];
    const share = 1 - endpoint.discount;
    return { prompt: promptNanoPerMillion, completion: completionNanoPerMillion, share };
  });
  if (prices.length === 0) return null;
  const span = (key: 'prompt' | 'completion'): PriceSpan => ({
    low: Math.min(...prices.map((price) => Math.floor(price[key] * price.share))),
    high: Math.max(...prices.map((price) => price[key])),
  });
  return { promptNanoPerMillion: span('prompt'), completionNanoPerMillion: span('completion') };
}

/** Author and slug of the path under which a model's endpoints are; null for slugs of another form. */
export function endpointPath(
  model: Pick<CatalogModel, 'id' | 'aliasTarget'>,
): { readonly author: string; readonly slug: string } | null {
  const [author, slug, ...rest] = (model.aliasTarget ?? model.id).split('/');
  return author && slug && rest.length === 0 && !author.startsWith('~') ? { author, slug } : null;
}

export interface EndpointCatalogOptions {
  /** `GET /models/{author}/{slug}/endpoints`, parsed; rejects when it cannot be had. */
  readonly fetchEndpoints: (author: string, slug: string) => Promise<unknown>;
  readonly clock: Clock;
}

const FRESH_MS = 60 * 60 * 1000;
const RETRY_MS = 60 * 1000;

/** Endpoints of the models in use, kept for an hour. Estimates do without while none are known. */
export class EndpointCatalog {
  readonly #options: EndpointCatalogOptions;
  readonly #known = new Map<string, { endpoints: readonly ModelEndpoint[]; untilMs: number }>();
  readonly #fetching = new Set<string>();

  constructor(options: EndpointCatalogOptions) {
    this.#options = options;
  }

  /** What is known now, empty for nothing; has it fetched in the background when missing or old. */
  find(model: Pick<CatalogModel, 'id' | 'aliasTarget'>): readonly ModelEndpoint[] {
    const path = endpointPath(model);
    if (!path) return [];
    const key = `${path.author}/${path.slug}`;
    const known = this.#known.get(key);
    const isDue = !known || known.untilMs <= this.#options.clock.now();
    if (isDue && !this.#fetching.has(key)) void this.#fetch(key, path);
    return known?.endpoints ?? [];
  }

  async #fetch(key: string, path: { author: string; slug: string }): Promise<void> {
    this.#fetching.add(key);
    const { clock, fetchEndpoints } = this.#options;
    try {
      const endpoints = readEndpoints(await fetchEndpoints(path.author, path.slug));
      this.#known.set(key, { endpoints, untilMs: clock.now() + FRESH_MS });
    } catch {
      const endpoints = this.#known.get(key)?.endpoints ?? [];
      this.#known.set(key, { endpoints, untilMs: clock.now() + RETRY_MS });
    } finally {
      this.#fetching.delete(key);
    }
  }
}
