/** One worker call as both protocols report it. */
export interface DelegationRecord {
  /** Position among all delegations of the request, from 0. */
  readonly index: number;
  readonly callId: string;
  readonly workerName: string | null;
  /** Position of the worker's entry among the subagent entries; null for an unknown worker. */
  readonly entryIndex: number | null;
  readonly taskName: string;
  readonly taskDescription: string;
  readonly model: string | null;
  readonly outcome: string | null;
  readonly error: string | null;
}

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'error';

/** What happens inside a request, in the order in which a stream may tell it. */
export type LoopEvent =
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | { readonly type: 'reasoning-end' }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'text-end' }
  | { readonly type: 'delegation-start'; readonly delegation: DelegationRecord }
  | { readonly type: 'delegation-end'; readonly delegation: DelegationRecord };

/** Resolves when the event is written; rejects when the request was cancelled. */
export type Emit = (event: LoopEvent) => Promise<void>;
