/** What every error of ours has besides its message. */
export interface DelegateErrorOptions {
  readonly cause?: unknown;
}

/**
 * Base of all errors that a run or a command can end in.
 *
 * `message` is for developers and in English; what a user reads is made from `code` and the
 * subclass's fields in `editor/messages/errorMessages.ts`. No message may contain selection text, prompts,
 * answers, file names or keys, because messages reach the log.
 */
export abstract class DelegateError extends Error {
  /** Stable identifier in kebab-case; never changes meaning. */
  abstract readonly code: string;

  constructor(message: string, options: DelegateErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
  }
}
