import type { ChatRequest, WireRequest } from '../wire';
import { chatFormat } from './answerFormat';
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
      ...chatFormat(parts.format),
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
