/** Prices as nano-USD per million tokens, so that they stay integers: 0.10 USD is 100,000,000. */
export interface ModelPricing {
  readonly promptNanoPerMillion: number | null;
  readonly completionNanoPerMillion: number | null;
  readonly cacheReadNanoPerMillion: number | null;
  readonly cacheWriteNanoPerMillion: number | null;
  /** Per request and per web search, in nano-USD. */
  readonly requestNano: number | null;
  readonly webSearchNano: number | null;
  readonly overrides: readonly PricingOverride[];
}

/** Conditional prices; the last one that applies wins, key by key. */
export interface PricingOverride {
  /** Applies to prompts of more tokens than this. */
  readonly minPromptTokens: number | null;
  readonly utcStart: string | null;
  readonly utcEnd: string | null;
  readonly utcDays: readonly number[] | null;
  readonly promptNanoPerMillion: number | null;
  readonly completionNanoPerMillion: number | null;
}

/** What the catalog tells of a model's thinking. */
export interface ModelReasoning {
  /** Whether it cannot be switched off; then effort `none` is refused. */
  readonly isMandatory: boolean;
  readonly isOnByDefault: boolean;
  /** The efforts that are taken; null for all. */
  readonly efforts: readonly string[] | null;
}

/** A row of the catalog, of `GET /models`. */
export interface CatalogModel {
  readonly id: string;
  readonly name: string;
  /** Tokens; null when the API does not say. */
  readonly contextLength: number | null;
  readonly maxCompletionTokens: number | null;
  readonly pricing: ModelPricing;
  readonly supportedParameters: readonly string[];
  /** How it thinks; absent for models that do not, and where the API does not say. */
  readonly reasoning?: ModelReasoning;
  /** For tilde aliases: the concrete slug it stands for today. */
  readonly aliasTarget: string | null;
}

/** What core code asks of the catalog; the answer is what is known now, without waiting. */
export interface ModelLookup {
  find(id: string): CatalogModel | null;
}
