import { isAscii, isUtf8 } from 'node:buffer';

const NOTHING = Buffer.alloc(0);

/**
 * Decodes UTF-8 that arrives in pieces, and refuses anything else.
 *
 * Replacement characters would end up in somebody's source code, so invalid bytes are an error
 * here. A byte order mark at the start is dropped.
 */
export class Utf8Decoder {
  #heldBack: Buffer = NOTHING;
  #isAtStart = true;
  #isBroken = false;

  /** Whether a byte came that is not UTF-8; nothing is decoded from there on. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The text that is complete so far, up to the line with the first invalid byte. */
  decode(chunk: Buffer): string {
    let bytes = chunk;
    if (this.#heldBack.length > 0) {
      bytes = Buffer.concat([this.#heldBack, chunk]);
      this.#heldBack = NOTHING;
    } else if (isAscii(chunk)) {
      if (chunk.length > 0) this.#isAtStart = false;
      return chunk.toString('latin1');
    }
    const end = bytes.length - incompleteTail(bytes);
    if (end < bytes.length) this.#heldBack = Buffer.from(bytes.subarray(end));
    const complete = bytes.subarray(0, end);
    this.#isBroken = !isUtf8(complete);
    return this.#withoutMark((this.#isBroken ? validLines(complete) : complete).toString('utf8'));
  }

  #withoutMark(text: string): string {
    if (!this.#isAtStart || text === '') return text;
    this.#isAtStart = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }
}

/** The lines before the first one that is not UTF-8. */
function validLines(bytes: Buffer): Buffer {
  let end = 0;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] !== 0x0a && bytes[index] !== 0x0d) continue;
    if (!isUtf8(bytes.subarray(end, index))) break;
    end = index + 1;
  }
  return bytes.subarray(0, end);
}

/** How many bytes at the end are the beginning of a character that goes on in the next chunk. */
function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function sequenceLength(leadByte: number): number {
  if (leadByte >= 0xf0) return 4;
  return leadByte >= 0xe0 ? 3 : 2;
}
