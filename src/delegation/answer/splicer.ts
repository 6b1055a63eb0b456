import { outcomeMarkerPrefix, refusalMarker } from '../run/markers';
import type { OutcomeTable } from './outcomes';

/** A model may write a longer name than any of ours; what goes on beyond this is no marker. */
const MAX_WRITTEN_NAME = 64;

/** So many small segments are joined into one. */
const LOOSE_SEGMENTS = 512;

/** A stretch of an orchestrator's text, in order. */
export type AnswerSegment =
  | { readonly type: 'text'; readonly text: string }
  /** Said before a call, such as "I'll ask the worker.": no part of the answer. */
  | { readonly type: 'note'; readonly text: string }
  /** A marker; `taskName` is as written and may name nothing. */
  | { readonly type: 'outcome'; readonly taskName: string; readonly marker: string }
  | { readonly type: 'refusal'; readonly marker: string };

/**
 * Finds markers in text that comes in pieces, and tells what may be shown so far.
 *
 * Text goes out as early as possible; only what may be the beginning of a marker is held back. A
 * marker whose outcome is not there yet holds back what follows it, until the outcome comes or the
 * stream ends. Outcomes themselves are never searched: they may contain anything.
 */
export class Splicer {
  readonly #nonce: string;
  readonly #outcomes: OutcomeTable;
  readonly #outcomePrefix: string;
  readonly #refusal: string;
  readonly #segments: AnswerSegment[] = [];
  /** Text that is not known to be free of markers yet. */
  #pending = '';
  /** Segments before this one are shown already. */
  #shown = 0;
  /** Where the small text segments begin that are not joined yet. */
  #looseFrom = 0;

  constructor(nonce: string, outcomes: OutcomeTable) {
    this.#nonce = nonce;
    this.#outcomes = outcomes;
    this.#outcomePrefix = outcomeMarkerPrefix(nonce);
    this.#refusal = refusalMarker(nonce);
  }

  /** All segments so far; held-back text is not among them before `end`. */
  get segments(): readonly AnswerSegment[] {
    return mergeText(this.#segments);
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
    return this.segments.some(
      (segment) => segment.type === 'text' && segment.text.includes(this.#nonce),
    );
  }

  /** Takes in a piece of the orchestrator's text. @returns what can be shown now. */
  push(text: string): string {
    this.#pending += text;
    this.#scan();
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
      text += outcome.text;
    }
    if (this.#shown - this.#looseFrom >= LOOSE_SEGMENTS) this.#joinShown();
    return text;
  }

  /** Makes notes of all text so far, which was said before a call. Markers stay what they are. */
  setAside(): void {
    this.#addText(this.#pending);
    this.#pending = '';
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
    this.#addText(this.#pending);
    this.#pending = '';
    return this.flush();
  }

  #scan(): void {
    for (;;) {
      const start = this.#pending.indexOf('[[');
      if (start < 0) {
        this.#release(
          this.#pending.endsWith('[') ? this.#pending.length - 1 : this.#pending.length,
        );
        return;
      }
      this.#release(start);
      const match = this.#matchMarker();
      if (match === 'incomplete') return;
      if (match === 'none') {
        this.#release(1);
      } else {
        this.#segments.push(match);
        this.#pending = this.#pending.slice(match.marker.length);
      }
    }
  }

  /** What the pending text, which starts with `[[`, starts with. */
  #matchMarker(): Exclude<AnswerSegment, { type: 'text' | 'note' }> | 'incomplete' | 'none' {
    const text = this.#pending;
    if (text.startsWith(this.#refusal)) return { type: 'refusal', marker: this.#refusal };
    if (this.#refusal.startsWith(text)) return 'incomplete';
    if (this.#outcomePrefix.startsWith(text)) return 'incomplete';
    if (!text.startsWith(this.#outcomePrefix)) return 'none';
    const rest = text.slice(this.#outcomePrefix.length);
    const end = rest.search(/[\]\n]/);
    if (end < 0) return rest.length > MAX_WRITTEN_NAME ? 'none' : 'incomplete';
    if (end === rest.length - 1 && rest[end] === ']') return 'incomplete';
    if (!rest.startsWith(']]', end) || end > MAX_WRITTEN_NAME) return 'none';
    // With the nonce in it, this is meant as a marker, whatever name stands in it.
    const written = rest.slice(0, end);
    return {
      type: 'outcome',
      taskName: written.trim().toLowerCase(),
      marker: `${this.#outcomePrefix}${written}]]`,
    };
  }

  /** Moves the first `length` characters of the pending text to the segments. */
  #release(length: number): void {
    this.#addText(this.#pending.slice(0, length));
    this.#pending = this.#pending.slice(length);
  }

  #addText(text: string): void {
    if (text !== '') this.#segments.push({ type: 'text', text });
  }
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
