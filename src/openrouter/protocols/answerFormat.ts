import type { OpenRouterError } from '../errors';
import type { ChatFormat, ChatRequest, JsonFormat, ResponsesRequest, WireRequest } from '../wire';

/** The form of the answer in the words of Chat Completions. */
export function chatFormat(format: JsonFormat | undefined): Pick<ChatRequest, 'response_format'> {
  return format ? { response_format: nested(format) } : {};
}

/** The form of the answer in the words of Responses. */
export function responsesFormat(format: JsonFormat | undefined): Pick<ResponsesRequest, 'text'> {
  return format ? { text: { format } } : {};
}

function nested(format: JsonFormat): ChatFormat {
  if (format.type === 'json_object') return format;
  const { type, ...schema } = format;
  return { type, json_schema: schema };
}

/** The form of the answer that a request asks for; null for none. */
export function formatOf({ protocol, body }: WireRequest): JsonFormat | null {
  if (protocol === 'responses') return body.text?.format ?? null;
  const format = body.response_format;
  if (format?.type !== 'json_schema') return format ?? null;
  return { type: 'json_schema', ...format.json_schema };
}

/** The same request without a form of the answer; null when it has none. */
export function withoutFormat(wire: WireRequest): WireRequest | null {
  if (wire.protocol === 'chat') {
    const { response_format: format, ...body } = wire.body;
    return format ? { ...wire, body } : null;
  }
  const { text, ...body } = wire.body;
  return text ? { ...wire, body } : null;
}

/** How the API, OpenAI, Anthropic, Google and others name what they do not take. */
const NAMES =
  /response[_ ]?format|json[_ ]?(?:schema|object|mode)|text\.format|structured[_ ]outputs?|output[_ ](?:format|config)|response[_ ]?(?:schema|json)|requested parameters|additionalProperties/i;

/**
 * Whether an error says that the form of the answer cannot be asked for: the request as built is
 * refused, or no endpoint takes all of its parameters. Support is per endpoint, and the catalog
 * tells of models.
 */
export function isFormatRefused({ status, apiMessage }: OpenRouterError): boolean {
  const isRefusal = status === 400 || status === 404 || status === 422;
  return isRefusal && apiMessage !== null && NAMES.test(apiMessage);
}
