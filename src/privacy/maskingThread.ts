import { DelegateError } from '../common/delegateError';
import { JobThread } from '../common/jobThread';
import { type MaskedTexts, type ReplacedTexts, maskTexts, withWayBack } from './masking';

/** What the thread is asked; it answers with `ReplacedTexts`. */
export interface MaskingRequest {
  readonly texts: readonly string[];
  readonly nonce: string;
}

/** Masks the texts of a request, as `maskTexts` does. */
export type Masker = (texts: readonly string[], nonce: string) => Promise<MaskedTexts>;

/** Masks in the caller's thread. */
export const maskHere: Masker = (texts, nonce) => Promise.resolve(maskTexts(texts, nonce));

/** The texts could not be masked in good time, so they must not be sent. */
export class MaskingError extends DelegateError {
  readonly code = 'masking-slow';

  constructor() {
    super('Looking for secrets took too long.');
  }
}

export interface MaskingThreadOptions {
  /** File of the thread's code. */
  readonly script: string;
  readonly patienceMs?: number;
}

/**
 * UTF-16 units of all texts of a request. A megabyte takes up to a second, the first text of a window
 * also what it takes to make the patterns ready, and no turn of the editor's is to be over 50 ms.
 */
const MOST_HERE = 12_000;

/** Time is linear in the length: this is more than a megabyte takes on a slow and busy machine. */
const PATIENCE_MS = 60_000;

/** Masks large texts in a thread of its own and small ones, which are most, in the caller's. */
export class MaskingThread {
  readonly #thread: JobThread<MaskingRequest, ReplacedTexts>;

  constructor({ script, patienceMs = PATIENCE_MS }: MaskingThreadOptions) {
    this.#thread = new JobThread({ script, patienceMs });
  }

  /**
   * When the thread breaks, the texts are masked here: nothing is sent as it was.
   * @throws MaskingError when it takes too long.
   */
  readonly mask: Masker = async (texts, nonce) => {
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    if (length <= MOST_HERE) return maskTexts(texts, nonce);
    const done = await this.#thread.ask({ texts, nonce });
    if (done.kind === 'too-late') throw new MaskingError();
    return done.kind === 'answer' ? withWayBack(done.answer) : maskTexts(texts, nonce);
  };

  dispose(): void {
    this.#thread.dispose();
  }
}
