import type { LedgerDisk } from '../disk';

/** One line of a file and where it starts. */
export interface Line {
  readonly start: number;
  /** Without the line feed; null when the line is too long to be an entry. */
  readonly text: string | null;
}

export interface LineBatch {
  readonly lines: readonly Line[];
  /** Position behind the last line, from which reading goes on. */
  readonly end: number;
}

/** Small enough that decoding its lines holds nothing up. */
const CHUNK_BYTES = 1 << 18;
/** Entries have a few hundred bytes; this much without a line feed is damage. */
const LONGEST_LINE_BYTES = 1 << 16;
/** What is read around a line that is looked for together with others; more than a longest line. */
const BLOCK_BYTES = 1 << 17;
/** What is read for a single one. */
const LONE_LINE_BYTES = 2048;
const LINE_FEED = 10;

/** Where reading begins, and what a rest without line feed must be to count as a line. */
export interface LineRange {
  readonly start: number;
  readonly isComplete: (text: string) => boolean;
}

/**
 * Reads the complete, non-empty lines of a file from `start` to its end as it is now, a chunk at a
 * time. A rest without line feed is left for later, unless `isComplete` says it is a whole line.
 */
export async function* readLines(
  disk: LedgerDisk,
  name: string,
  { start, isComplete }: LineRange,
): AsyncGenerator<LineBatch> {
  let position = start;
  for (;;) {
    const chunk = await disk.read(name, position, CHUNK_BYTES);
    const isLast = chunk.length < CHUNK_BYTES;
    let batch = splitLines(chunk, position, isLast ? isComplete : null);
    if (batch.end === position && !isLast) batch = await skipLine(disk, name, position);
    if (batch.end === position) return;
    yield batch;
    if (isLast) return;
    position = batch.end;
  }
}

function splitLines(
  chunk: Buffer,
  position: number,
  isComplete: ((text: string) => boolean) | null,
): LineBatch {
  const lines: Line[] = [];
  let from = 0;
  for (let to = chunk.indexOf(LINE_FEED); to !== -1; to = chunk.indexOf(LINE_FEED, from)) {
    if (to > from) {
      const isTooLong = to - from > LONGEST_LINE_BYTES;
      const text = isTooLong ? null : chunk.toString('utf8', from, to);
      lines.push({ start: position + from, text });
    }
    from = to + 1;
  }
  const rest = isComplete ? chunk.toString('utf8', from) : '';
  if (rest !== '' && isComplete?.(rest)) {
    lines.push({ start: position + from, text: rest });
    from = chunk.length;
  }
  return { lines, end: position + from };
}

/** Passes over a line that is longer than a chunk; nothing is passed when it has no end yet. */
async function skipLine(disk: LedgerDisk, name: string, start: number): Promise<LineBatch> {
  for (let position = start; ; position += CHUNK_BYTES) {
    const chunk = await disk.read(name, position, CHUNK_BYTES);
    const to = chunk.indexOf(LINE_FEED);
    if (to !== -1) return { lines: [{ start, text: null }], end: position + to + 1 };
    if (chunk.length < CHUNK_BYTES) return { lines: [], end: start };
  }
}

/** The lines that start at `starts`; starts of nothing or of lines that are too long are left out. */
export async function readLinesAt(
  disk: LedgerDisk,
  name: string,
  starts: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const lines = new Map<number, string>();
  let block: Buffer = Buffer.alloc(0);
  let blockStart = 0;
  for (const start of [...starts].sort((a, b) => a - b)) {
    let to = lineFeedFrom(block, start - blockStart);
    if (to === -1) {
      // Lines that are looked for together are often neighbours, so the next ones come along.
      const isAlone = starts.length === 1;
      block = await disk.read(name, start, isAlone ? LONE_LINE_BYTES : BLOCK_BYTES);
      blockStart = start;
      to = lineFeedFrom(block, 0);
      if (to === -1 && isAlone && block.length === LONE_LINE_BYTES) {
        block = await disk.read(name, start, BLOCK_BYTES);
        to = lineFeedFrom(block, 0);
      }
    }
    // The file's last line may lack its line feed.
    if (to === -1 && block.length < LONGEST_LINE_BYTES) to = block.length;
    const text = block.toString('utf8', start - blockStart, Math.max(to, 0));
    if (text !== '') lines.set(start, text);
  }
  return lines;
}

function lineFeedFrom(block: Buffer, offset: number): number {
  return offset >= 0 && offset < block.length ? block.indexOf(LINE_FEED, offset) : -1;
}
