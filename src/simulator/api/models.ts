import { RequestProblem } from '../request/problem';
import type { SimulatorState } from '../state';
import type { ModelEndpoint, SimulatedModel } from '../models';
import { perTokenUsd, type Pricing } from '../pricing';
import { PRICES_AS_OF } from '../prices';
import { type HttpExchange, sendJson } from './exchange';

const CREATED_SECONDS = Date.parse(PRICES_AS_OF) / 1000;
const DEFAULT_PAGE = 500;
const MAX_PAGE = 1000;

/** `GET /models`; no key needed. Without `offset` and `limit` the whole list comes. */
export function listModels(state: SimulatorState, exchange: HttpExchange): void {
  const query = exchange.url.searchParams;
  const parameters = (query.get('supported_parameters') ?? '')
    .split(',')
    .filter((name) => name !== '');
  const rows = state.catalog
    .list()
    .map((model) => modelRow(model, state))
    .filter((row) => parameters.every((name) => row.supported_parameters.includes(name)));
  const isPaged = query.has('offset') || query.has('limit');
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(Number(query.get('limit') ?? DEFAULT_PAGE), MAX_PAGE);
  const page = isPaged ? rows.slice(offset, offset + limit) : rows;
  const hasMore = isPaged && offset + page.length < rows.length;
  sendJson(exchange, 200, {
    data: page,
    total_count: rows.length,
    links: { next: hasMore ? `/api/v1/models?offset=${offset + limit}&limit=${limit}` : null },
  });
}

/** `GET /model/{author}/{slug}`. */
export function getModel(state: SimulatorState, exchange: HttpExchange, slug: string): void {
  sendJson(exchange, 200, { data: modelRow(requireModel(state, slug), state) });
}

/** `GET /models/{author}/{slug}/endpoints`. */
export function listEndpoints(state: SimulatorState, exchange: HttpExchange, slug: string): void {
  const row = modelRow(requireModel(state, slug), state);
  const model = state.catalog.resolve(requireModel(state, slug));
  sendJson(exchange, 200, {
    data: {
      id: row.id,
      name: row.name,
      created: row.created,
      description: row.description,
      architecture: { ...row.architecture, instruct_type: null },
      endpoints: model.endpoints.map((endpoint) => endpointRow(model, endpoint)),
    },
  });
}

function requireModel(state: SimulatorState, slug: string): SimulatedModel {
  const model = state.catalog.find(slug);
  if (!model) throw new RequestProblem(404, 'Model not found');
  return model;
}

function modelRow(model: SimulatedModel, state: SimulatorState) {
  const target = model.aliasTarget === null ? null : state.catalog.find(model.aliasTarget);
  return {
    id: model.slug,
    canonical_slug: model.aliasTarget ?? model.slug,
    name: model.name,
    created: CREATED_SECONDS,
    description: model.description,
    context_length: model.contextLength,
    architecture: {
      modality: 'text->text',
      input_modalities: ['text'],
      output_modalities: ['text'],
      tokenizer: 'Other',
    },
    pricing: pricingRow(model.pricing, 100),
    top_provider: {
      context_length: model.contextLength,
      max_completion_tokens: model.maxCompletionTokens,
      is_moderated: false,
    },
    per_request_limits: null,
    supported_parameters: supportedParameters(model),
    ...(model.reasoning === null ? {} : { reasoning: reasoningRow(model.reasoning) }),
    default_parameters: {},
    supported_voices: null,
    expiration_date: null,
    links: { details: `/api/v1/models/${model.slug}/endpoints` },
    ...(target ? { alias_target: { slug: target.slug, name: target.name } } : {}),
  };
}

function supportedParameters(model: SimulatedModel): string[] {
  const always = ['max_tokens', 'max_completion_tokens', 'temperature', 'top_p', 'stop'];
  const formats = {
    none: [],
    json: ['response_format'],
    schema: ['response_format', 'structured_outputs'],
    refused: ['response_format', 'structured_outputs'],
  };
  return [
    ...always,
    ...(model.supportsTools ? ['tools', 'tool_choice', 'reasoning', 'include_reasoning'] : []),
    ...formats[model.formats],
  ];
}

function reasoningRow(
  reasoning: NonNullable<SimulatedModel['reasoning']>,
): Record<string, unknown> {
  return {
    mandatory: reasoning === 'mandatory',
    default_enabled: reasoning !== 'off-by-default',
    supported_efforts: null,
    supports_max_tokens: true,
  };
}

/**
 * Router rows have no price of their own. How the API spells that is unconfirmed; the negative
 * sentinel that clients report is used here, and anything below 0 is to be read as unknown.
 */
function pricingRow(pricing: Pricing | null, percent: number): Record<string, unknown> {
  if (!pricing) return { prompt: '-1', completion: '-1' };
  const usd = (rate: number): string => perTokenUsd(Math.round((rate * percent) / 100));
  return {
    prompt: usd(pricing.promptNanoPerMillion),
    completion: usd(pricing.completionNanoPerMillion),
    request: '0',
    input_cache_read: usd(pricing.cacheReadNanoPerMillion),
    input_cache_write: usd(pricing.cacheWriteNanoPerMillion),
    ...(pricing.override
      ? {
          overrides: [
            {
              min_prompt_tokens: pricing.override.minPromptTokens,
              prompt: usd(pricing.override.promptNanoPerMillion),
              completion: usd(pricing.override.completionNanoPerMillion),
            },
          ],
        }
      : {}),
  };
}

function endpointRow(model: SimulatedModel, endpoint: ModelEndpoint): Record<string, unknown> {
  return {
    name: `${endpoint.providerName} | ${model.slug}`,
    model_id: model.slug,
    model_name: model.name,
    provider_name: endpoint.providerName,
    tag: endpoint.tag,
    context_length: model.contextLength,
    max_completion_tokens: model.maxCompletionTokens,
    max_prompt_tokens: null,
    pricing: { ...pricingRow(model.pricing, endpoint.pricePercent), discount: 0 },
    quantization: 'unknown',
    status: 0,
    supported_parameters: supportedParameters(model),
    supports_implicit_caching: model.cachesAlways,
    supports_tool_choice: { auto: true, none: true, required: true, function: false },
    uptime_last_5m: 100,
    uptime_last_30m: 99.9,
    uptime_last_1d: 99.8,
    latency_last_30m: null,
    throughput_last_30m: null,
  };
}
