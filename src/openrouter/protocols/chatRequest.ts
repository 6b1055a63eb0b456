import type { ChatRequest, WireRequest } from '../wire';
import type { RequestParts } from './requestParts';

/** The request for Chat Completions. */
export function chatRequest(
  parts: RequestParts,
): Extract<WireRequest, { readonly protocol: 'chat' }> {
  return {
    protocol: 'chat',
    headers: parts.headers,
    body: {
      ...parts.common,
      messages: chatMessages(parts),
      max_completion_tokens: parts.maxOutputTokens,
    },
  };
}

export function chatMessages({
  instructions,
  input,
}: Pick<RequestParts, 'instructions' | 'input'>): ChatRequest['messages'] {
  return [
    { role: 'system', content: instructions },
    { role: 'user', content: input },
  ];
}
