import { delay } from '../common/clock';
import type { NanoUsd } from '../common/money';
import type { RunPorts } from '../delegation/ports';
import { prepareRun } from '../delegation/route/prepare';
import { RefusalError } from '../delegation/run/runErrors';
import type { RouteEstimate, RunEvent, RunResult, RunSettings } from '../delegation/run/run';
import { runTask } from '../delegation/runTask';
import type { GenerationRecord } from '../openrouter/account';
import { type Observation, Observer } from './observation';
import { type Probe, probes } from './probes';
import { type CheckLine, type CheckReport, fittingSettings } from './report';
import { abortedVerdict, billVerdict, verdictsOf } from './verdicts';

/** What a check asks of the world, besides what each of its runs does. */
export interface CheckPorts extends Omit<RunPorts, 'client'> {
  readonly client: RunPorts['client'] & {
    /** The bill of a generation, or null while it is not filed yet. */
    getGeneration(id: string, options: { signal: AbortSignal }): Promise<GenerationRecord | null>;
  };
  readonly newId: () => string;
  /** Books a run that has ended, whatever became of it. */
  readonly settle: (result: RunResult) => Promise<void>;
  /** Told of each event of each run, for reservations. */
  readonly observe?: (event: RunEvent) => void;
  /** When bills are looked up, in milliseconds after one another. */
  readonly lookUpDelaysMs?: readonly number[];
  /** See `VerdictOptions`. */
  readonly aliveWithinMs?: number;
}

const LOOK_UP_DELAYS_MS = [1000, 2000, 4000, 8000, 15_000];
const ALIVE_WITHIN_MS = 6000;

/** What a check is expected to cost, and the most that it can; null when a price is unknown. */
export interface CheckPrice {
  readonly expectedNanoUsd: NanoUsd;
  readonly ceilingNanoUsd: NanoUsd;
}

/**
 * What the runs of a check cost together, from list prices.
 *
 * @returns a refusal when one of them cannot be made with these models.
 */
export function priceCheck(
  settings: RunSettings,
  ports: Pick<CheckPorts, 'models' | 'clock' | 'random' | 'newId'>,
): CheckPrice | RefusalError | null {
  const estimates: (RouteEstimate | null)[] = [];
  for (const { request } of probes(settings, ports.newId)) {
    const prepared = prepareRun(request, {
      models: ports.models,
      random: (limit) => Math.floor(ports.random() * limit),
      nowMs: ports.clock.now(),
    });
    if (prepared instanceof RefusalError) return prepared;
    estimates.push(prepared.estimate);
  }
  const known = estimates.filter((estimate) => estimate !== null);
  if (known.length < estimates.length) return null;
  const sum = (read: (estimate: RouteEstimate) => number): number =>
    known.reduce((total, estimate) => total + read(estimate), 0);
  return {
    expectedNanoUsd: sum(({ expectedNanoUsd }) => expectedNanoUsd),
    ceilingNanoUsd: sum(({ ceilingNanoUsd }) => ceilingNanoUsd),
  };
}

/**
 * Finds out with a few small real runs which of the assumptions about the API hold for a pair of
 * models. Never rejects but for an abort; a run that fails makes its lines `unknown`.
 *
 * @param onLine told of each line as soon as it is known.
 * @throws the signal's reason when it is aborted; runs until then are settled.
 */
export async function checkModels(
  settings: RunSettings,
  ports: CheckPorts,
  { onLine, signal }: { readonly onLine: (line: CheckLine) => void; readonly signal: AbortSignal },
): Promise<CheckReport> {
  const check = new Check(ports, signal);
  const lines: CheckLine[] = [];
  for (const probe of probes(settings, ports.newId)) {
    for (const line of await check.linesOf(probe)) {
      lines.push(line);
      onLine(line);
    }
  }
  return {
    orchestratorModel: settings.orchestratorModel,
    workerModel: settings.workerModel,
    atMs: ports.clock.now(),
    lines,
    settings: fittingSettings(lines),
    costNanoUsd: check.costNanoUsd,
  };
}

class Check {
  costNanoUsd: NanoUsd | null = 0;
  readonly #ports: CheckPorts;
  readonly #signal: AbortSignal;

  constructor(ports: CheckPorts, signal: AbortSignal) {
    this.#ports = ports;
    this.#signal = signal;
  }

  async linesOf(probe: Probe): Promise<readonly CheckLine[]> {
    const { protocol } = probe.request.settings;
    if (probe.name === 'aborted') return [await this.#aborted(probe)];
    const seen = await this.#run(probe, this.#signal);
    this.#add(seen.result.record.usage?.costNanoUsd ?? null, seen);
    const { aliveWithinMs = ALIVE_WITHIN_MS } = this.#ports;
    const lines = verdictsOf(seen, { protocol, aliveWithinMs });
    if (probe.name !== 'two-workers') return lines;
    const { generationId } = seen.result.record;
    return [...lines, billVerdict(seen, await this.#lookUp(generationId), protocol)];
  }

  /** Stops a run at its first sign of life and looks for its bill. */
  async #aborted(probe: Probe): Promise<CheckLine> {
    const stop = new AbortController();
    const seen = await this.#run(probe, AbortSignal.any([this.#signal, stop.signal]), (event) => {
      if (event.type !== 'run-start' && event.type !== 'request-sent') stop.abort();
    });
    const record = await this.#lookUp(seen.result.record.generationId);
    this.#add(record?.costNanoUsd ?? null, seen);
    return abortedVerdict(seen, record, probe.request.settings.protocol);
  }

  async #run(
    { request }: Probe,
    signal: AbortSignal,
    onEvent?: (event: RunEvent) => void,
  ): Promise<Observation> {
    this.#signal.throwIfAborted();
    const { client, settle, observe, clock } = this.#ports;
    const observer = new Observer(clock);
    const ports = { ...this.#ports, client: observer.watching(client) };
    const result = await runTask(
      request,
      ports,
      (event) => {
        observer.note(event);
        observe?.(event);
        onEvent?.(event);
      },
      signal,
    );
    await settle(result);
    this.#signal.throwIfAborted();
    return observer.observed(result);
  }

  async #lookUp(generationId: string | null): Promise<GenerationRecord | null> {
    const { client, clock, lookUpDelaysMs = LOOK_UP_DELAYS_MS } = this.#ports;
    if (generationId === null) return null;
    for (const delayMs of lookUpDelaysMs) {
      await delay(clock, delayMs, this.#signal);
      const record = await client
        .getGeneration(generationId, { signal: this.#signal })
        .catch(() => null);
      if (record !== null) return record;
    }
    return null;
  }

  /** A run that was not sent costs nothing; one without a bill makes the sum unknown. */
  #add(cost: NanoUsd | null, { result }: Observation): void {
    if (!result.record.wasSent) return;
    this.costNanoUsd = cost === null || this.costNanoUsd === null ? null : this.costNanoUsd + cost;
  }
}
