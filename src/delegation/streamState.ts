import type { DelegateError } from '../common/delegateError';
import type { FinishReason, StreamEvent } from '../openrouter/streamEvent';
import type { Usage } from '../openrouter/usage';

/** What one request's stream has told so far, without its content. */
export interface RunState {
  readonly phase: 'waiting' | 'streaming' | 'ended' | 'failed';
  readonly generationId: string | null;
  /** Concrete slug that serves the request. */
  readonly servedModel: string | null;
  readonly usage: Usage | null;
  readonly finishReason: FinishReason | null;
  readonly error: DelegateError | null;
  /** When something other than a heartbeat last came. */
  readonly lastNewsAtMs: number;
}

export function initialRunState(nowMs: number): RunState {
  return {
    phase: 'waiting',
    generationId: null,
    servedModel: null,
    usage: null,
    finishReason: null,
    error: null,
    lastNewsAtMs: nowMs,
  };
}

/** The state after `event`. A state that has come to its end does not change any more. */
export function reduceRun(state: RunState, event: StreamEvent, nowMs: number): RunState {
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
    case 'model-resolved':
      return { ...news, servedModel: event.model };
    case 'usage-available':
      return { ...news, usage: event.usage };
    case 'reasoning-delta':
    case 'text-delta':
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
