import { usdNumber } from '../stream/usage';
import type { Inference } from './booking';
import { header } from './exchange';

/**
 * `openrouter_metadata`, for requests with `X-OpenRouter-Metadata: enabled`. That the stage for
 * server tools names the subagent and its cost is an assumption.
 */
export function routerMetadata(inference: Inference): Record<string, unknown> | null {
  const { exchange, request, isByok, meter } = inference;
  if (header(exchange, 'x-openrouter-metadata')?.toLowerCase() !== 'enabled') return null;
  const { model, endpoint, requestedSlug } = request;
  const workerNanoUsd = meter.steps
    .filter((step) => step.kind === 'worker')
    .reduce((sum, step) => sum + step.costNanoUsd, 0);
  const provider = endpoint.providerName;
  return {
    requested: requestedSlug,
    strategy: requestedSlug === model.slug ? 'direct' : 'alias',
    region: null,
    summary: `${requestedSlug} was served by ${provider}`,
    attempt: 1,
    attempts: [{ provider, model: model.slug, status: 200 }],
    is_byok: isByok,
    endpoints: {
      total: model.endpoints.length,
      available: model.endpoints.map((candidate) => ({
        provider: candidate.providerName,
        model: model.slug,
        selected: candidate === endpoint,
      })),
    },
    pipeline:
      meter.toolCallsRequested === 0
        ? []
        : [
            {
              type: 'server_tools',
              name: 'openrouter:subagent',
              summary: `${meter.toolCallsExecuted} tool calls`,
              data: { tools: ['openrouter:subagent'] },
              cost_usd: usdNumber(workerNanoUsd),
            },
          ],
  };
}
