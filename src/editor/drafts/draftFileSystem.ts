import path from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import { type Draft, isDraftIn } from '../../drafts/draft';
import { DRAFT_SCHEME, SENT_SCHEME } from '../../manifest';
import type { DraftDesk } from './draftDesk';

/** Typing on the right side is taken into the draft this long after the last key. */
const AUTOSAVE_MS = 300;

/** The right side of a draft's diff, editable; its name has the document's ending, for colours. */
export function draftUri(draft: Draft): vscode.Uri {
  return sideUri(DRAFT_SCHEME, draft);
}

/** Both sides of a draft's diff: the left one is the text as it was sent. */
export function draftSides(draft: Draft): {
  readonly sent: vscode.Uri;
  readonly draft: vscode.Uri;
} {
  return { sent: sideUri(SENT_SCHEME, draft), draft: draftUri(draft) };
}

function sideUri(scheme: string, draft: Draft): vscode.Uri {
  const file = draft.notebookUri ?? draft.documentUri;
  const name = path.posix.basename(vscode.Uri.parse(file).path) || 'draft';
  // With a notebook's ending the editor would compare notebooks and not texts.
  const isNotebook = draft.notebookUri !== undefined || name.endsWith('.ipynb');
  // Not in the path, which the editor shows above the text.
  const authority = draft.id;
  return vscode.Uri.from({ scheme, authority, path: `/${name}${isNotebook ? ' cell' : ''}` });
}

/** @returns the draft's id; null for other addresses. */
export function draftIdOf(uri: vscode.Uri): string | null {
  if (uri.scheme !== DRAFT_SCHEME && uri.scheme !== SENT_SCHEME) return null;
  return uri.authority === '' ? null : uri.authority;
}

/** The file that a side of a draft's diff shows; null for other addresses. */
export function draftOrigin(uri: vscode.Uri, desk: DraftDesk): vscode.Uri | null {
  const id = draftIdOf(uri);
  const draft = id === null ? null : desk.find(id);
  return draft && vscode.Uri.parse(draft.notebookUri ?? draft.documentUri);
}

/** What the right side shows. */
export function proposedText(draft: Draft): string {
  switch (draft.state.status) {
    case 'running':
      return draft.state.partialText;
    case 'ready':
      return draft.state.proposed;
    case 'stale':
      return draft.state.text;
    case 'applied':
    case 'discarded':
      return '';
  }
}

/**
 * Drafts as files in memory: the left side read-only, the right side writable for as long as the
 * draft can be applied. What the user types on the right is saved by itself, so that closing the
 * diff never asks and never loses anything.
 */
export class DraftFileSystem
  implements vscode.FileSystemProvider, vscode.TextDocumentContentProvider, vscode.Disposable
{
  readonly #desk: DraftDesk;
  readonly #fileChanged = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #sentChanged = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable[];
  /** Texts as the editor last read or wrote them, of which it need not be told. */
  readonly #known = new Map<string, string>();
  readonly #revisions = new Map<string, number>();
  readonly #autosaves = new Map<string, () => void>();
  readonly onDidChangeFile = this.#fileChanged.event;
  readonly onDidChange = this.#sentChanged.event;

  constructor(desk: DraftDesk) {
    this.#desk = desk;
    this.#subscriptions = [
      this.#fileChanged,
      this.#sentChanged,
      vscode.workspace.registerFileSystemProvider(DRAFT_SCHEME, this, { isCaseSensitive: true }),
      vscode.workspace.registerTextDocumentContentProvider(SENT_SCHEME, this),
      desk.onDidChange((id) => this.#announce(id)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#autosave(document)),
      vscode.workspace.onDidOpenTextDocument((document) => void this.#setLanguage(document)),
    ];
  }

  dispose(): void {
    for (const cancel of this.#autosaves.values()) cancel();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return (await this.#find(uri)).base;
  }

  watch(): vscode.Disposable {
    // Every change is announced; there is nothing to start or stop.
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const draft = await this.#find(uri);
    return {
      type: vscode.FileType.File,
      ctime: draft.createdAtMs,
      mtime: draft.createdAtMs + (this.#revisions.get(draft.id) ?? 0),
      size: Buffer.byteLength(proposedText(draft)),
      ...(isDraftIn(draft, 'ready') ? {} : { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const draft = await this.#find(uri);
    const text = proposedText(draft);
    this.#known.set(draft.id, text);
    return Buffer.from(text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const draft = await this.#find(uri);
    if (!isDraftIn(draft, 'ready')) throw vscode.FileSystemError.NoPermissions(uri);
    const text = Buffer.from(content).toString('utf8');
    this.#known.set(draft.id, text);
    await this.#desk.dispatch(draft.id, { type: 'edited', text });
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async #find(uri: vscode.Uri): Promise<Draft> {
    // An editor that a reload restored asks before the drafts are read.
    await this.#desk.loaded;
    const draft = this.#desk.find(draftIdOf(uri) ?? '');
    if (!draft) throw vscode.FileSystemError.FileNotFound(uri);
    return draft;
  }

  #announce(id: string): void {
    const draft = this.#desk.find(id);
    if (!draft) {
      this.#known.delete(id);
      this.#revisions.delete(id);
      return;
    }
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === SENT_SCHEME && draftIdOf(uri) === id) this.#sentChanged.fire(uri);
    }
    const known = this.#known.get(id);
    if (known === undefined || known === proposedText(draft)) return;
    this.#revisions.set(id, (this.#revisions.get(id) ?? 0) + 1);
    this.#fileChanged.fire([{ type: vscode.FileChangeType.Changed, uri: draftUri(draft) }]);
  }

  /** Cells and untitled documents have no ending that tells the language, which colours need. */
  async #setLanguage(document: vscode.TextDocument): Promise<void> {
    const id = draftIdOf(document.uri);
    if (id === null) return;
    await this.#desk.loaded;
    const draft = this.#desk.find(id);
    if (!draft || document.isClosed || document.languageId === draft.languageId) return;
    // A language whose extension is gone is no reason to fail.
    await vscode.languages
      .setTextDocumentLanguage(document, draft.languageId)
      .then(undefined, () => undefined);
  }

  #autosave(document: vscode.TextDocument): void {
    if (document.uri.scheme !== DRAFT_SCHEME || !document.isDirty) return;
    const key = document.uri.toString();
    this.#autosaves.get(key)?.();
    this.#autosaves.set(
      key,
      systemClock.after(AUTOSAVE_MS, () => {
        this.#autosaves.delete(key);
        if (!document.isClosed) void document.save();
      }),
    );
  }
}
