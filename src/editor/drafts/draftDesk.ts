import { randomUUID } from 'node:crypto';
import os from 'node:os';
import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import { processExists } from '../../common/processes';
import {
  type Draft,
  type DraftEvent,
  createDraft,
  isEnded,
  reduceDraft,
  withDocumentUri,
  withNotebookUri,
} from '../../drafts/draft';
import { DraftStore } from '../../drafts/draftStore';
import { FileDraftStorage } from '../../drafts/fileDraftStorage';
import { followDocument } from '../../drafts/followDocument';
import { surroundingsOf } from '../../drafts/relocate';
import { textChanges } from '../selection/documentText';
import { showWarning } from '../messages/show';

/** A running draft's partial text is saved at most this often: it is kept for a crash, not for show. */
const PARTIAL_SAVE_MS = 1000;

type DraftOrigin = Omit<
  Parameters<typeof createDraft>[0],
  'id' | 'createdAtMs' | 'surroundings'
> & { readonly documentText: string };

/**
 * The drafts of this window: the only place where they change, follow their documents, and are
 * saved. Everything that shows a draft renders it from here.
 */
export class DraftDesk implements vscode.Disposable {
  readonly #store: DraftStore;
  readonly #drafts = new Map<string, Draft>();
  /** Drafts whose document was not followed without a gap, so that their range must be looked for. */
  readonly #detached = new Set<string>();
  readonly #saveTimers = new Map<string, () => void>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #loaded: Promise<void>;
  /** Fires with the id of a draft that changed, came or went. */
  readonly onDidChange = this.#changed.event;

  /** @param folder on this machine, in which drafts are kept: they hold the user's code. */
  constructor(folder: vscode.Uri) {
    this.#store = new DraftStore({
      storage: new FileDraftStorage(folder.fsPath, systemClock),
      session: { id: randomUUID(), pid: process.pid, startedAtMs: systemClock.now() },
      clock: systemClock,
      bootedAtMs: systemClock.now() - os.uptime() * 1000,
      pidExists: processExists,
    });
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#detach(document.uri)),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.#rename(oldUri, newUri);
      }),
    ];
    this.#loaded = this.#load();
  }

  /** Resolves when the drafts of earlier sessions are known. */
  get loaded(): Promise<void> {
    return this.#loaded;
  }

  /** All drafts that have not ended, oldest first. */
  get drafts(): readonly Draft[] {
    return [...this.#drafts.values()];
  }

  find(id: string): Draft | null {
    return this.#drafts.get(id) ?? null;
  }

  /** Whether the draft's document may have changed unseen. */
  isDetached(id: string): boolean {
    return this.#detached.has(id);
  }

  /** The draft's range was found again, in the document of its own or in another cell. */
  attach(id: string, range: Draft['range'], document: vscode.TextDocument): void {
    const draft = this.#drafts.get(id);
    if (!draft) return;
    this.#detached.delete(id);
    const moved = withDocumentUri(draft, document.uri.toString());
    this.#keep({ ...moved, range, documentVersion: document.version });
  }

  /** Starts a draft for a run. */
  create(origin: DraftOrigin): Draft {
    const { documentText, ...rest } = origin;
    const draft = createDraft({
      ...rest,
      id: randomUUID(),
      createdAtMs: systemClock.now(),
      surroundings: surroundingsOf(documentText, origin.range),
    });
    this.#keep(draft);
    void this.#save(draft);
    return draft;
  }

  /** Lets something happen to a draft. @throws DraftTransitionError when its state forbids it. */
  async dispatch(id: string, event: DraftEvent): Promise<void> {
    const draft = this.#drafts.get(id);
    if (!draft) return;
    const next = reduceDraft(draft, event);
    if (next === draft) return;
    this.#keep(next);
    if (event.type === 'partial-text') this.#saveSoon(id);
    else await this.#save(next, event.type);
  }

  dispose(): void {
    for (const cancel of this.#saveTimers.values()) cancel();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async #load(): Promise<void> {
    const { drafts } = await this.#store.load();
    for (const { draft, isForeign } of drafts) {
      // A draft that another window is still writing shows up there.
      if (isForeign || this.#drafts.has(draft.id)) continue;
      this.#detached.add(draft.id);
      this.#keep(draft);
    }
  }

  #keep(draft: Draft): void {
    if (isEnded(draft)) {
      this.#forget(draft.id);
      return;
    }
    this.#drafts.set(draft.id, draft);
    this.#notify(draft.id);
  }

  #forget(id: string): void {
    this.#drafts.delete(id);
    this.#detached.delete(id);
    this.#notify(id);
  }

  #notify(id: string): void {
    void vscode.commands.executeCommand('setContext', 'delegate.hasDrafts', this.#drafts.size > 0);
    this.#changed.fire(id);
  }

  #saveSoon(id: string): void {
    if (this.#saveTimers.has(id)) return;
    this.#saveTimers.set(
      id,
      systemClock.after(PARTIAL_SAVE_MS, () => {
        this.#saveTimers.delete(id);
        const draft = this.#drafts.get(id);
        if (draft) void this.#save(draft);
      }),
    );
  }

  async #save(draft: Draft, cause: DraftEvent['type'] | null = null): Promise<void> {
    try {
      const saved = await this.#store.save(draft);
      if (saved.kind === 'changed-elsewhere') this.#keep(saved.draft);
      if (saved.kind !== 'removed-elsewhere' || isEnded(draft)) return;
      // Another window applied or discarded it. Only what the user typed here brings it back.
      if (cause === 'edited') await this.#store.recreate(draft);
      else this.#forget(draft.id);
    } catch {
      void showWarning(
        vscode.l10n.t(
          'A draft could not be saved, perhaps because the disk is full. It stays open in this window; apply it before you close the window.',
        ),
      );
    }
  }

  #follow(edit: vscode.TextDocumentChangeEvent): void {
    const { document } = edit;
    const changes = textChanges(edit);
    if (changes.length === 0) return;
    for (const draft of this.#of(document.uri)) {
      if (this.#detached.has(draft.id)) continue;
      const event = { changes, text: document.getText(), version: document.version };
      this.#keep(followDocument(draft, event));
      this.#saveSoon(draft.id);
    }
  }

  /** A closed document may be changed on disk before it is opened again. */
  #detach(uri: vscode.Uri): void {
    for (const draft of this.#of(uri)) this.#detached.add(draft.id);
  }

  #rename(from: vscode.Uri, to: vscode.Uri): void {
    const [old, renamed] = [from.toString(), to.toString()];
    for (const draft of this.drafts) {
      const { documentUri, notebookUri } = draft;
      const file = notebookUri ?? documentUri;
      // A folder that was renamed takes the files below it along.
      if (file !== old && !file.startsWith(`${old}/`)) continue;
      const nextFile = renamed + file.slice(old.length);
      const next =
        notebookUri === undefined
          ? withDocumentUri(draft, nextFile)
          : withNotebookUri(draft, nextFile);
      this.#detached.add(draft.id);
      this.#keep(next);
      void this.#save(next);
    }
  }

  #of(uri: vscode.Uri): readonly Draft[] {
    const text = uri.toString();
    return this.drafts.filter((draft) => draft.documentUri === text);
  }
}
