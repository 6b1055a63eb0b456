import { chatMessages, chatRequest } from '../../openrouter/protocols/chatRequest';
import type { JsonFormat, SubagentToolEntry, WireRequest } from '../../openrouter/wire';
import type { RunRequest } from '../run/run';
import { commonFields, requestHeaders } from './buildRequest';

/** One request to a worker alone: what a delegation would have pinned, as a chat. */
export interface WorkerContent {
  readonly entry: SubagentToolEntry;
  /** What stands in place of a delegation's task description. */
  readonly input: string;
  /** Form of the answer that the worker's provider is told; null for none. */
  readonly format: JsonFormat | null;
  /** Whether it goes to the user's own endpoint, which knows nothing of OpenRouter's fields. */
  readonly isLocal: boolean;
}

/** Builds the request by which a worker is asked without an orchestrator. */
export function workerRequest(run: RunRequest, content: WorkerContent): WireRequest {
  const { instructions, model, temperature, reasoning, ...limits } = content.entry.parameters;
  const parts = {
    instructions,
    input: content.input,
    maxOutputTokens: limits.max_completion_tokens,
  };
  if (content.isLocal) {
    return {
      protocol: 'chat',
      headers: {},
      body: {
        model,
        stream: true,
        messages: chatMessages(parts),
        max_tokens: limits.max_completion_tokens,
        stream_options: { include_usage: true },
        ...(temperature === undefined ? {} : { temperature }),
      },
    };
  }
  const request = chatRequest({
    ...parts,
    ...(content.format ? { format: content.format } : {}),
    headers: requestHeaders(run.settings),
    common: commonFields(run, {
      model,
      tools: limits.tools ?? [],
      stepCount: 1 + (limits.max_tool_calls ?? 0),
    }),
  });
  return {
    ...request,
    body: {
      ...request.body,
      ...(temperature === undefined ? {} : { temperature }),
      ...(reasoning === undefined ? {} : { reasoning }),
    },
  };
}
