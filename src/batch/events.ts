import type { NanoUsd } from '../common/money';
import type { BatchFile } from './journal/batchState';

/** What a view needs while a batch is under way. */
export type BatchEvent =
  | { readonly type: 'calibrating'; readonly files: number }
  /** A file has its result, or a reading has changed what it counts as. */
  | { readonly type: 'file'; readonly file: BatchFile; readonly progress: BatchProgress };

export interface BatchProgress {
  readonly done: number;
  readonly total: number;
  readonly spentNanoUsd: NanoUsd;
  /** Null until there is something to tell it from. */
  readonly leftMs: number | null;
}
