import type { RefusalCode } from './runErrors';
import type { NanoUsd } from '../../common/money';
import type { Delegation, FinishReason, ToolUse } from '../../openrouter/streamEvent';
import type { OpenRouterErrorCode } from '../../openrouter/errors';
import type { DelegateError } from '../../common/delegateError';
import type { Usage } from '../../openrouter/usage';
import type { JsonObject, Protocol, ServerToolEntry } from '../../openrouter/wire';
import type { Insertion, Selection, TaskDefinition } from '../../tasks/task';
import type { ReasoningWish } from './reasoningWish';
import type { ReadingNotes } from './readingNotes';

/** How runs are to be done, as the setting says it. */
export type Routing = 'auto' | TakenRouting;
/** How one run was done. */
export type TakenRouting = 'delegated' | 'worker-first' | 'direct';
export type AnswerMode = 'spliced' | 'integrated';

/** Settings of one run, resolved: task overrides are already applied. Names follow the settings. */
export interface RunSettings {
  readonly orchestratorModel: string;
  readonly workerModel: string;
  readonly protocol: Protocol;
  readonly answer: AnswerMode;
  readonly routing: Routing;
  readonly worker: {
    readonly maxCompletionTokens: number;
    readonly temperature: number;
    /** `none` is sent only where the model thinks unasked. */
    readonly reasoningEffort: string;
    /** Limit of its thinking in tokens, in place of an effort; absent or 0 for none. */
    readonly reasoningMaxTokens?: number;
    readonly instructions: string;
    readonly tools: readonly ServerToolEntry[];
    readonly maxToolCalls: number;
  };
  /** How much the orchestrator thinks; absent where that is the model's own affair. */
  readonly orchestratorReasoning?: ReasoningWish;
  /** Empty for none. */
  readonly advisorModel: string;
  /** What the orchestrator calls the advisor by, and what the advisor is told; empty for nothing. */
  readonly advisorName?: string;
  readonly advisorInstructions?: string;
  readonly fusionEnabled: boolean;
  readonly responseCache: {
    readonly enabled: boolean;
    readonly ttlSeconds: number;
    /** Whether what is kept of the same request is dropped, so that it is answered again. */
    readonly isCleared?: boolean;
  };
  readonly provider: JsonObject;
  /** 0 is off. */
  readonly budgetPerRunNanoUsd: NanoUsd;
  /** Limit of each model's answer in tokens, for an account that cannot pay for more. */
  readonly maxOutputTokens?: number;
  /** The user's tag for ledger and `trace`, at most 64 characters; empty for none. */
  readonly project?: string;
}

/** One execution of a command. */
export interface RunRequest {
  /** Also the ledger entry's id. */
  readonly id: string;
  readonly task: TaskDefinition;
  /** The user's own words, for tasks that ask for them. */
  readonly instruction: string | null;
  readonly selection: Selection;
  readonly settings: RunSettings;
  /** The result's schema, when the user or a recipe gives one. */
  readonly schema?: JsonObject;
  /** Whether placeholders stand for secrets in selection or instruction. */
  readonly hasMaskedSecrets?: boolean;
}

/** What a view needs while a run is under way; all events of one run come in order. */
export type RunEvent =
  /** The request is about to be sent. */
  | {
      readonly type: 'run-start';
      readonly routing: TakenRouting;
      readonly reason: RoutingReason;
      readonly plannedDelegations: number;
      /** Expected prompt tokens of all model calls together. */
      readonly promptTokens: number;
      /** Null when a price is unknown. */
      readonly estimate: RouteEstimate | null;
      /** What the direct route is expected to cost; null when unknown. */
      readonly directEstimateNanoUsd: NanoUsd | null;
    }
  /**
   * Of worker first: another request begins, and the answer starts over. `rejected` says why the
   * worker's last answer was not taken; null with the first.
   */
  | {
      readonly type: 'step-start';
      readonly step: RunStep;
      readonly rejected: DelegateError | null;
    }
  | { readonly type: 'request-sent'; readonly generationId: string | null }
  /** Alive, without news. `waitingMs` counts from the last event that was news. */
  | { readonly type: 'heartbeat-received'; readonly waitingMs: number }
  | {
      readonly type: 'delegation-update';
      readonly delegation: Delegation;
      /** What the plan says of it: a live stream names a worker only when it is done. */
      readonly planned: { readonly taskName: string | null; readonly workerModel: string | null };
      /** Null when it was not seen while it ran. */
      readonly elapsedMs: number | null;
    }
  /** The orchestrator uses another of the API's tools, such as the advisor. */
  | { readonly type: 'tool-update'; readonly use: ToolUse }
  /** What the orchestrator said before it called a worker; not part of the answer. */
  | { readonly type: 'preamble'; readonly text: string }
  /** What came of the answer was damaged on the way, and the answer starts over. */
  | { readonly type: 'answer-restart' }
  /** Text of the answer with markers already replaced by outcomes. */
  | { readonly type: 'answer-delta'; readonly text: string }
  /** The run is to be repeated once more, before any byte of an answer, after `delayMs`. */
  | {
      readonly type: 'retry-scheduled';
      /** `format-refused`: the form of the answer cannot be asked for, so it is left out. */
      readonly reason: OpenRouterErrorCode | 'format-refused';
      readonly delayMs: number;
    }
  | { readonly type: 'usage-available'; readonly usage: Usage };

