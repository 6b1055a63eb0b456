import { parseRecord } from '../../common/json';
import type { ConflictMarks } from '../../text/conflictText';
import { hashOf } from '../hash';
import type { BatchFolder } from '../ports';

/** What was sent of a file and what came of it. */
export type StoredResult =
  /** The file's whole text before and after; with marks where it holds both versions of a conflict. */
  | {
      readonly kind: 'edit';
      readonly base: string;
      readonly proposed: string;
      readonly marks?: ConflictMarks;
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly text: string; readonly value: unknown };

/** Results on the disk, one file each, so that memory does not grow with them. */
export class Results {
  readonly #folder: BatchFolder;

  constructor(folder: BatchFolder) {
    this.#folder = folder;
  }

  /** Keeps a result. @returns its hash, which goes into the journal only then. */
  async put(n: number, result: StoredResult): Promise<string> {
    const text = JSON.stringify(result);
    await this.#folder.replace(fileName(n), Buffer.from(text));
    return hashOf(text);
  }

  /** @returns null when it is missing or is not what the journal says. */
  async get(n: number, hash: string): Promise<StoredResult | null> {
    const bytes = await this.#folder.read(fileName(n));
    if (bytes === null || hashOf(bytes) !== hash) return null;
    return parseRecord(bytes.toString('utf8')) as StoredResult | null;
  }

  async putBrief(text: string): Promise<string> {
    await this.#folder.replace('brief.md', Buffer.from(text));
    return hashOf(text);
  }

  async brief(hash: string): Promise<string | null> {
    const bytes = await this.#folder.read('brief.md');
    return bytes !== null && hashOf(bytes) === hash ? bytes.toString('utf8') : null;
  }

  /** Bytes of a file right before it was written, for undoing. */
  async putBefore(n: number, bytes: Buffer): Promise<void> {
    await this.#folder.replace(`${number(n)}.before`, bytes);
  }

  async before(n: number): Promise<Buffer | null> {
    return this.#folder.read(`${number(n)}.before`);
  }
}

function fileName(n: number): string {
  return `${number(n)}.json`;
}

function number(n: number): string {
  return String(n).padStart(6, '0');
}
