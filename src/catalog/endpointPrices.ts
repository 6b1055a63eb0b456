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

/** Reads the rows of an endpoints answer, bare or in the answer's `data.endpoints`. */
export function readEndpoints(answer: unknown): readonly ModelEndpoint[] {
  const data = asRecord(asRecord(answer)?.['data']);
  return asArray(data?.['endpoints'] ?? answer)
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

/** The slug under which a model's endpoints are listed; null for an alias without a known target. */
export function endpointSlug(model: Pick<CatalogModel, 'id' | 'aliasTarget'>): string | null {
  const slug = model.aliasTarget ?? model.id;
  return /^[^~/][^/]*\/[^/]+$/.test(slug) ? slug : null;
}

export interface EndpointCatalogOptions {
  /** The rows of `GET /models/{author}/{slug}/endpoints`; rejects when they cannot be had. */
  readonly fetchEndpoints: (slug: string) => Promise<unknown>;
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
    const slug = endpointSlug(model);
    if (slug === null) return [];
    const known = this.#known.get(slug);
    const isDue = !known || known.untilMs <= this.#options.clock.now();
    if (isDue && !this.#fetching.has(slug)) void this.#fetch(slug);
    return known?.endpoints ?? [];
  }

  async #fetch(slug: string): Promise<void> {
    this.#fetching.add(slug);
    const { clock, fetchEndpoints } = this.#options;
    try {
      const endpoints = readEndpoints(await fetchEndpoints(slug));
      this.#known.set(slug, { endpoints, untilMs: clock.now() + FRESH_MS });
    } catch {
      const endpoints = this.#known.get(slug)?.endpoints ?? [];
      this.#known.set(slug, { endpoints, untilMs: clock.now() + RETRY_MS });
    } finally {
      this.#fetching.delete(slug);
    }
  }
}
