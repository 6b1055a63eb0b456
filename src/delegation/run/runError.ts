import { DelegateError } from '../../common/delegateError';

/** A run that failed through a fault of ours; `cause` has the exception. */
export class RunError extends DelegateError {
  readonly code = 'internal';

  constructor(cause: unknown) {
    super('The run failed through a fault in the extension.', { cause });
  }
}
