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

  /** The text that is complete so far, or null when the bytes are not UTF-8. */
  decode(chunk: Buffer): string | null {
    let bytes = chunk;
    if (this.#heldBack.length > 0) {
      bytes = Buffer.concat([this.#heldBack, chunk]);
      this.#heldBack = NOTHING;
    } else if (isAscii(chunk)) {
      if (chunk.length > 0) this.#isAtStart = false;
      return chunk.toString('latin1');
    }
    const cut = bytes.length - incompleteTail(bytes);
    if (cut < bytes.length) {
      this.#heldBack = Buffer.from(bytes.subarray(cut));
      bytes = bytes.subarray(0, cut);
    }
    if (!isUtf8(bytes)) return null;
    const text = bytes.toString('utf8');
    if (!this.#isAtStart || text === '') return text;
    this.#isAtStart = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }
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
