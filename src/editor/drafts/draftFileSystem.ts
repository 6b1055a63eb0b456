import * as vscode from 'vscode';
import { Autosaves } from './autosaves';
import { type Draft, isDraftIn, proposedText, takesText } from '../../drafts/draft';
import type { DraftDesk } from '../../drafts/draftDesk';
import { RightSides } from '../../drafts/rightSides';
import { DRAFT_SCHEME, SENT_SCHEME } from '../../manifest';
import { showInformation, showWarning } from '../messages/show';
import { showDraftDiff } from './draftDiff';
import { draftIdOf, draftUri, rightDocument, sideLanguage } from './draftUris';

/** Drafts as files of both sides of their diffs, for the provider that the entry registers. */
export interface DraftFiles {
  stat(uri: vscode.Uri): Promise<vscode.FileStat>;
  readFile(uri: vscode.Uri): Promise<Uint8Array>;
  writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void>;
}

/**
 * Drafts as files in memory: the left side read-only, the right side writable for as long as the
 * draft can be applied. What the user types on the right is saved by itself, so that closing the
 * diff never asks and never loses anything.
 */
export class DraftFileSystem implements DraftFiles, vscode.Disposable {
  readonly #desk: DraftDesk;
  readonly #rights: RightSides;
  readonly #changed: vscode.EventEmitter<vscode.FileChangeEvent[]>;
  readonly #subscription: vscode.Disposable;
  readonly #autosaves = new Autosaves();
  /** The left sides as the editor last read them; a conflict shows another text there. */
  readonly #sent = new Map<string, string>();

  constructor(desk: DraftDesk, changed: vscode.EventEmitter<vscode.FileChangeEvent[]>) {
    this.#desk = desk;
    this.#changed = changed;
    this.#rights = new RightSides({
      desk,
      openText: (id) => {
        const document = rightDocument(id);
        return document && { text: document.getText(), isDirty: document.isDirty };
      },
      onReread: (id) => {
        const draft = desk.find(id);
        if (draft) this.#announce(draftUri(draft));
      },
      onBroughtBack: tellBroughtBack,
    });
    const stopFollowing = desk.onDidChange((id) => {
      this.#rights.changed(id);
      this.#announceSent(id);
    });
    this.#subscription = vscode.Disposable.from(
      new vscode.Disposable(stopFollowing),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#takeOver(document)),
      vscode.workspace.onDidOpenTextDocument((document) => void this.#setLanguage(document)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        const { uri } = document;
        const id = draftIdOf(uri);
        // A document that gets another language is closed and opened, and stays.
        if (id === null || vscode.workspace.textDocuments.includes(document)) return;
        if (uri.scheme === DRAFT_SCHEME) this.#rights.closed(id);
        else this.#sent.delete(id);
      }),
    );
  }

  dispose(): void {
    this.#autosaves.dispose();
    this.#subscription.dispose();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const draft = await this.#find(uri);
    const isRight = uri.scheme === DRAFT_SCHEME;
    return {
      type: vscode.FileType.File,
      ctime: draft.createdAtMs,
      mtime: draft.createdAtMs + this.#rights.revision(draft.id),
      size: Buffer.byteLength(isRight ? proposedText(draft) : draft.base),
      ...(!(isRight && takesText(draft)) && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const draft = await this.#find(uri);
    if (uri.scheme === DRAFT_SCHEME) {
      return Buffer.from((await this.#rights.read(draft.id)) ?? proposedText(draft));
    }
    this.#sent.set(draft.id, draft.base);
    return Buffer.from(draft.base);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const text = Buffer.from(content).toString('utf8');
    const id = uri.scheme === DRAFT_SCHEME ? draftIdOf(uri) : null;
    const result = id === null ? 'read-only' : await this.#rights.write(id, text);
    if (result === 'read-only') throw vscode.FileSystemError.NoPermissions(uri);
    // Its draft ended in another window, or before the extension host was started again.
    if (result === 'unknown') await openRescued(text);
  }

  async #find(uri: vscode.Uri): Promise<Draft> {
    const draft = await this.#rights.find(draftIdOf(uri) ?? '');
    if (!draft) throw vscode.FileSystemError.FileNotFound(uri);
    return draft;
  }

  #announceSent(id: string): void {
    const draft = this.#desk.find(id);
    const known = this.#sent.get(id);
    if (!draft || known === undefined || known === draft.base) return;
    this.#announce(draftUri(draft).with({ scheme: SENT_SCHEME }));
  }

  #announce(uri: vscode.Uri): void {
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  #takeOver(document: vscode.TextDocument): void {
    const id = document.uri.scheme === DRAFT_SCHEME ? draftIdOf(document.uri) : null;
    if (id === null) return;
    this.#rights.edited(id, { text: document.getText(), isDirty: document.isDirty });
    if (document.isDirty) this.#autosaves.saveSoon(document);
  }

  /** Cells and untitled documents have no ending that tells the language, which colours need. */
  async #setLanguage(document: vscode.TextDocument): Promise<void> {
    const id = draftIdOf(document.uri);
    if (id === null) return;
    await this.#desk.loaded;
    const draft = this.#desk.find(id);
    if (!draft || document.isClosed) return;
    const languageId = sideLanguage(draft);
    if (document.languageId === languageId) return;
    // A language whose extension is gone must not make this fail.
    await vscode.languages
      .setTextDocumentLanguage(document, languageId)
      .then(undefined, () => undefined);
  }
}

function tellBroughtBack(draft: Draft): void {
  if (!isDraftIn(draft, 'ready')) return;
  const open = vscode.l10n.t('Open draft');
  void showInformation(
    vscode.l10n.t(
      'You went on typing in “{0}” while it closed. What you typed is kept as a draft.',
      draft.originLabel,
    ),
    open,
  ).then(async (answer) => {
    if (answer === open) await showDraftDiff(draft);
  });
}

async function openRescued(text: string): Promise<void> {
  await vscode.workspace.openTextDocument({ content: text });
  void showWarning(
    vscode.l10n.t(
      'The draft that you typed in was applied or discarded elsewhere. Your text is open as a new file.',
    ),
  );
}
