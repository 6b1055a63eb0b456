import { DelegateError } from '../../common/delegateError';
import type { LedgerDisk } from '../disk';

const LINE_FEED = '\n';

/** The ledger's disk is full or not writable. Entries are kept in memory and tried again. */
export class LedgerWriteError extends DelegateError {
  readonly code = 'ledger-write';
  /** Code of the operating system, such as `ENOSPC`. */
  readonly reason: string | null;
  /** Entries that are waiting in memory. */
  readonly waitingEntries: number;

  constructor(waitingEntries: number, cause: unknown) {
    super('The ledger could not be written; the entry is kept in memory.', { cause });
    this.reason = (cause as NodeJS.ErrnoException | null)?.code ?? null;
    this.waitingEntries = waitingEntries;
  }
}

/**
 * Whether an error is that of a full disk. Its code tells: the ledger and those who book into it are
 * in chunks of their own, each with a class of its own.
 */
export function isLedgerWriteError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ledger-write';
}

/**
 * Adds a line by one write at the end of the file, no matter who else writes there.
 *
 * When the file ends in a torn line, as after a crash or a full disk, the new one starts on a line
 * of its own. Another window may tear a line between our look and our write; therefore the line is
 * read back, and written once more when it is not found whole.
 */
export async function appendLine(disk: LedgerDisk, name: string, line: string): Promise<void> {
  const size = (await disk.size(name)) ?? 0;
  const lastByte = size === 0 ? LINE_FEED : (await disk.read(name, size - 1, 1)).toString('latin1');
  const separator = lastByte === LINE_FEED ? '' : LINE_FEED;
  await disk.append(name, Buffer.from(separator + line + LINE_FEED));
  if (!(await isWhole(disk, { name, start: Math.max(0, size - 1), line }))) {
    await disk.append(name, Buffer.from(LINE_FEED + line + LINE_FEED));
  }
}

async function isWhole(
  disk: LedgerDisk,
  written: { readonly name: string; readonly start: number; readonly line: string },
): Promise<boolean> {
  const { name, start, line } = written;
  const end = (await disk.size(name)) ?? 0;
  const text = (await disk.read(name, start, end - start)).toString('utf8');
  const whole = line + LINE_FEED;
  return (start === 0 && text.startsWith(whole)) || text.includes(LINE_FEED + whole);
}
