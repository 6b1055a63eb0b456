import { renderConflicts } from '../../../src/text/conflictText';
import { applyDraft, closeEnded } from '../../../src/drafts/applyDraft';
import { DraftDesk } from '../../../src/drafts/draftDesk';
import { DraftStore } from '../../../src/drafts/draftStore';
import { type OpenText, RightSides } from '../../../src/drafts/rightSides';
import { applyEdits, type OffsetEdit } from '../../../src/text/offsets';
import { ManualClock } from '../../support/manualClock';
import { MemoryStorage } from './memoryStorage';

/** What an editor sends and gets: each direction in order, and late. */
type Message = () => void;

interface Text {
  text: string;
  saved: string;
  version: number;
}

const FILE = 'file:///a.ts';

/**
 * An editor and its extension host, which hear of each other by messages that a test delivers when
 * it likes: a user types into the one while the other is busy. The host's side is the real code.
 */
export class FakeEditor {
  readonly clock = new ManualClock();
  readonly desk: DraftDesk;
  readonly #sides: RightSides;
  readonly #toHost: Message[] = [];
  readonly #toEditor: Message[] = [];
  readonly #file: Text;
  #right: Text | null = null;
  #saves: { readonly done: () => void; readonly isOwn: boolean }[] | null = null;
  readonly #undo: { readonly document: Text; readonly text: string }[] = [];
  /** What the host has been told of. */
  #hostRight: (OpenText & { readonly version: number }) | null = null;
  #hostFile: { readonly text: string; readonly version: number };
  id = '';
  broughtBack = 0;
  readonly ends: string[] = [];
  failure: unknown = null;
  /** What the user does at the moment at which the editor gets an edit of the file. */
  beforeEdit: (() => void) | null = null;

