import type { Code } from '../code';

/** One thing found. Every item has the number of its line; the rest is the extractor's own. */
export interface ExtractedItem {
  readonly line: number;
  readonly [field: string]: unknown;
}

export type Extractor = (code: Code) => ExtractedItem[];
