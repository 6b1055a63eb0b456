import * as vscode from 'vscode';
import { Autosaves } from '../../editor/drafts/autosaves';
import type { BatchFile } from '../../batch/journal/batchState';
import { reviewGroup } from '../../batch/review';
import type { DraftFiles } from '../../editor/drafts/draftFileSystem';
import { BATCH_SCHEME } from '../../manifest';
import type { BatchSession } from './batchSession';
import { placeOf, resultUri, sentUri } from './batchUris';

const OPEN_GROUPS: ReadonlySet<string> = new Set(['verified', 'look', 'conflicts']);

/** Whether a file has a result that can still be edited, applied or discarded. */
function isOpen(file: BatchFile): boolean {
  return OPEN_GROUPS.has(reviewGroup(file)) && file.result !== '';
}

interface Side {
  readonly session: BatchSession;
  readonly file: BatchFile;
  readonly text: string;
  readonly isSent: boolean;
}

/**
 * The two sides of a batch's results as files of the editor. What the user types into a result is
 * saved by itself and proven again.
 */
export class BatchFiles implements DraftFiles, vscode.Disposable {
  readonly #find: (id: string) => Promise<BatchSession | null>;
  readonly #changed: vscode.EventEmitter<vscode.FileChangeEvent[]>;
  readonly #subscription: vscode.Disposable;
  readonly #autosaves = new Autosaves();
  /** By address: how often a text has changed, and its hash as it was last read or written. */
  readonly #revisions = new Map<string, { readonly count: number; readonly result: string }>();

  constructor(
    find: (id: string) => Promise<BatchSession | null>,
    changed: vscode.EventEmitter<vscode.FileChangeEvent[]>,
  ) {
    this.#find = find;
    this.#changed = changed;
    this.#subscription = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme === BATCH_SCHEME && document.isDirty)
        this.#autosaves.saveSoon(document);
    });
  }

  dispose(): void {
    this.#autosaves.dispose();
    this.#subscription.dispose();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { session, file, text, isSent } = await this.#side(uri);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: Date.parse(session.ticket.at) + this.#revision(uri, file.result),
      size: Buffer.byteLength(text),
      ...((isSent || !isOpen(file)) && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { file, text } = await this.#side(uri);
    this.#revision(uri, file.result);
    return Buffer.from(text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { session, file, isSent } = await this.#side(uri);
    if (isSent || !isOpen(file)) throw vscode.FileSystemError.NoPermissions(uri);
    await session.revise(file, Buffer.from(content).toString('utf8'));
    this.#revision(uri, file.result);
  }

  /** Has what the user typed last into results taken over. */
  async saveAll(session: BatchSession, files: readonly BatchFile[]): Promise<void> {
    const wanted = new Set(files.map((file) => resultUri(session, file).toString()));
    for (const document of vscode.workspace.textDocuments) {
      if (document.isDirty && wanted.has(document.uri.toString())) await document.save();
    }
  }

  /** Tells the editor of results that have become others, as with a conflict. */
  announce(session: BatchSession, files: readonly BatchFile[]): void {
    const uris = files.flatMap((file) => [resultUri(session, file), sentUri(session, file)]);
    this.#changed.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  }

  async #side(uri: vscode.Uri): Promise<Side> {
    const place = placeOf(uri);
    const session = place && (await this.#find(place.id));
    const file = session?.fileAt(place?.path ?? '') ?? null;
    const stored = session && file && (await session.stored(file));
    if (!session || !file || stored?.kind !== 'edit') {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    const { isSent } = place;
    return { session, file, isSent, text: isSent ? stored.base : stored.proposed };
  }

  #revision(uri: vscode.Uri, result: string): number {
    const key = uri.toString();
    const known = this.#revisions.get(key);
    if (known?.result === result) return known.count;
    const count = known ? known.count + 1 : 0;
    this.#revisions.set(key, { count, result });
    return count;
  }
}
