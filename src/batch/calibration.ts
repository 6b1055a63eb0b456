import type { BatchFile } from './journal/batchState';
import type { FileText } from './produce/fileText';
import {
  type SampleRun,
  chooseSample,
  recalledSample,
  runSample,
  storedSample,
  writeBrief,
} from './read/calibrate';
import type { Standing } from './journal/records';
import { type Work, readWorkFile } from './work';

/** Learns from a few files, done under the orchestrator's eyes, what to tell workers about the rest. */
export class Calibration {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  /**
   * The brief: the one that was accepted before, else a new one. Empty for a batch too small for
   * one, or when none could be had.
   *
   * @returns null when the user wants no more of it.
   */
  async brief(signal: AbortSignal): Promise<string | null> {
    const { journal, results, decisions, observe } = this.#work;
    const { briefHash, offeredHash } = journal.state;
    if (briefHash !== null) return (await results.brief(briefHash)) ?? '';
    const chosen = chooseSample([...journal.state.files.values()]) as readonly BatchFile[];
    if (chosen.length === 0) return this.#keep('');
    // One that a killed process has paid for is not written again.
    let written = offeredHash === null ? null : await results.brief(offeredHash);
    if (written === null) {
      observe({ type: 'calibrating', files: chosen.length });
      const samples = await this.#runAll(chosen, signal);
      if (samples.length === 0) return this.#keep('');
      written = (await writeBrief(samples, this.#context(signal))) ?? '';
      await journal.add({ t: 'offered', hash: await results.putBrief(written) });
    }
    const accepted = await decisions.acceptBrief(
      written,
      chosen.filter(({ standing }) => standing !== null).map(({ n }) => n),
    );
    return accepted === null ? null : this.#keep(accepted);
  }

  async #keep(brief: string): Promise<string> {
    const { journal, results } = this.#work;
    await journal.add({ t: 'brief', hash: await results.putBrief(brief) });
    return brief;
  }

  async #runAll(chosen: readonly BatchFile[], signal: AbortSignal): Promise<readonly SampleRun[]> {
    const runs = await Promise.all(chosen.map((file) => this.#runOne(file, signal)));
    return runs.filter((run) => run !== null);
  }

  async #runOne(file: BatchFile, signal: AbortSignal): Promise<SampleRun | null> {
    const text = await readWorkFile(file, this.#work);
    if (text === null) return null;
    const earlier = await this.#recall(file, text);
    if (earlier) return earlier;
    const run = await runSample(text, this.#context(signal));
    const stored = storedSample(run);
    // One that came to nothing is done again with the others, under the brief.
    if (stored && run.judged.ok && file.standing === null) {
      const { results, journal } = this.#work;
      const standing: Standing = run.judged.standing === 'unread' ? 'read' : run.judged.standing;
      const result = await results.put(file.n, stored);
      await journal.add({ t: 'done', n: file.n, standing, by: 'delegated', reason: '', result });
    }
    return run;
  }

  /** What a killed process did of the sample is not paid for again. */
  async #recall({ n, standing, result }: BatchFile, text: FileText): Promise<SampleRun | null> {
    if (standing === null) return null;
    const stored = await this.#work.results.get(n, result);
    return stored && recalledSample(text, stored);
  }

  #context(signal: AbortSignal): Parameters<typeof runSample>[1] {
    return { ...this.#work, brief: '', signal };
  }
}
