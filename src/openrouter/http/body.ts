import { OpenRouterError } from '../errors';

/** An error for a body that the API did not write. */
export function unexpectedBody(
  reason: string,
  generationId: string | null = null,
): OpenRouterError {
  return new OpenRouterError('unexpected-answer', `The API's answer cannot be read: ${reason}`, {
    reason,
    generationId,
    mayHaveBilled: true,
  });
}

/** Gathers a body of limited length. */
export class BodyCollector {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Adds a chunk and says whether the body is still within its limit. */
  add(chunk: Buffer): boolean {
    if (this.#length > this.#maxBytes) return false;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    return this.#length <= this.#maxBytes;
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(0, this.#maxBytes).toString('utf8');
  }
}