/** What an answer turned out to be, by the task's answer format. */
export type Outcome = ReadingNotes &
  (
    | { readonly format: 'text'; readonly text: string }
    | { readonly format: 'insertions'; readonly insertions: readonly Insertion[] }
    | { readonly format: 'replacement'; readonly text: string }
    | { readonly format: 'file'; readonly text: string }
    | { readonly format: 'json'; readonly value: unknown; readonly text: string }
  );

/** Requests of a run that begins with the worker alone; the last two where the text stays with it. */
export type RunStep = 'worker' | 'worker-again' | 'delegated' | 'advice' | 'worker-advised';

/** Whether the answer begins again: what came of it so far is no part of the one that follows. */
export function startsOver({ type }: RunEvent): boolean {
  return type === 'step-start' || type === 'answer-restart';
}

/** A run's end. In every case the ledger line is made from `record`, and `rawAnswer` is kept. */
export type RunResult = RunResultBase & RunEnd;

/** How a run ended, with what there is only then. */
export type RunEnd =
  | { readonly status: 'completed'; readonly outcome: Outcome; readonly error: null }
  | {
      readonly status: 'failed' | 'refused';
      readonly outcome: null;
      readonly error: DelegateError;
    }
  | { readonly status: 'cancelled'; readonly outcome: null; readonly error: null };

export interface RunResultBase {
  /** What the orchestrator said besides the outcomes; empty for none. */
  readonly notes: string;
  /** The orchestrator's text as it came, markers included; whatever had arrived. */
  readonly rawAnswer: string;
  /** The answer with outcomes in place of markers; whatever could be put together. */
  readonly partialAnswer: string;
  /** False when a delegated run was answered by the orchestrator itself. */
  readonly didDelegate: boolean;
  /** What the worker alone was expected to cost; null when unknown, or when nothing proves the task. */
  readonly workerFirstEstimateNanoUsd: NanoUsd | null;
  /** What stands for the result; null without one. A worker's own answer was read by nobody else. */
  readonly checkedBy: 'orchestrator' | 'proof' | 'schema' | null;
  readonly record: RunRecord;
}

/**
 * What is known of a run before it is sent. Its reservation, its result and its ledger line are all
 * made from this one value, so that a run that is lost is booked like one that ended.
 */
export interface RunIdentity {
  readonly id: string;
  /** The task's id; `recipe` for every recipe, whose names are the user's. */
  readonly route: string;
  readonly project: string;
  readonly protocol: Protocol;
  readonly routing: TakenRouting;
  readonly orchestratorModel: string;
  readonly workerModel: string;
  readonly startedAtMs: number;
  /** What asking the orchestrator directly was expected to cost; null when unknown. */
  readonly directEstimateNanoUsd: NanoUsd | null;
}

/** Numbers and names of a run, nothing of its content: what ledger and routing log may hold. */
export interface RunRecord extends RunIdentity {
  /** Requests that may have been billed. */
  readonly requests: number;
  readonly didEnableDelegation: boolean;
  readonly delegations: {
    readonly requested: number;
    readonly ok: number;
    readonly failed: number;
  };
  readonly status: RunEnd['status'];
  readonly finishReason: FinishReason | null;
  /** All requests together. */
  readonly usage: Usage | null;
  /** Ids by which the bill can be looked up, apart by blanks; null unless every request has one. */
  readonly generationId: string | null;
  readonly durationMs: number;
  /**
   * Whether a request may have been billed, so that a ledger line is owed: not when no connection
   * came about, nor when the API refused the request before it began to answer.
   */
  readonly wasSent: boolean;
  /** Set when the input tokens can only mean that the orchestrator was shown workers' instructions. */
  readonly instructionsShown?: {
    readonly promptTokens: number;
    readonly instructionTokens: number;
  };
}

/** What a run is expected to cost before it is sent, for one request without a retry. */
export interface RouteEstimate {
  readonly lowNanoUsd: NanoUsd;
  readonly expectedNanoUsd: NanoUsd;
  readonly highNanoUsd: NanoUsd;
  /** The most it can cost: every turn, every limit, every delegation, every tool call. */
  readonly ceilingNanoUsd: NanoUsd;
}

/** Why a run takes the route it takes; shown with `auto`. */
export type RoutingReason =
  /** The setting says so. */
  | { readonly type: 'setting' }
  /** A worker saves enough, or it does not. */
  | {
      readonly type: 'cheaper';
      readonly delegatedNanoUsd: number;
      readonly directNanoUsd: number;
    }
  /** Prices are unknown, so the default is taken. */
  | { readonly type: 'unknown-prices' }
  /** Worker first was asked for, and nothing here can prove this result. */
  | { readonly type: 'no-proof' }
  /** The other route cannot do the job. */
  | { readonly type: 'only-route'; readonly refusal: RefusalCode };
