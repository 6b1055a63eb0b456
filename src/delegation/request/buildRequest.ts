import { type RequestParts } from '../../openrouter/protocols/requestParts';
import { NANO_PER_USD } from '../../common/money';
import type {
  JsonFormat,
  JsonObject,
  ReasoningConfig,
  StopCondition,
  ToolEntry,
  WireRequest,
} from '../../openrouter/wire';
import { ATTRIBUTION_HEADERS } from '../../openrouter/attribution';
import { jobName } from '../../tasks/task';
import { chatRequest } from '../../openrouter/protocols/chatRequest';
import { wireProvider } from './provider';
import { responsesRequest } from '../../openrouter/protocols/responsesRequest';
import type { RunRequest, RunSettings } from '../run/run';

/**
 * `max_cost` of a request when no budget per run is set: the loop must end by itself even then.
 * Far above any run that goes well.
 */
const DEFAULT_MAX_COST_USD = 1;

export interface RequestContent {
  readonly instructions: string;
  readonly input: string;
  readonly maxOutputTokens: number;
  /** Empty on the direct route. */
  readonly tools: readonly ToolEntry[];
  readonly stepCount: number;
  /** Whether to mark the prompt for caching. */
  readonly usesPromptCache: boolean;
  /** Null where the orchestrator does not write the answer, or cannot be told its form. */
  readonly format: JsonFormat | null;
  /** Null where thinking is the model's own affair. */
  readonly reasoning: ReasoningConfig | null;
}

/** Builds the request of a run in the protocol that its settings name. */
export function buildRequest(run: RunRequest, content: RequestContent): WireRequest {
  const { settings } = run;
  const parts: RequestParts = {
    instructions: content.instructions,
    input: content.input,
    maxOutputTokens: content.maxOutputTokens,
    ...(content.format ? { format: content.format } : {}),
    headers: requestHeaders(settings),
    common: {
      ...commonFields(run, { model: settings.orchestratorModel, ...content }),
      ...(content.reasoning ? { reasoning: content.reasoning } : {}),
      ...(content.usesPromptCache ? { cache_control: { type: 'ephemeral' as const } } : {}),
    },
  };
  return settings.protocol === 'chat' ? chatRequest(parts) : responsesRequest(parts);
}

/** What every request to the API has, whichever model answers it. */
export function commonFields(
  run: RunRequest,
  content: Pick<RequestContent, 'tools' | 'stepCount'> & { readonly model: string },
): RequestParts['common'] {
  const { settings } = run;
  const provider = wireProvider(settings.provider);
  return {
    model: content.model,
    stream: true,
    ...(content.tools.length > 0 ? { tools: content.tools, tool_choice: 'auto' as const } : {}),
    stop_server_tools_when: stopConditions(settings, content.stepCount),
    ...(provider === null ? {} : { provider }),
    // The id pins one provider for all turns, where its prompt cache is. It would also make every
    // body unique, so it stays out when whole responses are to be cached.
    ...(settings.responseCache.enabled ? {} : { session_id: run.id.slice(0, 256) }),
    trace: traceOf(run),
  };
}

/** Tags by which the account's own traces can be grouped: ids and the user's tag, no content. */
function traceOf({ id, task, settings }: RunRequest): JsonObject {
  const project = settings.project ?? '';
  return {
    ...(project === '' ? {} : { project }),
    trace_name: jobName(task),
    ...(settings.responseCache.enabled ? {} : { trace_id: id.slice(0, 256) }),
  };
}

/** The loop ends on money or on steps, whichever comes first; setting both replaces the API's own. */
function stopConditions(settings: RunSettings, stepCount: number): readonly StopCondition[] {
  const budgetUsd = settings.budgetPerRunNanoUsd / NANO_PER_USD;
  return [
    { type: 'max_cost', max_cost_in_dollars: budgetUsd > 0 ? budgetUsd : DEFAULT_MAX_COST_USD },
    { type: 'step_count_is', step_count: stepCount },
  ];
}

export function requestHeaders({ responseCache }: RunSettings): Readonly<Record<string, string>> {
  if (!responseCache.enabled) return ATTRIBUTION_HEADERS;
  return {
    ...ATTRIBUTION_HEADERS,
    'X-OpenRouter-Cache': 'true',
    'X-OpenRouter-Cache-TTL': String(responseCache.ttlSeconds),
    ...(responseCache.isCleared === true ? { 'X-OpenRouter-Cache-Clear': 'true' } : {}),
  };
}
