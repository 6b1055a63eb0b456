import { createHash } from 'node:crypto';
import { parseRecord, readCount, readString } from '../../common/json';
import type { NanoUsd } from '../../common/money';
import { readRouting } from '../ledger/entryCodec';
import { type PlannedRun, routeWithoutName } from '../ledger/entryFromRecord';

/**
 * One run that is not accounted for yet, as a small file that all windows see.
 *
 * - `asking`: the budget is being checked.
 * - `running`: the request may have been sent. The file's time stamp is the lease: as long as the
 *   run's window lives it is renewed.
 * - `holding`: not a run, but the limit of a batch, less what its runs have reserved and cost.
 * - `settling`: the run is in the ledger with an unknown cost that is being looked up.
 */
export interface RunFile {
  readonly state: 'asking' | 'running' | 'holding' | 'settling';
  readonly run: PlannedRun;
  /** What the run may cost; counts against budgets until the cost is known. */
  readonly ceilingNanoUsd: NanoUsd;
  /** Of several requests all ids so far, apart by blanks. */
  readonly generationId: string | null;
  /** Who runs it: a process is looked for only on the machine that it is on. */
  readonly pid: number;
  readonly host: string;
}

export const RUNS_FOLDER = 'runs';

/** The ledger's lines have years of four digits. */
const END_OF_TIME_MS = Date.UTC(10_000, 0, 1);

/** Ids go into file names by their hash, because they may hold anything. */
export function runFileName(id: string): string {
  const key = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return `${RUNS_FOLDER}/${key}.json`;
}

export function encodeRunFile(file: RunFile): string {
  const { run } = file;
  return JSON.stringify({
    v: 1,
    state: file.state,
    ceiling_nano_usd: file.ceilingNanoUsd,
    generation_id: file.generationId,
    pid: file.pid,
    host: file.host,
    id: run.id,
    at_ms: run.startedAtMs,
    route: routeWithoutName(run.route),
    project: run.project,
    requests: run.requests,
    protocol: run.protocol,
    routing: run.routing,
    orchestrator_model: run.orchestratorModel,
    worker_model: run.workerModel,
    did_enable_delegation: run.didEnableDelegation,
    direct_estimate_nano_usd: run.directEstimateNanoUsd,
    demo: run.demo,
  });
}

/** @returns null for anything that is not such a file, as after a crash in the file system. */
export function decodeRunFile(text: string): RunFile | null {
  const row = parseRecord(text);
  const id = readString(row?.['id']);
  const startedAtMs = readCount(row?.['at_ms']);
  if (!row || id === null || startedAtMs === null || startedAtMs >= END_OF_TIME_MS) return null;
  const state = row['state'];
  return {
    state: state === 'asking' || state === 'settling' || state === 'holding' ? state : 'running',
    ceilingNanoUsd: readCount(row['ceiling_nano_usd']) ?? 0,
    generationId: readString(row['generation_id']),
    pid: readCount(row['pid']) ?? 0,
    host: readString(row['host']) ?? '',
    run: {
      id,
      startedAtMs,
      route: readString(row['route']) ?? '',
      project: readString(row['project']) ?? '',
      requests: readCount(row['requests']) ?? 1,
      protocol: row['protocol'] === 'chat' ? 'chat' : 'responses',
      routing: readRouting(row['routing']),
      orchestratorModel: readString(row['orchestrator_model']) ?? '',
      workerModel: readString(row['worker_model']) ?? '',
      didEnableDelegation: row['did_enable_delegation'] === true,
      directEstimateNanoUsd: readCount(row['direct_estimate_nano_usd']),
      demo: row['demo'] === true,
    },
  };
}
