import type { Clock } from '../common/clock';
import {
  type Draft,
  type DraftEvent,
  createDraft,
  isEnded,
  reduceDraft,
  withRenamedFile,
} from './draft';
import type { DraftStore } from './draftStore';
import { type DocumentEvent, followDocument } from './followDocument';
import { surroundingsOf } from './relocate';

/** Texts that come in pieces, an answer or typing, are saved at most this often. */
const SAVE_PAUSE_MS = 500;
/** Ended drafts of which no editor told that it closed; more of them are forgotten, oldest first. */
const MOST_ENDED = 50;

export interface DraftDeskOptions {
  readonly store: Pick<DraftStore, 'load' | 'save' | 'overwrite'>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** A draft could not be saved; it stays in memory. */
  readonly onSaveFailed: () => void;
}

type DraftOrigin = Omit<
  Parameters<typeof createDraft>[0],
  'id' | 'createdAtMs' | 'surroundings' | 'isPart'
> & { readonly documentText: string };

/**
 * The drafts of this window: the only place where they change, follow their documents, and are
 * saved. Everything that shows a draft renders it from here.
 *
 * A draft that was applied or discarded stays known until its right side has closed: what is typed
 * there meanwhile brings it back.
 */
export class DraftDesk {
  readonly #options: DraftDeskOptions;
  readonly #drafts = new Map<string, Draft>();
  readonly #ended = new Map<string, Draft>();
  /** Drafts whose document was not followed without a gap, so that their range must be looked for. */
  readonly #detached = new Set<string>();
  /** Drafts whose text was typed here and not saved yet: no other window's state replaces it. */
  readonly #typed = new Set<string>();
  readonly #saveTimers = new Map<string, () => void>();
  readonly #listeners = new Set<(id: string) => void>();
  readonly #loaded: Promise<void>;

