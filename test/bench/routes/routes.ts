/**
 * What each route costs on what people select: single functions, and the long jobs of the cost
 * bench. Worker first is tried with a share of the worker's answers spoiled, in the ways that real
 * workers were seen to fail; what becomes of each spoiled answer is counted.
 */
import { isDeepStrictEqual } from 'node:util';
import { systemClock } from '../../../src/common/clock';
import type { Verdict } from '../../../src/delegation/ports';
import { OutcomeError } from '../../../src/delegation/answer/outcomeError';
import type { Outcome, RunEvent, RunResult, RunSettings } from '../../../src/delegation/run/run';
import { UnverifiedError } from '../../../src/delegation/run/unverifiedError';
import { runTask } from '../../../src/delegation/runTask';
import { type EditPlace, isProvable, judgeEdit, writeEdit } from '../../../src/drafts/judgeEdit';
import { type Misbehaviour, MISBEHAVIOURS } from '../../../src/simulator/workers/misbehave';
import { syntax } from '../../unit/syntax/service';
import { type Stage, openStage, pairs, requestFor, settingsWith } from '../cost';
import { type CostJob, costJobs } from '../costJobs';
import { functionJobs } from './functionJobs';

const SHARES = [5, 10, 20] as const;
export type Share = (typeof SHARES)[number];

/** Runs of each job with a share of faults: many where a run is short. */
const ROUNDS = { function: 40, long: 4 } as const;

/** What became of the spoiled answers of all runs of a job. */
export interface Faults {
  readonly share: Share;
  readonly runs: number;
  /** Mean cost of a run. */
  readonly costNanoUsd: number;
  /** Answers that were spoiled. */
  readonly spoiled: number;
  /** Why answers were sent back, without counts and lines, with how often. */
  readonly reasons: ReadonlyMap<string, number>;
  /** Runs that came to the orchestrator. */
  readonly escalated: number;
  /** Runs whose result stands as verified and is not what it should be. */
  readonly wrong: readonly string[];
}

export interface RouteRow {
  readonly job: string;
  readonly isFunction: boolean;
  readonly directNanoUsd: number;
  readonly delegatedNanoUsd: number;
  readonly autoNanoUsd: number;
  readonly autoRoute: string;
  /** Null for a task that nothing proves. */
  readonly workerFirst: {
    readonly cleanNanoUsd: number;
    readonly faults: readonly Faults[];
  } | null;
}

export interface RoutesResult {
  readonly pair: (typeof pairs)[number];
  readonly rows: readonly RouteRow[];
}

/** Runs every job on every route, for each pair of models. */
export async function measureRoutes(): Promise<readonly RoutesResult[]> {
  const results: RoutesResult[] = [];
  for (const pair of pairs) {
    const spoil: { next: (() => Misbehaviour | null) | null } = { next: null };
    const stage = await openStage({
      // An alias is resolved before it is asked.
      spoilWork: ({ model }) => (/haiku/.test(model) ? (spoil.next?.() ?? null) : null),
    });
    try {
      const jobs = [...functionJobs(), ...costJobs()];
      const rows: RouteRow[] = [];
      for (const job of jobs) rows.push(await measureRow({ stage, pair, spoil }, job));
      results.push({ pair, rows });
    } finally {
      await stage.client.close();
      await stage.simulator.close();
    }
  }
  return results;
}

interface Bench {
  readonly stage: Stage;
  readonly pair: (typeof pairs)[number];
  readonly spoil: { next: (() => Misbehaviour | null) | null };
}

async function measureRow(bench: Bench, job: CostJob): Promise<RouteRow> {
  const direct = await run(bench, job, 'direct');
  const auto = await run(bench, job, 'auto');
  return {
    job: job.name,
    isFunction: job.lines <= 60,
    directNanoUsd: costOf(direct),
    delegatedNanoUsd: costOf(await run(bench, job, 'delegated')),
    autoNanoUsd: costOf(auto),
    autoRoute: auto.record.routing,
    workerFirst: await measureWorkerFirst(bench, job),
  };
}

async function measureWorkerFirst(bench: Bench, job: CostJob): Promise<RouteRow['workerFirst']> {
  const clean = await run(bench, job, 'worker-first');
  if (clean.record.routing !== 'worker-first') return null;
  const isFunction = job.lines <= 60;
  const isDefault = bench.pair === pairs[0];
  const faults: Faults[] = [];
  // What a fault does hangs on the worker's price only by a factor, and long jobs take long.
  for (const share of isDefault ? SHARES : []) {
    if (!isFunction && share !== 5) continue;
    const runs = isFunction ? ROUNDS.function : ROUNDS.long;
    faults.push(await measureFaults(bench, job, { share, runs, clean }));
  }
  return { cleanNanoUsd: costOf(clean), faults };
}

