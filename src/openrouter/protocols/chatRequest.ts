import type { WireRequest } from '../wire';
import type { RequestParts } from './requestParts';

/** The request for Chat Completions. */
export function chatRequest(parts: RequestParts): WireRequest {
  return {
    protocol: 'chat',
    headers: parts.headers,
    body: {
      ...parts.common,
      messages: [
        { role: 'system', content: parts.instructions },
        { role: 'user', content: parts.input },
      ],
      max_completion_tokens: parts.maxOutputTokens,
    },
  };
}
