import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerDisk } from '../../../../src/accounting/disk';
import type { PlannedRun } from '../../../../src/accounting/ledger/entryFromRecord';
import type { LedgerEntry } from '../../../../src/accounting/ledger/ledgerEntry';

/** A folder that is gone after the test; call it inside a suite. */
export function temporaryFolder(): () => string {
  let folder = '';
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'delegate-ledger-'));
  });
  teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return () => folder;
}

export function entryOf(fields: Partial<LedgerEntry> = {}): LedgerEntry {
  const cost = fields.cost_nano_usd === undefined ? 6_100_000 : fields.cost_nano_usd;
  return {
    v: 1,
    id: randomUUID(),
    at: '2026-03-14T12:00:00.000Z',
    route: 'summarize',
    project: '',
    requests: 1,
    protocol: 'responses',
    routing: 'delegated',
    orchestrator_model: '~anthropic/claude-opus-latest',
    worker_model: '~anthropic/claude-haiku-latest',
    did_enable_delegation: true,
    delegations: { requested: 1, ok: 1, failed: 0 },
    status: 'completed',
    finish_reason: 'stop',
    prompt_tokens: 1840,
    completion_tokens: 420,
    total_tokens: 2260,
    cost_nano_usd: cost,
    cost_source: cost === null ? 'unknown' : 'billed',
    direct_estimate_nano_usd: 27_000_000,
    generation_id: 'gen-1',
    duration_ms: 14_200,
    demo: false,
    ...fields,
  };
}

export function plannedRun(fields: Partial<PlannedRun> = {}): PlannedRun {
  return {
    id: randomUUID(),
    route: 'reformat',
    project: '',
    requests: 1,
    protocol: 'responses',
    routing: 'delegated',
    orchestratorModel: 'a/orchestrator',
    workerModel: 'b/worker',
    didEnableDelegation: true,
    startedAtMs: Date.parse('2026-03-14T12:00:00.000Z'),
    directEstimateNanoUsd: 5_000_000,
    demo: false,
    ...fields,
  };
}

/** A disk that can be told to refuse writing, as a full one does. */
export interface FullableDisk extends LedgerDisk {
  isFull: boolean;
  /** Bytes of the next append that still fit, after which the disk is full. */
  room: number | null;
}

export function fullableDisk(disk: LedgerDisk): FullableDisk {
  const full = (): never => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  const wrapped: FullableDisk = {
    ...disk,
    isFull: false,
    room: null,
    append: async (name, bytes) => {
      if (wrapped.isFull) full();
      if (wrapped.room === null) {
        await disk.append(name, bytes);
        return;
      }
      await disk.append(name, bytes.subarray(0, wrapped.room));
      wrapped.room = null;
      wrapped.isFull = true;
      full();
    },
    create: async (...args) => (wrapped.isFull ? full() : disk.create(...args)),
    writeAt: async (...args) => (wrapped.isFull ? full() : disk.writeAt(...args)),
    replace: async (...args) => (wrapped.isFull ? full() : disk.replace(...args)),
  };
  return wrapped;
}

/** Lines of a file as an outsider reads them. */
export function readJsonLines(path: string): LedgerEntry[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerEntry);
}
