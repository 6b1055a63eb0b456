import type { DelegateError } from '../common/delegateError';
import type { FinishReason, StreamEvent } from '../openrouter/streamEvent';
import type { Usage } from '../openrouter/usage';

/** What one request's stream has told so far, without its content. */
export type StreamState = StreamFacts & StreamPhase;

interface StreamFacts {
  readonly generationId: string | null;
  readonly usage: Usage | null;
  /** When something other than a heartbeat last came, in milliseconds. */
  readonly lastNewsAtMs: number;
}

type StreamPhase =
  | { readonly phase: 'waiting' | 'streaming' }
  | { readonly phase: 'ended'; readonly finishReason: FinishReason }
  | { readonly phase: 'failed'; readonly error: DelegateError };

export function initialStreamState(nowMs: number): StreamState {
  return {
    phase: 'waiting',
    generationId: null,
    usage: null,
    lastNewsAtMs: nowMs,
  };
}

/** The state after `event`. A state that has come to its end does not change any more. */
export function reduceStream(state: StreamState, event: StreamEvent, nowMs: number): StreamState {
  if (state.phase === 'ended' || state.phase === 'failed') return state;
  if (event.type === 'heartbeat-received') return state;
  const news = { ...state, lastNewsAtMs: nowMs };
  switch (event.type) {
    case 'stream-start':
      return {
        ...news,
        phase: 'streaming',
        generationId: event.generationId ?? state.generationId,
      };
    case 'usage-available':
      return { ...news, usage: event.usage };
    case 'model-resolved':
    case 'reasoning-delta':
    case 'text-delta':
    case 'text-restated':
    case 'delegation-update':
    case 'tool-update':
    case 'preamble-end':
      return news;
    case 'stream-end':
      return {
        ...news,
        phase: 'ended',
        finishReason: event.finishReason,
        generationId: event.generationId ?? state.generationId,
      };
    case 'stream-error':
      return {
        ...news,
        phase: 'failed',
        error: event.error,
        generationId: event.error.generationId ?? state.generationId,
      };
  }
}
