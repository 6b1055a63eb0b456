/**
 * The folder in which the ledger lives, as accounting needs it. Names are relative and use `/`.
 *
 * Everything that decides about safety between windows is in here: `append` is one write at the
 * end of the file, `replace` is atomic, and both are safe when several processes do it at once.
 */
export interface LedgerDisk {
  /** Size in bytes; null when there is no such file. */
  size(name: string): Promise<number | null>;
  /** Up to `length` bytes from `start`; fewer at the end of the file, none when it is missing. */
  read(name: string, start: number, length: number): Promise<Buffer>;
  /** The whole file as text; empty when it is missing. */
  readText(name: string): Promise<string>;
  /** Adds `bytes` at the end by one write; throws when not all of them were written. */
  append(name: string, bytes: Buffer): Promise<void>;
  /** Writes `bytes` at a position; the file is made when missing. */
  writeAt(name: string, position: number, bytes: Buffer): Promise<void>;
  /**
   * Gives the file a new content at once, and with it a time stamp if one is given: readers see the
   * old or the new, never a mixture.
   */
  replace(name: string, text: string, touchedAtMs?: number): Promise<void>;
  /** Makes a file that must not exist yet. @returns false when there is one already. */
  create(name: string, text: string): Promise<boolean>;
  /** @returns whether there was such a file. */
  remove(name: string): Promise<boolean>;
  /** Sets the file's time stamp. @returns whether there is such a file. */
  touch(name: string, atMs: number): Promise<boolean>;
  /** Files of a folder; none when it is missing. Temporary files of `replace` are left out. */
  list(folder: string): Promise<readonly DiskFile[]>;
  /** Removes what killed windows left of unfinished `replace` calls in a folder before `beforeMs`. */
  sweep(folder: string, beforeMs: number): Promise<void>;
  /** Calls `listener` when something in the ledger's own folder may have changed; best effort. */
  watch(listener: () => void): () => void;
}

export interface DiskFile {
  /** Without the folder. */
  readonly name: string;
  readonly touchedAtMs: number;
}
