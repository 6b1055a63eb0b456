/** A file system entry of the workspace; links are never followed. */
export interface WorkspaceEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** Why a file cannot be written. */
export type WriteProblem = 'read-only' | 'gone' | 'changed' | 'failed';

/** The user's files. Paths are relative to the workspace folder, with slashes. */
export interface WorkspaceFiles {
  /** Entries of a folder, `''` for the root; none when it cannot be read. */
  list(folder: string): Promise<readonly WorkspaceEntry[]>;
  /** Size in bytes; null when there is no such file. */
  size(path: string): Promise<number | null>;
  /** The whole file; null when there is none, when it cannot be read, and for a link. */
  read(path: string): Promise<Buffer | null>;
  /**
   * Gives a file new bytes, if it still has those of `expectedHash` right before.
   *
   * @returns null when it was written.
   */
  write(path: string, bytes: Buffer, expectedHash: string): Promise<WriteProblem | null>;
}

/** The folder of one batch, outside of every workspace. Names have no folders in them. */
export interface BatchFolder {
  /** The whole file; null when there is none. */
  read(name: string): Promise<Buffer | null>;
  /** Adds bytes at the end by one write and has the disk keep them before it resolves. */
  append(name: string, bytes: Buffer): Promise<void>;
  /** Gives a file a new content at once; the disk keeps it before this resolves. */
  replace(name: string, bytes: Buffer): Promise<void>;
  /** Makes a file that must not exist yet. @returns false when there is one. */
  create(name: string, text: string): Promise<boolean>;
  remove(name: string): Promise<void>;
  list(): Promise<readonly string[]>;
}
