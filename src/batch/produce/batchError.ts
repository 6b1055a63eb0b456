import { DelegateError } from '../../common/delegateError';

/**
 * Why a batch, or one request of it, does not go on.
 *
 * - `batch-limit`: the worst case of the request does not fit into what is left of the limit.
 * - `batch-no-prices`: without prices nothing bounds what the batch costs.
 * - `batch-failing`: request after request fails; `cause` is the last error.
 * - `batch-sample`: what the orchestrator read of the results was not good enough.
 * - `batch-busy`: another process works on this batch.
 */
export type BatchErrorCode =
  'batch-limit' | 'batch-no-prices' | 'batch-failing' | 'batch-sample' | 'batch-busy';

const MESSAGES: Readonly<Record<BatchErrorCode, string>> = {
  'batch-limit': 'The limit of the batch does not cover this request in its worst case.',
  'batch-no-prices': 'The prices of the models are not known.',
  'batch-failing': 'Too many requests failed one after the other.',
  'batch-sample': 'Too many of the results that were read are wrong.',
  'batch-busy': 'Another process works on this batch.',
};

export class BatchError extends DelegateError {
  readonly code: BatchErrorCode;

  constructor(code: BatchErrorCode, cause?: unknown) {
    super(MESSAGES[code], cause === undefined ? {} : { cause });
    this.code = code;
  }
}
