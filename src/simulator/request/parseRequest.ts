import type { Catalog } from '../catalog';
import { readAnswerFormat } from './answerFormat';
import { Fields } from './fields';
import type { InferenceRequest } from './inferenceRequest';
import { invalid, RequestProblem } from './problem';
import { readReasoning } from './reasoning';
import { requireEndpoint } from './routing';
import { readStopConditions } from './stopConditions';
import { readTools, textOf } from './tools';

/** Default and ceiling of a loop without stop conditions (API reference, server tools). */
const MAX_TOOL_CALLS = 30;
const MAX_TOKENS = 10_000_000;
/** Besides effort and limit, of the orchestrator alone (guide, reasoning tokens). */
const REASONING_FIELDS = ['summary', 'exclude', 'enabled', 'context'];

export interface ParseContext {
  readonly protocol: 'chat' | 'responses';
  readonly catalog: Catalog;
  readonly disabledServerTools: readonly string[];
}

/** Validates a body; what the API would refuse is thrown as `RequestProblem`. */
export function parseRequest(value: unknown, context: ParseContext): InferenceRequest {
  const body = new Fields(value, '');
  const requestedSlug = body.string('model') ?? firstOf(body) ?? invalid('No models provided');
  const row = context.catalog.find(requestedSlug);
  if (!row) throw unknownModel(requestedSlug);
  const model = context.catalog.resolve(row);
  checkSampling(body);
  const texts = context.protocol === 'chat' ? readMessages(body) : readInput(body);
  const tools = readTools(body, { ...context, outerModel: model });
  const hasTools = (body.list('tools') ?? []).length > 0;
  if (hasTools && !model.supportsTools) {
    throw new RequestProblem(404, 'No endpoints found that support tool use', {
      availability: { code: 'no_endpoints', retryable: false, requested_models: [requestedSlug] },
    });
  }
  return {
    protocol: context.protocol,
    endpoint: requireEndpoint(model, body.object('provider')),
    isStreamed: body.boolean('stream') ?? false,
    requestedSlug,
    model,
    ...texts,
    ...tools,
    maxOutputTokens: readOutputLimit(body, context.protocol),
    format: readAnswerFormat(body, context.protocol, model),
    isReasoningOff: readReasoning(body.object('reasoning'), model, REASONING_FIELDS),
    canCallTools: body.record['tool_choice'] !== 'none',
    maxToolCalls: body.integer('max_tool_calls', [1, MAX_TOOL_CALLS]) ?? MAX_TOOL_CALLS,
    stopWhen: readStopConditions(body),
    cachesPrompt: body.object('cache_control')?.string('type') === 'ephemeral',
    metadata: readMetadata(body),
  };
}

function firstOf(body: Fields): string | null {
  const [first] = body.list('models') ?? [];
  return typeof first === 'string' ? first : null;
}

function unknownModel(slug: string): RequestProblem {
  return new RequestProblem(400, `${slug} is not a valid model ID`, {
    availability: { code: 'model_not_found', retryable: false, requested_models: [slug] },
  });
}

function checkSampling(body: Fields): void {
  body.number('temperature', [0, 2]);
  body.number('top_p', [0, 1]);
  body.number('frequency_penalty', [-2, 2]);
  body.number('presence_penalty', [-2, 2]);
  body.string('session_id', 256);
}

function readMetadata(body: Fields): Record<string, string> | null {
  const metadata = body.object('metadata');
  if (!metadata) return null;
  const keys = Object.keys(metadata.record);
  if (keys.length > 16) invalid('metadata: at most 16 pairs');
  if (keys.some((key) => key.length > 64)) invalid('metadata: keys of at most 64 characters');
  return Object.fromEntries(keys.map((key) => [key, metadata.string(key, 512) ?? '']));
}

/**
 * Fields of the other protocol are refused rather than ignored: no source says what the API does
 * with them, and a limit that is silently ignored would be an expensive mistake.
 */
function readOutputLimit(body: Fields, protocol: 'chat' | 'responses'): number | null {
  const foreign =
    protocol === 'chat'
      ? ['max_output_tokens', 'input', 'instructions']
      : ['max_tokens', 'max_completion_tokens', 'messages'];
  for (const key of foreign) body.forbid(key, `not a field of ${protocol} requests`);
  if (protocol === 'responses') return body.integer('max_output_tokens', [1, MAX_TOKENS]);
  const deprecated = body.integer('max_tokens', [1, MAX_TOKENS]);
  return body.integer('max_completion_tokens', [1, MAX_TOKENS]) ?? deprecated;
}

interface Texts {
  readonly system: string;
  readonly user: string;
}

function readMessages(body: Fields): Texts {
  const messages = body.list('messages') ?? invalid('messages: required');
  if (messages.length === 0) invalid('messages: at least one message');
  return joinTexts(messages, 'messages');
}

function readInput(body: Fields): Texts {
  if (body.boolean('store') === true)
    invalid('store: this API is stateless, true is not supported');
  if (body.has('previous_response_id')) {
    invalid('previous_response_id: this API is stateless, send the whole input');
  }
  const instructions = body.string('instructions') ?? '';
  const input = body.record['input'];
  if (typeof input === 'string') return { system: instructions, user: input };
  const items = body.list('input') ?? invalid('input: required');
  const { system, user } = joinTexts(items, 'input');
  return { system: [instructions, system].filter((text) => text !== '').join('\n'), user };
}

const roles: ReadonlySet<string> = new Set(['system', 'developer', 'user', 'assistant', 'tool']);

function joinTexts(messages: readonly unknown[], path: string): Texts {
  const system: string[] = [];
  const user: string[] = [];
  messages.forEach((message, index) => {
    const fields = new Fields(message, `${path}.${index}`);
    const role = fields.string('role') ?? (path === 'input' ? 'user' : 'missing');
    if (!roles.has(role)) invalid(`${fields.path('role')}: unknown role`);
    const texts = role === 'system' || role === 'developer' ? system : user;
    texts.push(textOf(fields.record['content'] ?? fields.record['output']));
  });
  return { system: system.join('\n'), user: user.join('\n') };
}
