/**
 * One line of the ledger, in the spelling of the file (product contract, "Money").
 *
 * Numbers, model slugs and our own closed vocabularies only: content, file names, prompts and keys
 * have no place in the type. A later line with the same `id` supersedes an earlier one.
 */
export interface LedgerEntry {
  readonly v: 1;
  readonly id: string;
  /** Start of the run, ISO 8601 in UTC. */
  readonly at: string;
  /** Task id; recipes are `recipe` without their name. */
  readonly route: string;
  /** The user's tag; empty for none. */
  readonly project: string;
  /** Requests that may have been billed. */
  readonly requests: number;
  readonly protocol: 'responses' | 'chat';
  readonly routing: 'delegated' | 'worker-first' | 'direct';
  readonly orchestrator_model: string;
  readonly worker_model: string;
  readonly did_enable_delegation: boolean;
  readonly delegations: {
    readonly requested: number;
    readonly ok: number;
    readonly failed: number;
  };
  readonly status: 'completed' | 'failed' | 'cancelled' | 'refused';
  readonly finish_reason: string | null;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  readonly total_tokens: number | null;
  /** Null means unknown, never zero. */
  readonly cost_nano_usd: number | null;
  readonly cost_source: 'billed' | 'reconciled' | 'unknown';
  /** What asking the orchestrator directly would have cost, as estimated before sending. */
  readonly direct_estimate_nano_usd: number | null;
  /** Of several requests all ids, apart by blanks. */
  readonly generation_id: string | null;
  readonly duration_ms: number;
  readonly demo: boolean;
}
