import { asRecord } from '../../common/json';
import { dataFrame, type Frame } from '../stream/frame';
import type { Fault, FrameFilter } from './fault';
import { isContent, isFinish, replaceFirst } from './frames';

const MESSAGE = 'Provider disconnected';

/** The error as each protocol would put it in its own frames. */
interface ErrorFrames {
  readonly chat: (chunk: Payload) => Payload;
  readonly responses: (event: Payload) => Payload;
}

type Payload = Readonly<Record<string, unknown>>;

/** Ends the stream with an error after its first text, or before any. */
function failing(frames: ErrorFrames, isLate: (frame: Frame) => boolean): Fault {
  return {
    isProviderError: true,
    filter: (protocol): FrameFilter => {
      let head: Payload = {};
      const replace = replaceFirst(isLate, (frame) => {
        const payload = frame.kind === 'data' ? frame.payload : {};
        const error = frames[protocol]({ ...head, ...payload });
        return [...(isContent(frame) ? [frame] : []), dataFrame(error), { kind: 'cut' }];
      });
      return (frame) => {
        // The snapshot of the response travels on its first event.
        if (frame.kind === 'data' && 'response' in frame.payload) head = frame.payload;
        return replace(frame);
      };
    },
  };
}

function afterText(frames: ErrorFrames): Fault {
  return failing(frames, isContent);
}

function chatChunk(chunk: Payload, error: Payload, choices: readonly unknown[]): Payload {
  const { id, object, created, model, provider } = chunk;
  return { id, object, created, model, provider, error, choices };
}

const errorChoice = [
  { index: 0, delta: { content: '' }, finish_reason: 'error', native_finish_reason: null },
];

/** The event after the last one, as the sequence numbers go on. */
function next(event: Payload): number {
  const sequence = event['sequence_number'];
  return typeof sequence === 'number' ? sequence + 1 : 0;
}

function failedResponse(event: Payload): Payload {
  return {
    type: 'response.failed',
    response: {
      ...asRecord(event['response']),
      status: 'failed',
      error: { code: 'server_error', message: MESSAGE },
      error_type: 'provider_unavailable',
    },
    sequence_number: next(event),
  };
}

function errorEvent(event: Payload): Payload {
  return {
    type: 'error',
    code: 'server_error',
    message: MESSAGE,
    param: null,
    sequence_number: next(event),
  };
}

function nestedErrorEvent(event: Payload): Payload {
  return {
    type: 'error',
    error: { code: 502, message: MESSAGE },
    sequence_number: next(event),
  };
}

const integerCode: ErrorFrames = {
  chat: (chunk) => chatChunk(chunk, { code: 502, message: MESSAGE }, errorChoice),
  responses: nestedErrorEvent,
};

const failed: ErrorFrames = { chat: integerCode.chat, responses: failedResponse };

/** Errors inside an answer whose status was 200 (API reference, streaming and errors). */
export const errorFaults = {
  'error-integer-code': afterText(integerCode),
  'error-string-code': afterText({
    chat: (chunk) => chatChunk(chunk, { code: 'server_error', message: MESSAGE }, errorChoice),
    responses: errorEvent,
  }),
  'error-no-choices': afterText({
    chat: (chunk) => chatChunk(chunk, { code: 502, message: MESSAGE }, []),
    responses: nestedErrorEvent,
  }),
  'error-bare': afterText({
    chat: () => bareError(),
    responses: () => bareError(),
  }),
  /** A rate limit that shows only once the stream runs. */
  'error-rate-limit': afterText({
    chat: (chunk) =>
      chatChunk(
        chunk,
        {
          code: 429,
          message: 'Rate limit exceeded',
          metadata: { error_type: 'rate_limit_exceeded' },
        },
        errorChoice,
      ),
    responses: (event) => ({ ...errorEvent(event), code: 'rate_limit_exceeded' }),
  }),
  /** Before any text: what a careless client takes for an empty success. */
  'error-first': failing(integerCode, (frame) => isContent(frame) || isFinish(frame)),
  'response-failed': afterText(failed),
  'response-failed-first': failing(failed, (frame) => isFinish(frame)),
  'response-incomplete': {
    lastTurn: (move) => ({
      move: { ...move, text: move.text.slice(0, Math.ceil(move.text.length / 2)) },
      finishReason: 'length',
    }),
  },
} as const satisfies Readonly<Record<string, Fault>>;

function bareError(): Payload {
  return { error: { code: 502, message: MESSAGE }, user_id: 'user_simulator' };
}
