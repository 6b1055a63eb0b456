import type { Usage } from './usage';
import type { OpenRouterError } from './errors';

/**
 * The API's finish reason in our closed set, and as it was sent.
 *
 * - `stop`: the model finished. Raw is null when the stream ended properly without saying so.
 * - `length`: the output limit cut the answer.
 * - `content-filter`: a filter or the model itself refused; the text is not an answer to the task.
 * - `tool-calls`: the API's tool loop stopped before a final answer, so there may be no text.
 * - `other`: a word that is not known to mean a whole answer, such as `paused`: the answer is not
 *   taken for whole. Raw is null when the stream was declared done without any reason; that one is.
 */
export interface FinishReason {
  readonly unified: 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'other';
  readonly raw: string | null;
}

/**
 * One worker call as a stream shows it.
 *
 * On Responses it is an output item of type `openrouter:subagent` (API reference, server tools,
 * subagent). On Chat Completions none is documented; a `reasoning.server_tool_call` entry is read
 * as one when it comes.
 */
export interface Delegation {
  /** Identifies the delegation within its stream; a later event with the same key updates it. */
  readonly key: string;
  readonly status: 'running' | 'ok' | 'failed';
  /** The name the orchestrator gave the task; a repeated name is a repeated attempt. */
  readonly taskName: string | null;
  /** The named worker entry that was called, when the stream tells. */
  readonly workerName: string | null;
  /** Concrete slug of the worker's model. */
  readonly model: string | null;
  /**
   * The worker's final text, of a failed one what came of it; null while running and when the stream
   * leaves it out.
   */
  readonly outcome: string | null;
  /** The API's message for a failed worker. */
  readonly error: string | null;
}

/**
 * One use of a server tool other than a worker, such as the advisor, fusion or a web search, as a
 * Responses stream shows it.
 */
export interface ToolUse {
  /** Identifies the use within its stream. */
  readonly key: string;
  /** Such as `advisor`, `fusion` or `web_search`. */
  readonly tool: string;
  readonly status: 'running' | 'ok' | 'failed';
  /** Concrete slug of the model that the tool asked; null where there is none or it is not told. */
  readonly model: string | null;
  /** Models of a panel that failed although the tool did not. */
  readonly failedModels: readonly string[];
}

/**
 * What a stream tells, in order. Names follow `<noun>-<action>`.
 *
 * Every stream that is read to its end yields exactly one terminal event, `stream-end` or
 * `stream-error`, and nothing after it. A cancelled stream throws the signal's reason instead.
 */
export type StreamEvent =
  /** Response headers arrived with status 200. */
  | { readonly type: 'stream-start'; readonly generationId: string | null }
  /** A comment such as `: OPENROUTER PROCESSING`, a bare `:` or an event `ping`: alive, nothing new. */
  | { readonly type: 'heartbeat-received' }
  /** The concrete model that serves the request, once known. */
  | { readonly type: 'model-resolved'; readonly model: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  /** A piece of the answer, or of a refusal; where pieces are cut means nothing. */
  | { readonly type: 'text-delta'; readonly text: string }
  /**
   * The finished answer says something else than its pieces, of which some were lost or came twice on
   * the way. `text` takes the place of all text since the last `preamble-end`.
   */
  | { readonly type: 'text-restated'; readonly text: string }
  | { readonly type: 'delegation-update'; readonly delegation: Delegation }
  | { readonly type: 'tool-update'; readonly use: ToolUse }
  /**
   * The text so far was said before a call and is a note, such as "I'll ask the worker."; the text
   * that follows is the answer.
   */
  | { readonly type: 'preamble-end' }
  /** A billed amount so far; may come more than once, the last one counts. */
  | { readonly type: 'usage-available'; readonly usage: Usage }
  | {
      readonly type: 'stream-end';
      readonly finishReason: FinishReason;
      readonly generationId: string | null;
    }
  | { readonly type: 'stream-error'; readonly error: OpenRouterError };
