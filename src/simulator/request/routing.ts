import { asArray } from '../../common/json';
import { nanoUsdFromDecimal } from '../../common/money';
import type { ModelEndpoint, SimulatedModel } from '../models';
import { invalid, RequestProblem } from './problem';
import type { Fields } from './fields';

/**
 * The endpoint that serves a request under its `provider` preferences.
 *
 * `only`, `ignore`, `zdr` and `max_price` are hard filters, and so is `order` without fallbacks
 * (API reference, provider selection); when nothing is left the request gets 404.
 */
export function requireEndpoint(model: SimulatedModel, provider: Fields | null): ModelEndpoint {
  const [first] = model.endpoints;
  if (!first) throw noEndpoints(model, []);
  if (!provider) return first;
  const reasons: string[] = [];
  const left = filters(model, provider).reduce(
    (endpoints, { reason, keeps }) => {
      const kept = endpoints.filter(keeps);
      if (kept.length < endpoints.length) reasons.push(reason);
      return kept;
    },
    [...model.endpoints],
  );
  const order = names(provider, 'order');
  const preferred = left.find((endpoint) => matches(order, endpoint)) ?? left[0];
  if (!preferred) throw noEndpoints(model, reasons);
  return preferred;
}

interface Filter {
  readonly reason: string;
  readonly keeps: (endpoint: ModelEndpoint) => boolean;
}

function filters(model: SimulatedModel, provider: Fields): Filter[] {
  const only = names(provider, 'only');
  const ignored = names(provider, 'ignore');
  const order = names(provider, 'order');
  const mayFallBack = provider.boolean('allow_fallbacks') ?? true;
  const collection = provider.string('data_collection');
  if (collection !== null && collection !== 'allow' && collection !== 'deny') {
    invalid('provider.data_collection: allow or deny');
  }
  const needsZeroRetention = provider.boolean('zdr') ?? false;
  const prices = maxPrices(provider.object('max_price'));
  return [
    { reason: 'allowed_providers', keeps: (e) => only.length === 0 || matches(only, e) },
    { reason: 'allowed_providers', keeps: (e) => !matches(ignored, e) },
    {
      reason: 'allowed_providers',
      keeps: (e) => mayFallBack || order.length === 0 || matches(order, e),
    },
    { reason: 'data_policy:zdr', keeps: (e) => !needsZeroRetention || e.isZeroRetention },
    { reason: 'max_price', keeps: (e) => isAffordable(model, e, prices) },
  ];
}

function names(provider: Fields, key: string): string[] {
  return asArray(provider.list(key)).filter((name) => typeof name === 'string');
}

function matches(list: readonly string[], endpoint: ModelEndpoint): boolean {
  return list.some((name) => name.toLowerCase() === endpoint.tag || name === endpoint.providerName);
}

interface MaxPrices {
  readonly prompt: number | null;
  readonly completion: number | null;
}

/** The schema has decimal strings, the guide's examples numbers; both are read. */
function maxPrices(maxPrice: Fields | null): MaxPrices {
  const read = (key: string): number | null => {
    const value = maxPrice?.record[key];
    if (value === undefined || value === null) return null;
    return nanoUsdFromDecimal(value) ?? invalid(`provider.max_price.${key}: expected an amount`);
  };
  return { prompt: read('prompt'), completion: read('completion') };
}

function isAffordable(model: SimulatedModel, endpoint: ModelEndpoint, prices: MaxPrices): boolean {
  if (!model.pricing) return true;
  const { promptNanoPerMillion, completionNanoPerMillion } = model.pricing;
  const isWithin = (rate: number, limit: number | null): boolean =>
    limit === null || (rate * endpoint.pricePercent) / 100 <= limit;
  return (
    isWithin(promptNanoPerMillion, prices.prompt) &&
    isWithin(completionNanoPerMillion, prices.completion)
  );
}

function noEndpoints(model: SimulatedModel, excludedBy: readonly string[]): RequestProblem {
  return new RequestProblem(404, 'No endpoints found matching your routing preferences', {
    availability: {
      code: 'constraint_filtered',
      retryable: false,
      requested_models: [model.slug],
      excluded_by: excludedBy,
    },
  });
}
