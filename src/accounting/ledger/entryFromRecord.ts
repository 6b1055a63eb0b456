import type { RunIdentity, RunRecord } from '../../delegation/run/run';
import type { LedgerEntry } from './ledgerEntry';

/** A run that is about to be sent: enough to account for it should nothing more be heard of it. */
export interface PlannedRun extends RunIdentity {
  readonly didEnableDelegation: boolean;
  /** Requests of the run, the one that is about to be sent included. */
  readonly requests: number;
  readonly demo: boolean;
}

/** The ledger line of a finished run that was sent. Recipes lose their names on the way. */
export function entryFromRecord(
  record: RunRecord,
  { demo }: Pick<PlannedRun, 'demo'>,
): LedgerEntry {
  const cost = record.usage?.costNanoUsd ?? null;
  return {
    v: 1,
    id: record.id,
    at: new Date(record.startedAtMs).toISOString(),
    route: routeWithoutName(record.route),
    project: record.project,
    requests: record.requests,
    protocol: record.protocol,
    routing: record.routing,
    orchestrator_model: record.orchestratorModel,
    worker_model: record.workerModel,
    did_enable_delegation: record.didEnableDelegation,
    delegations: {
      requested: record.delegations.requested,
      ok: record.delegations.ok,
      failed: record.delegations.failed,
    },
    status: record.status,
    finish_reason: record.finishReason?.unified ?? null,
    prompt_tokens: record.usage?.promptTokens ?? null,
    completion_tokens: record.usage?.completionTokens ?? null,
    total_tokens: record.usage?.totalTokens ?? null,
    cost_nano_usd: cost,
    cost_source: cost === null ? 'unknown' : 'billed',
    direct_estimate_nano_usd: record.directEstimateNanoUsd,
    generation_id: record.generationId,
    duration_ms: Math.max(0, Math.round(record.durationMs)),
    demo,
  };
}

/** The line of a run whose end nobody saw, because its window was killed. Its cost is unknown. */
export function entryOfLostRun(run: PlannedRun, generationId: string | null): LedgerEntry {
  return entryFromRecord(
    {
      ...run,
      delegations: { requested: 0, ok: 0, failed: 0 },
      status: 'failed',
      finishReason: null,
      usage: null,
      // A bill of which one part has no id cannot be looked up.
      generationId: generationIdsOf(generationId).length < run.requests ? null : generationId,
      durationMs: 0,
      wasSent: true,
    },
    run,
  );
}

/** The ids of a run's requests, which the ledger's field holds apart by blanks. */
export function generationIdsOf(field: string | null): readonly string[] {
  return (field ?? '').split(' ').filter((id) => id !== '');
}

/** Recipes are files of the user, so their names stay out of ledger and run files. */
export function routeWithoutName(route: string): string {
  return route.startsWith('recipe:') ? 'recipe' : route;
}