async function measureFaults(
  bench: Bench,
  job: CostJob,
  {
    share,
    runs,
    clean,
  }: { readonly share: Share; readonly runs: number; readonly clean: RunResult },
): Promise<Faults> {
  const random = numbers(hashOf(`${job.name} ${share}`));
  const reasons = new Map<string, number>();
  const wrong: string[] = [];
  let [cost, spoiled, escalated] = [0, 0, 0];
  for (let count = 0; count < runs; count += 1) {
    const kinds: Misbehaviour[] = [];
    bench.spoil.next = () => {
      const kind = random() * 100 < share ? kindFor(job, random()) : null;
      if (kind) kinds.push(kind);
      return kind;
    };
    const result = await run(bench, job, 'worker-first', (event) => {
      if (event.type !== 'step-start' || !event.rejected) return;
      const reason = reasonOf(event.rejected);
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (event.step === 'delegated') escalated += 1;
    });
    bench.spoil.next = null;
    spoiled += kinds.length;
    cost += costOf(result);
    if (!(await isRight(job, result, clean))) wrong.push(`${job.name}: ${kinds.join(', ')}`);
  }
  return { share, runs, costNanoUsd: cost / runs, spoiled, reasons, escalated, wrong };
}

/** A schema sees the form of data and nothing else, so of data only the form is spoiled. */
const FORM: readonly Misbehaviour[] = ['prose', 'fails', 'empty', 'bad-json'];

function kindFor({ task }: CostJob, draw: number): Misbehaviour {
  const kinds = task.answer === 'json' ? FORM : MISBEHAVIOURS;
  return kinds[Math.floor(draw * kinds.length)] ?? 'empty';
}

function reasonOf(error: unknown): string {
  if (error instanceof UnverifiedError)
    return error.reason.replace(/ at lines? .*$/, '').replace(/\d+ /g, '');
  return error instanceof OutcomeError ? error.code : 'unknown';
}

/** Whether what stands as verified is right, by means that the proof does not use. */
async function isRight(job: CostJob, result: RunResult, clean: RunResult): Promise<boolean> {
  const { outcome, checkedBy } = result;
  if (!outcome || (checkedBy !== 'proof' && checkedBy !== 'schema')) return true;
  if (outcome.format === 'json') {
    return isDeepStrictEqual(outcome, { ...clean.outcome, ...notesOf(outcome) });
  }
  if (outcome.format === 'text' || outcome.format === 'file') return true;
  const { text } = await writeEdit(outcome, placeOf(job));
  return job.task.claim === 'layout-changed'
    ? ink(text) === ink(job.text)
    : keepsLines(text, job.text);
}

function notesOf({ mended, leftOut, isUnaccepted }: Outcome): Partial<Outcome> {
  return {
    ...(mended && { mended }),
    ...(leftOut && { leftOut }),
    ...(isUnaccepted !== undefined && { isUnaccepted }),
  };
}

/** Without white space, and without what formatters may add, take away or exchange. */
function ink(text: string): string {
  return text.replace(/[\s,;]/g, '').replace(/['`]/g, '"');
}

/** Whether all lines are still there, in order. */
function keepsLines(text: string, base: string): boolean {
  const lines = text.split('\n');
  let at = 0;
  for (const line of base.split('\n')) {
    const found = lines.indexOf(line, at);
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

async function run(
  { stage, pair }: Bench,
  job: CostJob,
  routing: RunSettings['routing'],
  observe: (event: RunEvent) => void = () => undefined,
): Promise<RunResult> {
  stage.simulator.reset();
  const prove = await proverOf(job);
  const result = await runTask(
    requestFor(job, settingsWith({ workerModel: pair.worker, routing })),
    {
      client: stage.client,
      models: stage.catalog,
      clock: systemClock,
      // The same words each time: a nonce of other tokens costs another price.
      random: numbers(hashOf(job.name)),
      ...(prove && { prove }),
    },
    observe,
    new AbortController().signal,
  );
  const billed = [...stage.simulator.bills.values()].reduce((sum, bill) => sum + bill, 0);
  if (costOf(result) !== billed) throw new Error(`${job.name}: the ledger is not the bill.`);
  if (result.status !== 'completed' && routing !== 'worker-first') {
    throw new Error(`${job.name}, ${routing}: ${result.error?.code ?? result.status}.`);
  }
  return result;
}

async function proverOf(job: CostJob): Promise<((outcome: Outcome) => Promise<Verdict>) | null> {
  const { claim } = job.task;
  const place = placeOf(job);
  if (claim === undefined || !(await isProvable(place))) return null;
  return async (outcome) =>
    outcome.format === 'replacement' || outcome.format === 'insertions'
      ? judgeEdit(outcome, place, claim)
      : { isVerified: false, reason: 'it is not an edit' };
}

function placeOf({ text, languageId, context }: CostJob): EditPlace {
  return { base: text, languageId, syntax, eol: '\n', ...(context && { context }) };
}

function costOf({ record, error }: RunResult): number {
  const cost = record.usage?.costNanoUsd ?? null;
  if (cost === null) throw new Error(`A run has no cost: ${error?.code ?? record.status}.`);
  return cost;
}

function hashOf(text: string): number {
  return Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) % 2_147_483_647, 7);
}

/** Numbers from 0 up to 1, the same in every run of the bench. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
