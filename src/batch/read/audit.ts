import { shareOf } from '../hash';
import type { ReadableResult } from './pack';
import type { Reading } from './reader';

/** Tokens of results in one request: enough that the instructions around them weigh little. */
const PACK_TOKENS = 8_000;
/** More than one fault in this many is a bad sample. */
const FAULTS_IN = 20;
/** A single fault among fewer than this says nothing yet. */
const SMALLEST_SAMPLE = 10;

/**
 * Chooses which results the orchestrator reads, and what the readings say of the rest.
 *
 * The choice is random and the same after a restart. Without a proof a bad sample means that all
 * are read; with one it means that the batch stops and asks.
 */
export class Audit {
  readonly #options: {
    readonly batchId: string;
    readonly share: number;
    readonly isProven: boolean;
  };
  #pack: ReadableResult[] = [];
  #read = 0;
  #faulty = 0;
  #isAccepted = false;

  constructor(options: {
    readonly batchId: string;
    readonly share: number;
    readonly isProven: boolean;
  }) {
    this.#options = options;
  }

  get read(): number {
    return this.#read;
  }

  get faulty(): number {
    return this.#faulty;
  }

  /** Whether a result is to be read. */
  wants(n: number): boolean {
    if (this.readsAll) return true;
    return shareOf(`${this.#options.batchId}:${n}`) < this.#options.share;
  }

  /** Whether everything is read, because nothing proves it and the sample was bad. */
  get readsAll(): boolean {
    return !this.#options.isProven && this.#options.share > 0 && this.#isBad;
  }

  /** Whether the batch should stop and ask. */
  get mustAsk(): boolean {
    return this.#options.isProven && this.#isBad && !this.#isAccepted;
  }

  /** The user has seen the sample and wants to go on. */
  accept(): void {
    this.#isAccepted = true;
  }

  /** Adds a result. @returns the pack to be read now, or null while there is room in it. */
  add(result: ReadableResult): readonly ReadableResult[] | null {
    this.#pack.push(result);
    const tokens = this.#pack.reduce((sum, each) => sum + each.tokens, 0);
    return tokens >= PACK_TOKENS ? this.takePack() : null;
  }

  /** What has been gathered, which is then to be read. */
  takePack(): readonly ReadableResult[] {
    const pack = this.#pack;
    this.#pack = [];
    return pack;
  }

  note(readings: readonly Pick<Reading, 'ok'>[]): void {
    this.#read += readings.length;
    this.#faulty += readings.filter(({ ok }) => !ok).length;
  }

  get #isBad(): boolean {
    const isTelling = this.#read >= SMALLEST_SAMPLE || this.#faulty > 1;
    return isTelling && this.#faulty * FAULTS_IN > this.#read;
  }
}
