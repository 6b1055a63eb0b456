import type { NanoUsd } from '../../common/money';
import { remainingNanoUsd } from '../accounts';
import type { Generation } from '../generations';
import { RequestProblem } from '../request/problem';
import type { SimulatorState } from '../state';
import type { Quirks } from '../options';
import { usdNumber } from '../stream/usage';
import { header, type HttpExchange, sendJson } from './exchange';

/** `GET /key`. */
export function getKey(state: SimulatorState, exchange: HttpExchange): void {
  const account = state.accounts.authenticate(header(exchange, 'authorization'));
  const usd = (nano: NanoUsd | null): number | null => (nano === null ? null : usdNumber(nano));
  const used = usdNumber(account.usedNanoUsd);
  const byokUsed = usdNumber(account.byokUsedNanoUsd);
  sendJson(exchange, 200, {
    data: {
      label: account.label,
      limit: usd(account.limitNanoUsd),
      limit_remaining: usd(remainingNanoUsd(account)),
      limit_reset: null,
      usage: used,
      usage_daily: used,
      usage_weekly: used,
      usage_monthly: used,
      byok_usage: byokUsed,
      byok_usage_daily: byokUsed,
      byok_usage_weekly: byokUsed,
      byok_usage_monthly: byokUsed,
      include_byok_in_limit: false,
      is_free_tier: false,
      is_management_key: false,
      is_provisioning_key: false,
      expires_at: null,
      creator_user_id: 'user_simulator',
      organization_id: null,
      workspace_id: null,
      allowed_data_regions: ['global'],
      free_model_daily_requests: { limit: 1000, used: 0, remaining: 1000 },
      rate_limit: { requests: -1, interval: '10s', note: 'deprecated' },
    },
  });
}

/** `GET /credits` takes a management key only; this simulator has none. */
export function getCredits(state: SimulatorState, exchange: HttpExchange): void {
  state.accounts.authenticate(header(exchange, 'authorization'));
  throw new RequestProblem(403, 'Only management keys can fetch credits');
}

/** `GET /generation?id=`; 404 for a while after the request's end, as live. */
export function getGeneration(state: SimulatorState, exchange: HttpExchange): void {
  state.accounts.authenticate(header(exchange, 'authorization'));
  const id = exchange.url.searchParams.get('id') ?? '';
  const generation = state.generations.lookUp(id);
  if (!generation) {
    sendJson(exchange, 404, { error: { message: `Generation ${id} not found`, code: 404 } });
    return;
  }
  sendJson(exchange, 200, { data: generationRow(generation, state.options.quirks ?? {}) });
}

/** Fields that stay empty for text alone. */
const NOTHING_TO_TELL = {
  upstream_id: null,
  provider_responses: null,
  usage_cache: null,
  usage_file: null,
  usage_web: null,
  cache_discount: null,
  moderation_latency: null,
  native_tokens_completion_images: null,
  num_media_prompt: null,
  num_media_completion: null,
  num_input_audio_prompt: null,
  app_id: null,
  external_user: null,
  http_referer: null,
  preset_id: null,
  router: null,
  service_tier: null,
  session_id: null,
  user_agent: null,
  web_search_engine: null,
};

/** Whether the parent's cost includes its workers is unconfirmed; here it does. */
function generationRow(
  generation: Generation,
  { billsWithoutWorkers = false }: Quirks,
): Record<string, unknown> {
  const { bill } = generation;
  const durationMs = generation.endedAtMs - generation.createdAtMs;
  const { own } = bill;
  const charged = usdNumber(
    billsWithoutWorkers ? own.promptNanoUsd + own.completionNanoUsd : generation.chargedNanoUsd,
  );
  return {
    ...NOTHING_TO_TELL,
    id: generation.id,
    request_id: `req-${generation.id}`,
    api_type: 'completions',
    model: generation.model,
    provider_name: generation.providerName,
    created_at: new Date(generation.createdAtMs).toISOString(),
    total_cost: charged,
    usage: charged,
    upstream_inference_cost: generation.isByok ? usdNumber(bill.costNanoUsd) : 0,
    usage_data: 0,
    usage_upstream: generation.isByok ? usdNumber(bill.costNanoUsd) : 0,
    data_region: 'global',
    is_byok: generation.isByok,
    streamed: generation.isStreamed,
    cancelled: generation.isCancelled,
    finish_reason: generation.finishReason,
    native_finish_reason: generation.finishReason,
    latency: durationMs,
    generation_time: durationMs,
    tokens_prompt: bill.own.promptTokens,
    tokens_completion: bill.own.completionTokens,
    native_tokens_prompt: bill.own.promptTokens,
    native_tokens_completion: bill.own.completionTokens,
    native_tokens_reasoning: bill.own.reasoningTokens,
    native_tokens_cached: bill.own.cachedTokens,
    num_fetches: 0,
    num_search_results: 0,
    origin: '',
    response_cache_source_id: generation.cacheSourceId,
    workspace_id: 'workspace_simulator',
  };
}
