import type { Clock } from '../common/clock';
import { type Draft, isEnded, reduceDraft } from './draft';
import { type StoredDraft, decodeDraft, encodeDraft } from './draftCodec';
import { type Session, type SessionFacts, isSessionAlive } from './session';

/** Where drafts lie: small named texts on this machine, shared by all windows. */
export interface DraftStorage {
  /** Names of all texts, in any order. */
  list(): Promise<string[]>;
  /** @returns null when there is no such text. */
  read(name: string): Promise<string | null>;
  /** Replaces the text as a whole: a reader, or a crash, meets the old one or the new one. */
  write(name: string, text: string): Promise<void>;
  /** @returns whether there was such a text. */
  delete(name: string): Promise<boolean>;
}

export interface DraftStoreOptions {
  readonly storage: DraftStorage;
  readonly session: Session;
  readonly clock: Clock;
  /** When the machine started. */
  readonly bootedAtMs: number;
  /** Whether a process with this id runs. */
  readonly pidExists: (pid: number) => boolean;
}

export type SaveResult =
  | { readonly kind: 'saved' }
  /** The draft's file has gone: applied or discarded in another window. Nothing was written. */
  | { readonly kind: 'removed-elsewhere' }
  /** Another window saved a later state. Nothing was written. */
  | { readonly kind: 'changed-elsewhere'; readonly draft: Draft };

/** A draft that was found, and whether another living window is still working on it. */
export interface LoadedDraft {
  readonly draft: Draft;
  readonly isForeign: boolean;
}

/**
 * Keeps drafts in files, so that they survive a reload, a crash and a restart until they end.
 *
 * Several windows may use one storage. Saves of one draft from one window happen in order; what
 * another window did to the same draft is noticed and never overwritten.
 */
export class DraftStore {
  readonly #options: DraftStoreOptions;
  /** Revision of each draft as this window last saw or wrote it. */
  readonly #revisions = new Map<string, number>();
  /** The last save under way for each draft. */
  readonly #pending = new Map<string, Promise<unknown>>();

  constructor(options: DraftStoreOptions) {
    this.#options = options;
  }

  /**
   * Writes a draft, or deletes its file once the draft has ended.
   *
   * How often a running draft's partial text is saved is up to the caller; at least every few
   * minutes, or other windows take the run for dead.
   *
   * @throws the storage's error, as on a full disk; what was saved before is still there.
   */
  async save(draft: Draft): Promise<SaveResult> {
    return this.#inOrder(draft.id, () => this.#saveNow(draft));
  }

  /** Writes a draft whatever other windows did to it: the user types in this one. */
  async overwrite(draft: Draft): Promise<SaveResult> {
    return this.#inOrder(draft.id, async () => {
      const text = await this.#options.storage.read(fileName(draft.id));
      const stored = text === null ? null : decodeDraft(text);
      if (stored) this.#revisions.set(draft.id, stored.revision);
      else this.#revisions.delete(draft.id);
      return this.#saveNow(draft);
    });
  }

  /**
   * Reads all drafts, oldest first.
   *
   * A running draft whose session is dead becomes stale, `interrupted`, with the partial text that
   * was saved last. Files that cannot be read as a draft are counted and left alone: they may be of
   * a later version.
   */
  async load(): Promise<{ readonly drafts: readonly LoadedDraft[]; readonly unreadable: number }> {
    const names = (await this.#options.storage.list()).filter((name) => name.endsWith(SUFFIX));
    const found = await Promise.all(
      // A file that the system refuses to read must not hide the others.
      names.map((name) => this.#loadOne(name).catch(() => 'unreadable' as const)),
    );
    const drafts = found.filter((entry) => typeof entry === 'object');
    drafts.sort((a, b) => a.draft.createdAtMs - b.draft.createdAtMs);
    return { drafts, unreadable: found.filter((entry) => entry === 'unreadable').length };
  }

  async #loadOne(name: string): Promise<LoadedDraft | 'unreadable' | 'gone'> {
    const text = await this.#options.storage.read(name);
    if (text === null) return 'gone';
    const stored = decodeDraft(text);
    if (!stored || fileName(stored.draft.id) !== name) return 'unreadable';
    const { draft } = stored;
    if (isEnded(draft)) {
      // Left behind by a crash between the end and the deletion.
      await this.#options.storage.delete(name);
      return 'gone';
    }
    if (draft.state.status !== 'running') {
      this.#revisions.set(draft.id, stored.revision);
      return { draft, isForeign: false };
    }
    if (stored.session.id === this.#options.session.id) return { draft, isForeign: false };
    if (isSessionAlive(stored.session, stored.savedAtMs, this.#facts())) {
      return { draft, isForeign: true };
    }
    return this.#recover(stored);
  }

  async #recover(stored: StoredDraft): Promise<LoadedDraft | 'gone'> {
    const draft = reduceDraft(stored.draft, { type: 'failed', reason: 'interrupted' });
    this.#revisions.set(draft.id, stored.revision);
    // On a full disk the draft is still there to be seen; the next start recovers it again.
    const saved = await this.save(draft).catch((): SaveResult => ({ kind: 'saved' }));
    // Two windows that start at once may both get here; the second takes what the first wrote.
    if (saved.kind === 'removed-elsewhere') return 'gone';
    return { draft: saved.kind === 'saved' ? draft : saved.draft, isForeign: false };
  }

  async #saveNow(draft: Draft): Promise<SaveResult> {
    const { storage, session, clock } = this.#options;
    const name = fileName(draft.id);
    const known = this.#revisions.get(draft.id);
    if (isEnded(draft)) {
      this.#revisions.delete(draft.id);
      const wasThere = await storage.delete(name);
      return { kind: wasThere || known === undefined ? 'saved' : 'removed-elsewhere' };
    }
    const text = await storage.read(name);
    if (text === null && known !== undefined) return { kind: 'removed-elsewhere' };
    const stored = text === null ? null : decodeDraft(text);
    if (stored && stored.revision !== known && !isMistakenRecovery(stored.draft, draft)) {
      this.#revisions.set(draft.id, stored.revision);
      return { kind: 'changed-elsewhere', draft: stored.draft };
    }
    const revision = Math.max(known ?? 0, stored?.revision ?? 0) + 1;
    await storage.write(name, encodeDraft({ draft, session, savedAtMs: clock.now(), revision }));
    this.#revisions.set(draft.id, revision);
    return { kind: 'saved' };
  }

  async #inOrder<Result>(id: string, action: () => Promise<Result>): Promise<Result> {
    const previous = this.#pending.get(id) ?? Promise.resolve();
    // A failed save must not keep later ones from being tried.
    const current = previous.then(action, action);
    this.#pending.set(id, current);
    try {
      return await current;
    } finally {
      if (this.#pending.get(id) === current) this.#pending.delete(id);
    }
  }

  #facts(): SessionFacts {
    const { session, clock, bootedAtMs, pidExists } = this.#options;
    return { own: session, nowMs: clock.now(), bootedAtMs, pidExists };
  }
}

const SUFFIX = '.json';

/** @throws RangeError for an id that is not safe as a file name: a bug of the caller. */
function fileName(id: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) throw new RangeError('Not a draft id');
  return id + SUFFIX;
}

/**
 * Whether another window took our run for dead although it is not. The run knows better: nothing
 * but the run itself can have told `saved` from here.
 */
function isMistakenRecovery(stored: Draft, saved: Draft): boolean {
  return (
    stored.state.status === 'stale' &&
    stored.state.reason === 'interrupted' &&
    !(saved.state.status === 'stale' && saved.state.reason === 'interrupted')
  );
}