  constructor(options: DraftDeskOptions) {
    this.#options = options;
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

  /** @returns null for a draft that has ended, or never was. */
  find(id: string): Draft | null {
    return this.#drafts.get(id) ?? null;
  }

  /** The same with drafts that ended a moment ago. */
  findEvenEnded(id: string): Draft | null {
    return this.find(id) ?? this.#ended.get(id) ?? null;
  }

  /** Calls with the id of a draft that changed, came or went. @returns how to stop that. */
  onDidChange(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether the draft's document may have changed unseen. */
  isDetached(id: string): boolean {
    return this.#detached.has(id);
  }

  /** The draft's range was found again, in the document of its own or in another cell. */
  attach(id: string, place: Pick<Draft, 'range' | 'documentUri' | 'documentVersion'>): void {
    const draft = this.#drafts.get(id);
    if (!draft) return;
    const { range, documentUri, documentVersion } = place;
    this.#detached.delete(id);
    this.#keep({ ...draft, range, documentUri, documentVersion });
  }

  /** Starts a draft for a run. */
  create(origin: DraftOrigin): Draft {
    const { documentText, ...rest } = origin;
    const { start, end } = origin.range;
    const isPart = (documentText.slice(0, start) + documentText.slice(end)).trim() !== '';
    const draft = createDraft({
      ...rest,
      ...(isPart ? { isPart } : {}),
      id: this.#options.newId(),
      createdAtMs: this.#options.clock.now(),
      surroundings: surroundingsOf(documentText, origin.range),
    });
    this.#keep(draft);
    void this.#save(draft);
    return draft;
  }

  /** Lets something happen to a draft. @throws DraftTransitionError when its state forbids it. */
  async dispatch(id: string, event: DraftEvent): Promise<void> {
    // Nothing else concerns a draft that has ended: what was under way then is too late.
    const isOfEnded = event.type === 'edited' || event.type === 'applied';
    const draft = isOfEnded ? this.findEvenEnded(id) : this.find(id);
    if (!draft) return;
    const next = reduceDraft(draft, event);
    if (next === draft) return;
    if (event.type === 'edited') this.#typed.add(id);
    this.#keep(next);
    if (event.type === 'partial-text' || event.type === 'edited') this.#saveSoon(id);
    else await this.#save(next);
  }

  /** Saves at once what waits to be saved. */
  async flush(id: string): Promise<void> {
    this.#cancelSave(id);
    const draft = this.#drafts.get(id);
    if (draft) await this.#save(draft);
  }

  /** A document changed. */
  follow(documentUri: string, event: DocumentEvent): void {
    for (const draft of this.#of(documentUri)) {
      if (this.#detached.has(draft.id)) continue;
      this.#keep(followDocument(draft, event));
      this.#saveSoon(draft.id);
    }
  }

  /** A document closed: it may be changed on disk before it is opened again. */
  detach(documentUri: string): void {
    for (const draft of this.#of(documentUri)) this.#detached.add(draft.id);
  }

  /** A file or folder got another name. */
  rename(from: string, to: string): void {
    for (const draft of this.#all()) {
      const next = withRenamedFile(draft, from, to);
      if (next === draft) continue;
      this.#detached.add(draft.id);
      this.#keep(next);
      if (!isEnded(next)) void this.#save(next);
    }
  }

  /** No editor shows the draft any more: nothing can be typed that would bring it back. */
  release(id: string): void {
    if (this.#ended.delete(id)) this.#detached.delete(id);
  }

  dispose(): void {
    for (const cancel of this.#saveTimers.values()) cancel();
    this.#listeners.clear();
  }

  async #load(): Promise<void> {
    const { drafts } = await this.#options.store.load();
    for (const { draft, isForeign } of drafts) {
      // A draft that another window is still writing shows up there.
      if (isForeign || this.#drafts.has(draft.id)) continue;
      this.#detached.add(draft.id);
      this.#keep(draft);
    }
  }

  #keep(draft: Draft): void {
    const { id } = draft;
    const [to, from] = isEnded(draft) ? [this.#ended, this.#drafts] : [this.#drafts, this.#ended];
    from.delete(id);
    to.set(id, draft);
    const [oldest] = this.#ended.keys();
    if (oldest !== undefined && this.#ended.size > MOST_ENDED) this.release(oldest);
    for (const listener of this.#listeners) listener(id);
  }

  #saveSoon(id: string): void {
    if (this.#saveTimers.has(id)) return;
    const cancel = this.#options.clock.after(SAVE_PAUSE_MS, () => void this.flush(id));
    this.#saveTimers.set(id, cancel);
  }

  #cancelSave(id: string): void {
    this.#saveTimers.get(id)?.();
    this.#saveTimers.delete(id);
  }

  async #save(draft: Draft): Promise<void> {
    const { store, onSaveFailed } = this.#options;
    if (isEnded(draft)) this.#cancelSave(draft.id);
    const isTyped = this.#typed.delete(draft.id);
    try {
      const saved = isTyped ? await store.overwrite(draft) : await store.save(draft);
      if (saved.kind === 'saved') return;
      await this.#takeOver(draft.id, saved.kind === 'changed-elsewhere' ? saved.draft : null);
    } catch {
      if (isTyped) this.#typed.add(draft.id);
      onSaveFailed();
    }
  }

  /** Another window changed the draft, or ended it, for which it stands as null. */
  async #takeOver(id: string, theirs: Draft | null): Promise<void> {
    const ours = this.#drafts.get(id);
    if (!ours) return;
    // Typed while it was found out.
    if (this.#typed.has(id)) await this.flush(id);
    else if (theirs) this.#keep(theirs);
    else this.#keep(reduceDraft(ours, { type: 'discarded', atMs: this.#options.clock.now() }));
  }

  #all(): readonly Draft[] {
    return [...this.#drafts.values(), ...this.#ended.values()];
  }

  #of(documentUri: string): readonly Draft[] {
    return this.#all().filter((draft) => draft.documentUri === documentUri);
  }
}
