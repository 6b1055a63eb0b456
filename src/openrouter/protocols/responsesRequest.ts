import type { WireRequest } from '../wire';
import { responsesFormat } from './answerFormat';
import type { RequestParts } from './requestParts';

/** The request for Responses. */
export function responsesRequest(parts: RequestParts): WireRequest {
  return {
    protocol: 'responses',
    headers: parts.headers,
    body: {
      ...parts.common,
      instructions: parts.instructions,
      input: parts.input,
      max_output_tokens: parts.maxOutputTokens,
      ...responsesFormat(parts.format),
    },
  };
}
