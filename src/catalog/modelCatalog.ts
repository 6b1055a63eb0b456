import type { Clock } from '../common/clock';
import { parseRecord, readCount } from '../common/json';
import type { CatalogModel, ModelLookup } from './model';
import { readModels, trimModels } from './readModels';

/** Where the last list is kept between windows. */
export interface CatalogStorage {
  /** Null when there is nothing. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
}

export interface ModelCatalogOptions {
  readonly storage: CatalogStorage;
  /** The rows of `GET /models`; rejects when they cannot be had. */
  readonly fetchModels: () => Promise<unknown>;
  /** The API's base URL: a list of another API is not used. */
  readonly baseUrl: string;
  readonly clock: Clock;
}

/** A list older than this is refreshed in the background; it is used nevertheless. */
const FRESH_MS = 6 * 60 * 60 * 1000;
/** After a failed refresh the next background one waits this long. */
const RETRY_MS = 60 * 1000;
/** Suffixes that choose among a model's providers but are not models of their own. */
const ROUTING_VARIANT = /:(?:nitro|floor|exacto|online)$/;

/**
 * The models and their prices, as the API told them last. Nothing here waits for the network:
 * `find` answers from what is known, and a list from the disk serves until a newer one has come.
 */
export class ModelCatalog implements ModelLookup {
  readonly #options: ModelCatalogOptions;
  readonly #listeners = new Set<() => void>();
  #models: ReadonlyMap<string, CatalogModel> = new Map();
  #fetchedAtMs: number | null = null;
  #failedAtMs: number | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(options: ModelCatalogOptions) {
    this.#options = options;
  }

  /** All models in the API's order; empty until a list is known. */
  get models(): readonly CatalogModel[] {
    return [...this.#models.values()];
  }

  /** How old the list is; null when there is none. */
  get ageMs(): number | null {
    if (this.#fetchedAtMs === null) return null;
    return Math.max(0, this.#options.clock.now() - this.#fetchedAtMs);
  }

  /**
   * The model of a slug, spelled as in a request: with tilde and suffix. A suffix that only chooses
   * a provider finds the plain model.
   */
  find(id: string): CatalogModel | null {
    return this.#models.get(id) ?? this.#models.get(id.replace(ROUTING_VARIANT, '')) ?? null;
  }

  /** Takes the list from the disk, if it is one of this API, and has an old one refreshed. */
  async load(): Promise<void> {
    const text = await this.#options.storage.read().catch(() => null);
    const saved = parseRecord(text ?? '');
    const fetchedAtMs = readCount(saved?.['fetchedAtMs']);
    const isOurs = saved?.['v'] === 1 && saved['baseUrl'] === this.#options.baseUrl;
    if (isOurs && fetchedAtMs !== null && this.#fetchedAtMs === null) {
      this.#use(readModels(saved), fetchedAtMs);
    }
    this.refreshInBackground();
  }

  /** Starts a refresh when the list is missing or old, unless one has just failed. Never throws. */
  refreshInBackground(): void {
    const { clock } = this.#options;
    const isFresh = this.ageMs !== null && this.ageMs < FRESH_MS;
    const sinceFailure = this.#failedAtMs === null ? Infinity : clock.now() - this.#failedAtMs;
    if (isFresh || sinceFailure < RETRY_MS) return;
    this.refresh().catch(() => undefined);
  }

  /**
   * Fetches the list now; calls at the same time share one request.
   * @throws what `fetchModels` throws, and an Error when the answer has no models; the old list stays.
   */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#fetch().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #fetch(): Promise<void> {
    const { clock, fetchModels, storage, baseUrl } = this.#options;
    try {
      const rows = await fetchModels();
      const models = readModels(rows);
      if (models.length === 0) throw new Error('The list of models is empty or not readable.');
      const fetchedAtMs = clock.now();
      this.#use(models, fetchedAtMs);
      this.#failedAtMs = null;
      const saved = { v: 1, baseUrl, fetchedAtMs, data: trimModels(rows) };
      await storage.write(JSON.stringify(saved)).catch(() => undefined);
    } catch (error) {
      this.#failedAtMs = clock.now();
      throw error;
    }
  }

  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #use(models: readonly CatalogModel[], fetchedAtMs: number): void {
    if (models.length === 0) return;
    this.#models = new Map(models.map((model) => [model.id, model]));
    this.#fetchedAtMs = fetchedAtMs;
    for (const listener of [...this.#listeners]) listener();
  }
}
