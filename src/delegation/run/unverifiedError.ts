import { DelegateError } from '../../common/delegateError';

/** A worker's own answer that could be read and was not proven right. */
export class UnverifiedError extends DelegateError {
  readonly code = 'answer-unverified';
  /** What the proof says, in English for a model; counts and lines, nothing of the content. */
  readonly reason: string;
  /** The same for the user, in the user's language. */
  readonly words: string;

  constructor(reason: string, words = reason) {
    super('The answer of the worker could not be verified.');
    this.reason = reason;
    this.words = words;
  }
}
