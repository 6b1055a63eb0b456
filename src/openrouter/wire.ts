/**
 * Requests as they are sent, in the API's own spelling. Only the fields we send are named;
 * what comes back is read field by field in the decoders, never through a type assertion.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export interface ReasoningConfig {
  readonly effort?: string;
  readonly max_tokens?: number;
}

/** A server tool without a type of its own here, such as `openrouter:web_search`. */
export interface ServerToolEntry {
  readonly type: string;
  readonly parameters?: JsonObject;
}

/** API reference, server tools, subagent. `max_tokens` does not exist at this level. */
export interface SubagentToolEntry {
  readonly type: 'openrouter:subagent';
  readonly parameters: {
    /** 1 to 64 characters of `[a-zA-Z0-9 _-]`, unique among the request's subagent entries. */
    readonly name: string;
    /** Always sent: the API's default is the orchestrator's own, expensive model. */
    readonly model: string;
    readonly instructions: string;
    readonly max_completion_tokens: number;
    readonly temperature?: number;
    readonly reasoning?: ReasoningConfig;
    readonly tools?: readonly ServerToolEntry[];
    /** 1 to 25; bounds the worker's own tool loop, so sent only with `tools`. */
    readonly max_tool_calls?: number;
  };
}

export type ToolEntry = SubagentToolEntry | ServerToolEntry;

/** When one holds, pending calls still run and one last turn follows without tools. */
export type StopCondition =
  | { readonly type: 'max_cost'; readonly max_cost_in_dollars: number }
  | { readonly type: 'step_count_is'; readonly step_count: number };

/** The form of the answer that the model writes itself (API reference, structured outputs). */
export type JsonFormat =
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      /** 1 to 64 characters of `[a-zA-Z0-9_-]`. */
      readonly name: string;
      /** Whether the provider is to hold the answer to the schema, which then has to be of a subset. */
      readonly strict: boolean;
      readonly schema: JsonObject;
    };

/** What both protocols spell alike. */
interface CommonRequest {
  readonly model: string;
  readonly stream: true;
  readonly tools?: readonly ToolEntry[];
  readonly stop_server_tools_when?: readonly StopCondition[];
  readonly provider?: JsonObject;
  readonly session_id?: string;
  /** Goes along to where the account's traces go (Broadcast); free keys are allowed. */
  readonly trace?: JsonObject;
  readonly cache_control?: { readonly type: 'ephemeral' };
  readonly reasoning?: ReasoningConfig;
}

export interface ChatRequest extends CommonRequest {
  readonly messages: readonly {
    readonly role: 'system' | 'user';
    readonly content: string;
  }[];
  readonly max_completion_tokens?: number;
  /** The older name, for servers that are not OpenRouter and may not know the newer one. */
  readonly max_tokens?: number;
  /** Not sent to OpenRouter, which tells the usage without being asked. */
  readonly stream_options?: { readonly include_usage: true };
  readonly temperature?: number;
  readonly tool_choice?: 'auto';
  readonly response_format?: ChatFormat;
}

/** Chat Completions nests what Responses has flat. */
export type ChatFormat =
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly json_schema: Omit<Extract<JsonFormat, { readonly type: 'json_schema' }>, 'type'>;
    };

export interface ResponsesRequest extends CommonRequest {
  readonly instructions: string;
  readonly input: string;
  readonly max_output_tokens: number;
  readonly tool_choice?: 'auto';
  readonly text?: { readonly format: JsonFormat };
}

/** A request of either protocol, with the endpoint it goes to. */
export type WireRequest =
  | {
      readonly protocol: 'chat';
      readonly body: ChatRequest;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly protocol: 'responses';
      readonly body: ResponsesRequest;
      readonly headers: Readonly<Record<string, string>>;
    };

export type Protocol = WireRequest['protocol'];
