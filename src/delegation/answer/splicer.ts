import { type FoundMarker, MarkerPattern } from './markerSearch';
import type { OutcomeTable } from './outcomes';

/** This many small segments are joined into one. */
const LOOSE_SEGMENTS = 512;

/** A stretch of an orchestrator's text, in order. */
export type AnswerSegment =
  | { readonly type: 'text'; readonly text: string }
  /** Said before a call, such as "I'll ask the worker.": not part of the answer. */
  | { readonly type: 'note'; readonly text: string }
  /** A marker; `taskName` is as written, in lower case, and may name nothing. */
  | { readonly type: 'outcome'; readonly taskName: string; readonly marker: string }
  | { readonly type: 'refusal'; readonly marker: string }
  /** A marker was meant and came damaged; or one of the tags around texts. Neither is shown. */
  | { readonly type: 'damaged' | 'tag'; readonly marker: string };

/**
 * Finds markers in text that comes in pieces, and tells what may be shown so far.
 *
 * Text goes out as early as possible; only what may be the beginning of a marker is held back. A
 * marker whose outcome is not there yet holds back what follows it, until the outcome comes or the
 * stream ends. Outcomes themselves are never searched: they may contain anything. What decorates a
 * marker, such as quotes, a fence or a list's dash, goes with it.
 */
export class Splicer {
  readonly #pattern: MarkerPattern;
  readonly #outcomes: OutcomeTable;
  readonly #segments: AnswerSegment[] = [];
  /** Tasks whose outcome was shown: a marker that is repeated shows nothing. */
  readonly #shownTasks = new Set<string>();
  /** Text that is not known to be free of markers yet. */
  #pending = '';
  /** Segments before this one are shown already. */
  #shown = 0;
  /** Where the small text segments begin that are not joined yet. */
  #looseFrom = 0;

  constructor(nonce: string, outcomes: OutcomeTable) {
    this.#pattern = new MarkerPattern(nonce);
    this.#outcomes = outcomes;
  }

  /** All segments so far; held-back text is not among them before `end`. */
  get segments(): readonly AnswerSegment[] {
    return withoutRemnants(mergeText(this.#segments));
  }

  /** All text so far as it was written, markers and held-back text included. */
  get written(): string {
    const parts = this.#segments.map((segment) =>
      'text' in segment ? segment.text : segment.marker,
    );
    return [...parts, this.#pending].join('');
  }

  /**
   * Whether the run's nonce stands where no marker is: one was meant, and came damaged. Nothing that
   * the user sent has the nonce, so no honest text has it either.
   */
  get hasDamagedMarker(): boolean {
    return this.#segments.some((segment) => segment.type === 'damaged');
  }

  /** Takes in a piece of the orchestrator's text. @returns what can be shown now. */
  push(text: string): string {
    this.#pending += text;
    this.#scan(false);
    return this.flush();
  }

  /** To be called when an outcome has come. @returns what it lets show. */
  flush(): string {
    let text = '';
    for (; this.#shown < this.#segments.length; this.#shown += 1) {
      const segment = this.#segments[this.#shown];
      if (!segment) break;
      if (segment.type === 'text') text += segment.text;
      if (segment.type !== 'outcome') continue;
      const outcome = this.#outcomes.find(segment.taskName);
      if (outcome.status !== 'ok') break;
      const task = this.#outcomes.resolve(segment.taskName) ?? segment.taskName;
      if (!this.#shownTasks.has(task)) text += outcome.text;
      this.#shownTasks.add(task);
    }
    if (this.#shown - this.#looseFrom >= LOOSE_SEGMENTS) this.#joinShown();
    return text;
  }

  /** Makes notes of all text so far, which was said before a call. Markers stay what they are. */
  setAside(): void {
    this.#scan(true);
    this.#segments.forEach((segment, index) => {
      if (segment.type === 'text') this.#segments[index] = { type: 'note', text: segment.text };
    });
  }

  /** Thousands of small strings take several times the room of their characters. */
  #joinShown(): void {
    const joined = mergeText(this.#segments.slice(this.#looseFrom, this.#shown));
    this.#segments.splice(this.#looseFrom, this.#shown - this.#looseFrom, ...joined);
    this.#looseFrom += joined.length;
    this.#shown = this.#looseFrom;
  }

  /** Ends the text: what was held back is text after all. @returns what can be shown now. */
  end(): string {
    this.#scan(true);
    return this.flush();
  }

  #scan(isEnd: boolean): void {
    while (this.#pending !== '') {
      const found = this.#pattern.search(this.#pending, isEnd);
      if (found.type === 'text') {
        this.#release(found.releaseTo);
        return;
      }
      this.#release(found.start);
      const marker = this.#pending.slice(0, found.end - found.start);
      this.#segments.push(segmentOf(found.marker, marker));
      this.#pending = this.#pending.slice(marker.length);
    }
  }

  /** Moves the first `length` characters of the pending text to the segments. */
  #release(length: number): void {
    const text = this.#pending.slice(0, length);
    this.#pending = this.#pending.slice(length);
    if (text !== '') this.#segments.push({ type: 'text', text });
  }
}

function segmentOf(found: FoundMarker, marker: string): AnswerSegment {
  return found.type === 'outcome'
    ? { type: 'outcome', taskName: found.name, marker }
    : { type: found.type, marker };
}

/** What is glued to a damaged marker is a piece of it, though it may have been shown by then. */
function withoutRemnants(segments: readonly AnswerSegment[]): readonly AnswerSegment[] {
  return segments.map((segment, index) =>
    segment.type === 'text' && segments[index + 1]?.type === 'damaged'
      ? { type: 'text', text: segment.text.replace(/\S{1,24}$/, '') }
      : segment,
  );
}

function mergeText(segments: readonly AnswerSegment[]): readonly AnswerSegment[] {
  const merged: AnswerSegment[] = [];
  let run: string[] = [];
  const close = (): void => {
    if (run.length > 0) merged.push({ type: 'text', text: run.join('') });
    run = [];
  };
  for (const segment of segments) {
    if (segment.type === 'text') {
      run.push(segment.text);
    } else {
      close();
      merged.push(segment);
    }
  }
  close();
  return merged;
}