  constructor(fileText: string) {
    this.#file = { text: fileText, saved: fileText, version: 1 };
    this.#hostFile = { text: fileText, version: 1 };
    const storage = new MemoryStorage();
    let ids = 0;
    this.desk = new DraftDesk({
      store: new DraftStore({
        storage,
        session: { id: 's1', pid: 1, startedAtMs: 0 },
        clock: this.clock,
        bootedAtMs: 0,
        pidExists: () => true,
      }),
      clock: this.clock,
      newId: () => `draft-${String((ids += 1))}`,
      onSaveFailed: () => undefined,
    });
    this.#sides = new RightSides({
      desk: this.desk,
      openText: () => this.#hostRight,
      onReread: () => this.#toEditor.push(() => this.#reread()),
      onBroughtBack: () => {
        this.broughtBack += 1;
      },
    });
    this.desk.onDidChange((id) => this.#sides.changed(id));
  }

  /** A draft of a part of the file, whose run is under way. */
  start(range: { readonly start: number; readonly end: number }): void {
    const draft = this.desk.create({
      runId: 'run',
      taskId: 'refactor',
      originLabel: 'Refactor a.ts',
      documentUri: FILE,
      languageId: 'typescript',
      documentVersion: 1,
      range,
      base: this.#file.text.slice(range.start, range.end),
      documentText: this.#file.text,
    });
    this.id = draft.id;
  }

  get fileText(): string {
    return this.#file.text;
  }

  get rightText(): string | null {
    return this.#right?.text ?? null;
  }

  /** As `isQuiet`, asked again after something was awaited. */
  waitsForNothing(): boolean {
    return this.isQuiet;
  }

  get isQuiet(): boolean {
    return this.#toHost.length === 0 && this.#toEditor.length === 0;
  }

  /** Where a character may be and count as kept. */
  get places(): readonly string[] {
    const draft = this.desk.find(this.id);
    const kept = draft?.state.status === 'ready' ? [draft.state.proposed] : [];
    return [this.#file.text, ...(this.#right ? [this.#right.text] : []), ...kept];
  }

  /** Delivers so many messages in one turn of the event loop. */
  async deliver(to: 'host' | 'editor', count = 1): Promise<void> {
    for (const message of (to === 'host' ? this.#toHost : this.#toEditor).splice(0, count)) {
      message();
    }
    await settleMicrotasks();
  }

  /** Delivers until nothing is under way and all timers have run. */
  async drain(): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      if (this.isQuiet) {
        this.clock.runOut();
        await settleMicrotasks();
        // What ran out may have made news.
        quiet = this.waitsForNothing() ? quiet + 1 : 0;
      } else {
        await this.deliver('host');
        await this.deliver('editor');
      }
    }
  }

  /** The user types into one of the documents. @returns whether it was open. */
  type(where: 'right' | 'file', at: number, text: string): boolean {
    const document = this.#document(where);
    if (!document) return false;
    const offset = Math.floor(at * (document.text.length + 1));
    this.#change(document, document.text.slice(0, offset) + text + document.text.slice(offset));
    return true;
  }

  /** The user puts a line of the left side back, or takes both sides of each conflict. */
  rewriteRight(rewrite: (text: string) => string): void {
    if (this.#right) this.#change(this.#right, rewrite(this.#right.text));
  }

  undo(where: 'right' | 'file'): void {
    const document = this.#document(where);
    const at = this.#undo.findLastIndex((step) => step.document === document);
    const [step] = at < 0 ? [] : this.#undo.splice(at, 1);
    if (document && step) this.#change(document, step.text, false);
  }

  /** The user opens the diff: the text is read from the host first. */
  open(): void {
    if (this.#right) return;
    this.#toHost.push(() => {
      void this.#sides.read(this.id).then((text) => {
        this.#toEditor.push(() => {
          if (text === null || this.#right) return;
          this.#right = { text, saved: text, version: 1 };
          this.#tellRight();
        });
      });
    });
  }

  /** The user, or the host, closes the diff; what is not saved is saved first. */
  close(): void {
    const right = this.#right;
    if (!right) return;
    if (right.text === right.saved) this.#closeNow();
    else
      this.save(() => {
        if (right.text === right.saved) this.#closeNow();
      }, false);
  }

  /** @param isOwn whether the user asks for it: then a text without changes is written, too. */
  save(done: () => void = () => undefined, isOwn = true): void {
    const right = this.#right;
    if (!right || (right.text === right.saved && !isOwn)) {
      done();
      return;
    }
    // One at a time; who comes meanwhile is next.
    if (this.#saves) {
      this.#saves.push({ done, isOwn });
      return;
    }
    this.#saves = [];
    const { text } = right;
    const written = (result: string): void => {
      if (result === 'written') right.saved = text;
      else if (this.#right === right && right.text !== right.saved) this.ends.push(result);
      if (this.#right === right) this.#tellRight();
      const next = this.#saves ?? [];
      this.#saves = null;
      done();
      for (const each of next) this.save(each.done, each.isOwn);
    };
    // The editor looks the file up before it writes, and has taken the text by then.
    this.#toHost.push(() => {
      void this.#sides.find(this.id).then((draft) => {
        if (!draft && this.#hostRight) this.ends.push('unknown');
        this.#toEditor.push(() => {
          this.#toHost.push(() => {
            void this.#sides.write(this.id, text).then((result) => {
              this.#toEditor.push(() => written(result));
            });
          });
        });
      });
    });
  }

  apply(): void {
    this.#command(async () => {
      const end = await applyDraft<string>(this.id, {
        desk: this.desk,
        now: () => this.clock.now(),
        roundTrip: () => this.#roundTrip(),
        isConfirmed: () => Promise.resolve(true),
        open: (draft) =>
          Promise.resolve({
            uri: draft.documentUri,
            text: () => this.#hostFile.text,
            version: () => this.#hostFile.version,
            eol: () => '\n',
            edit: (edits) => this.#edit(edits),
          }),
        renderConflicts: (regions, eol) =>
          renderConflicts(regions, {
            nonce: 'n0nce',
            labels: { mine: 'mine', base: 'base', theirs: 'theirs' },
            eol,
          }),
        rewrite: (_draft, text) => this.#rewrite(text),
      });
      this.ends.push(end.kind);
      if (end.kind === 'applied' && !this.desk.find(this.id)) await this.#closeEnded();
    });
  }

  discard(): void {
    this.#command(async () => {
      if (!this.desk.find(this.id)) return;
      await this.desk.dispatch(this.id, { type: 'discarded', atMs: this.clock.now() });
      await this.#closeEnded();
    });
  }

  #command(run: () => Promise<void>): void {
    this.#toHost.push(() => {
      run().catch((error: unknown) => {
        this.failure ??= error;
      });
    });
  }

  async #closeEnded(): Promise<void> {
    await closeEnded(this.id, {
      desk: this.desk,
      save: () => this.#ask<undefined>((answer) => this.save(() => answer(undefined), false)),
      close: () =>
        this.#ask<undefined>((answer) => {
          this.close();
          answer(undefined);
        }),
    });
  }

  #roundTrip(): Promise<void> {
    return this.#ask<undefined>((answer) => answer(undefined));
  }

  #edit(edits: readonly OffsetEdit[]): Promise<boolean> {
    const { version } = this.#hostFile;
    return this.#ask<boolean>((answer) => {
      this.beforeEdit?.();
      const isSame = this.#file.version === version;
      if (isSame) this.#change(this.#file, applyEdits(this.#file.text, edits));
      answer(isSame);
    });
  }

  #rewrite(text: string): Promise<boolean> {
    const version = this.#hostRight?.version;
    if (version === undefined) return Promise.resolve(true);
    return this.#ask<boolean>((answer) => {
      const isSame = this.#right?.version === version;
      if (this.#right && isSame) this.#change(this.#right, text);
      answer(isSame);
    });
  }

  /** Does something in the editor and hears of it in the host, after all that came before. */
  #ask<Answer>(act: (answer: (value: Answer) => void) => void): Promise<Answer> {
    return new Promise((resolve) => {
      this.#toEditor.push(() => act((value) => this.#toHost.push(() => resolve(value))));
    });
  }

  #reread(): void {
    const right = this.#right;
    if (!right || right.text !== right.saved) return;
    this.#toHost.push(() => {
      void this.#sides.read(this.id).then((text) => {
        this.#toEditor.push(() => {
          if (text === null || this.#right !== right || right.text !== right.saved) return;
          right.saved = text;
          this.#change(right, text);
        });
      });
    });
  }

  #closeNow(): void {
    this.#right = null;
    this.#toHost.push(() => {
      this.#hostRight = null;
      this.#sides.closed(this.id);
    });
  }

  #document(where: 'right' | 'file'): Text | null {
    return where === 'right' ? this.#right : this.#file;
  }

  #change(document: Text, text: string, canUndo = true): void {
    if (canUndo) this.#undo.push({ document, text: document.text });
    const before = document.text;
    document.text = text;
    document.version += 1;
    if (document === this.#file) this.#tellFile(before, text);
    else this.#tellRight();
  }

  #tellRight(): void {
    const { text, saved, version } = this.#right!;
    this.#toHost.push(() => {
      this.#hostRight = { text, isDirty: text !== saved, version };
      this.#sides.edited(this.id, this.#hostRight);
    });
  }

  #tellFile(before: string, text: string): void {
    const { version } = this.#file;
    this.#toHost.push(() => {
      this.#hostFile = { text, version };
      this.desk.follow(FILE, { changes: [smallestChange(before, text)], text, version });
    });
  }
}

function smallestChange(
  before: string,
  after: string,
): { readonly offset: number; readonly deletedLength: number; readonly insertedText: string } {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    offset: start,
    deletedLength: before.length - start - end,
    insertedText: after.slice(start, after.length - end),
  };
}

async function settleMicrotasks(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
