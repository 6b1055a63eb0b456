import { isEnded, proposedText, takesText, type Draft } from './draft';
import type { DraftDesk } from './draftDesk';

/** A right side's text as the editor last told of it. */
export interface OpenText {
  readonly text: string;
  /** Whether the editor has changes that it did not save yet. */
  readonly isDirty: boolean;
}

export interface RightSidesOptions {
  readonly desk: DraftDesk;
  /** @returns null when no editor has the draft's right side. */
  readonly openText: (id: string) => OpenText | null;
  /** The draft has another text than the editor knows, which should read it again. */
  readonly onReread: (id: string) => void;
  /** What was typed after a draft had ended brought it back. */
  readonly onBroughtBack: (draft: Draft) => void;
}

/**
 * The right sides of drafts as files that an editor reads, writes and types in.
 *
 * Every key counts when it is told of, not when it is saved. And what an editor has typed is never
 * refused: not after the draft has ended, and not before the editor itself says that it closed.
 */
export class RightSides {
  readonly #options: RightSidesOptions;
  /** Texts as the editor last read, wrote or typed them, of which it need not be told. */
  readonly #known = new Map<string, string>();
  /** Drafts whose present text came from the editor, so that its undo back to a saved text counts. */
  readonly #fromEditor = new Set<string>();
  readonly #revisions = new Map<string, number>();

  constructor(options: RightSidesOptions) {
    this.#options = options;
  }

  /** How often the text changed without the editor's doing. */
  revision(id: string): number {
    return this.#revisions.get(id) ?? 0;
  }

  /**
   * @returns the draft whose right side can be read; null when it is gone. It never is while an editor
   *   has it, because each save, even one without changes, looks it up first.
   */
  async find(id: string): Promise<Draft | null> {
    const { desk, openText } = this.#options;
    // An editor that a reload restored asks before the drafts are read.
    await desk.loaded;
    return desk.find(id) ?? (openText(id) ? desk.findEvenEnded(id) : null);
  }

  /** @returns null as `find` does. */
  async read(id: string): Promise<string | null> {
    const draft = await this.find(id);
    if (!draft) return null;
    const text = proposedText(draft);
    this.#known.set(id, text);
    return text;
  }

  /** @returns why the text was not taken, which then stays with the caller. */
  async write(id: string, text: string): Promise<'written' | 'read-only' | 'unknown'> {
    const { desk, openText } = this.#options;
    // At once where it is known: the editor may close before the next turn.
    let draft = desk.findEvenEnded(id);
    if (!draft) await desk.loaded;
    draft ??= desk.findEvenEnded(id);
    if (!draft) return 'unknown';
    if (!takesText(draft)) return 'read-only';
    const open = openText(id);
    // What an editor saves it has told of before, and may have gone on since.
    if (open?.isDirty) this.#take(draft, open.text);
    else if (open && open.text !== text) void desk.dispatch(id, { type: 'edited', text });
    else this.#take(draft, text);
    await desk.flush(id);
    return 'written';
  }

  /** The editor told of a change on a right side. */
  edited(id: string, { text, isDirty }: OpenText): void {
    const draft = this.#options.desk.findEvenEnded(id);
    if (!draft || !takesText(draft)) return;
    // A text that is clean was read from here, perhaps some changes ago, or undone back to.
    if (isDirty || this.#fromEditor.has(id)) this.#take(draft, text);
  }

  /** No editor has the right side any more. */
  closed(id: string): void {
    this.#known.delete(id);
    this.#fromEditor.delete(id);
    if (this.#options.desk.find(id)) return;
    this.#revisions.delete(id);
    this.#options.desk.release(id);
  }

  /** A draft changed, by whatever. */
  changed(id: string): void {
    const { desk, onReread } = this.#options;
    const draft = desk.find(id);
    const known = this.#known.get(id);
    if (!draft || known === undefined || known === proposedText(draft)) return;
    this.#fromEditor.delete(id);
    this.#revisions.set(id, this.revision(id) + 1);
    onReread(id);
  }

  #take(draft: Draft, text: string): void {
    const { desk, onBroughtBack } = this.#options;
    this.#known.set(draft.id, text);
    this.#fromEditor.add(draft.id);
    void desk.dispatch(draft.id, { type: 'edited', text });
    const now = desk.find(draft.id);
    if (isEnded(draft) && now) onBroughtBack(now);
  }
}
