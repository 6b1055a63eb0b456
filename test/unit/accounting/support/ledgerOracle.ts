/**
 * What a ledger's files say, read by the shortest code that can be: no rollup, no index, no
 * increments, and none of the code under test. Of the lines with one id the last is live.
 */
export interface OracleEntry {
  readonly id: string;
  readonly atMs: number;
  readonly cost: number | null;
  readonly prompt: number;
  readonly delegations: number;
  readonly demo: boolean;
  readonly generation: string | null;
}

export interface OracleTotals {
  readonly runs: number;
  readonly unknownRuns: number;
  readonly costNanoUsd: number;
  readonly promptTokens: number;
  readonly delegations: number;
}

/** Live entries of a file, demo runs included, in the order of their last lines. */
export function liveLines(bytes: Buffer): readonly OracleEntry[] {
  const entries = known.get(bytes) ?? readLive(bytes);
  known.set(bytes, entries);
  return entries;
}

/** Files do not change their bytes, they get others. */
const known = new WeakMap<Buffer, readonly OracleEntry[]>();

function readLive(bytes: Buffer): OracleEntry[] {
  const live = new Map<string, OracleEntry>();
  for (const line of linesOf(bytes)) {
    const entry = entryOf(line);
    if (!entry) continue;
    live.delete(entry.id);
    live.set(entry.id, entry);
  }
  return [...live.values()];
}

export function totalsOf(entries: readonly OracleEntry[]): OracleTotals {
  const real = entries.filter(({ demo }) => !demo);
  const sum = (pick: (entry: OracleEntry) => number): number =>
    real.reduce((total, entry) => total + pick(entry), 0);
  return {
    runs: real.length,
    unknownRuns: sum(({ cost }) => (cost === null ? 1 : 0)),
    costNanoUsd: sum(({ cost }) => cost ?? 0),
    promptTokens: sum(({ prompt }) => prompt),
    delegations: sum(({ delegations }) => delegations),
  };
}

/** A line of more than 64 KiB is damage, whatever is in it. */
function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  let from = 0;
  for (let to = 0; to <= bytes.length; to++) {
    if (to < bytes.length && bytes[to] !== 10) continue;
    if (to - from <= 65_536) lines.push(bytes.toString('utf8', from, to));
    from = to + 1;
  }
  return lines;
}

function entryOf(line: string): OracleEntry | null {
  let row: Record<string, unknown>;
  try {
    const value = JSON.parse(line) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    row = value as Record<string, unknown>;
  } catch {
    return null;
  }
  const { id, at, cost_nano_usd: cost, generation_id: generation } = row;
  if (typeof id !== 'string' || id === '' || typeof at !== 'string') return null;
  if (!/^\d{4}-\d\d-\d\d/.test(at) || Number.isNaN(Date.parse(at))) return null;
  const delegations = row['delegations'] as Record<string, unknown> | null | undefined;
  const isObject = typeof delegations === 'object' && !Array.isArray(delegations);
  return {
    id,
    atMs: Date.parse(at),
    cost: isAmount(cost) ? cost : null,
    prompt: isAmount(row['prompt_tokens']) ? row['prompt_tokens'] : 0,
    delegations: isObject && isAmount(delegations?.['requested']) ? delegations['requested'] : 0,
    demo: row['demo'] === true,
    generation: typeof generation === 'string' && generation !== '' ? generation : null,
  };
}

/** A whole number that a run can have had: sums of more would lose a nano-dollar. */
function isAmount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1e13;
}
