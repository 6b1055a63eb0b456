import type { Place } from './place';
import { type AnswerRow, type JudgementRow, chosenOf, isWorse, tallyOf } from './tally';

/** A candidate's answer at a place, or why no more can be asked. */
export type Asked =
  | { readonly kind: 'answer'; readonly row: AnswerRow; readonly text: string }
  | { readonly kind: 'stop'; readonly code: string };

/** Which of two answers is preferred as they were shown, or why no more can be asked. */
export type Preferred =
  | { readonly kind: 'choice'; readonly choice: 'first' | 'second' | 'same' }
  | { readonly kind: 'stop'; readonly code: string };

export interface ComparisonPorts {
  readonly ask: (model: string, place: Place) => Promise<Asked>;
  /** Shows two answers without saying whose they are. */
  readonly prefer: (place: Place, answers: readonly [string, string]) => Promise<Preferred>;
  /** Keeps a number before the next is asked for. */
  readonly keep: (row: KeptRow) => Promise<void>;
  readonly onProgress: (done: number, planned: number) => void;
}

export type KeptRow =
  | { readonly t: 'answer'; readonly row: AnswerRow }
  | { readonly t: 'judged'; readonly row: JudgementRow };

export interface ComparisonPlan {
  /** The cheapest first; of two that cost the same the order is that of their names. */
  readonly models: readonly string[];
  /** In the order in which they are used up. */
  readonly places: readonly Place[];
  /** What is known from before. */
  readonly known: readonly KeptRow[];
}

export interface ComparisonResult {
  readonly answers: readonly AnswerRow[];
  readonly judgements: readonly JudgementRow[];
  /** Null when no candidate is known to pass. */
  readonly chosen: string | null;
  /** Why it ended before all was known; null when it did not. */
  readonly stopped: string | null;
}

/** This many places are asked at first, and more at a time where those do not tell. */
export const ROUND = 8;
/** At most this many answers of two candidates are laid before the orchestrator, each twice. */
const JUDGED = 8;

class Stop extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * Finds the cheapest candidate that is good enough: by what can be proven first, in rounds that go
 * on only for those of whom too little is known and who are cheaper than one that passes. Where
 * proofs cannot tell two apart, the orchestrator compares their answers without knowing whose they
 * are, each pair both ways round.
 *
 * @throws what the ports throw, as when it is cancelled; what was kept until then is known next time.
 */
export async function compare(
  plan: ComparisonPlan,
  ports: ComparisonPorts,
): Promise<ComparisonResult> {
  const comparison = new Comparison(plan, ports);
  let stopped: string | null = null;
  try {
    await comparison.ask();
    await comparison.judge();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    stopped = error.code;
  }
  const { answers, judgements } = comparison;
  return { answers, judgements, chosen: chosenOf(plan.models, answers, judgements), stopped };
}

class Comparison {
  readonly answers: AnswerRow[] = [];
  readonly judgements: JudgementRow[] = [];
  readonly #plan: ComparisonPlan;
  readonly #ports: ComparisonPorts;
  /** Texts of this session by model and place; they are never kept. */
  readonly #texts = new Map<string, string>();

  constructor(plan: ComparisonPlan, ports: ComparisonPorts) {
    this.#plan = plan;
    this.#ports = ports;
    const ids = new Set(plan.places.map(({ id }) => id));
    for (const { t, row } of plan.known) {
      // What was asked of code that has changed since says nothing of it now.
      if (!ids.has(row.place)) continue;
      if (t === 'answer' && plan.models.includes(row.model)) this.answers.push(row);
      if (t === 'judged') this.judgements.push(row);
    }
  }

  async ask(): Promise<void> {
    const { models, places } = this.#plan;
    for (let from = 0; from < places.length; from += ROUND) {
      const round = places.slice(from, from + ROUND);
      const asking = from === 0 ? models : this.#undecided();
      if (asking.length === 0) return;
      for (const place of round) {
        // What is under way is paid for, so it is kept, whatever ends the others.
        const all = await Promise.allSettled(asking.map((model) => this.#answerAt(model, place)));
        const refused = all.find(({ status }) => status === 'rejected');
        if (refused?.status === 'rejected') throw refused.reason;
        this.#ports.onProgress(this.answers.length, models.length * ROUND);
      }
    }
  }

  async judge(): Promise<void> {
    const passing = this.#plan.models.filter((model) => this.#standing(model) === 'passes');
    for (const [index, cheaper] of passing.entries()) {
      const rivals = passing.slice(index + 1);
      for (const dearer of rivals) await this.#compareAt(cheaper, dearer);
      if (!rivals.some((dearer) => isWorse({ cheaper, dearer }, this.judgements))) return;
    }
  }

  /** Those of whom too little is known and whose answer would matter: cheaper than one that passes. */
  #undecided(): readonly string[] {
    const { models } = this.#plan;
    const passing = models.findIndex((model) => this.#standing(model) === 'passes');
    return models
      .slice(0, passing < 0 ? models.length : passing)
      .filter((model) => this.#standing(model) === 'open');
  }

  #standing(model: string): ReturnType<typeof tallyOf>['standing'] {
    return tallyOf(model, this.answers).standing;
  }

  #known(model: string, place: Place): AnswerRow | undefined {
    return this.answers.find((row) => row.model === model && row.place === place.id);
  }

  async #answerAt(model: string, place: Place): Promise<void> {
    if (!this.#known(model, place)) await this.#ask(model, place);
  }

  async #ask(model: string, place: Place): Promise<string> {
    const asked = await this.#ports.ask(model, place);
    if (asked.kind === 'stop') throw new Stop(asked.code);
    this.#texts.set(keyOf(model, place), asked.text);
    if (!this.#known(model, place)) {
      this.answers.push(asked.row);
      await this.#ports.keep({ t: 'answer', row: asked.row });
    }
    return asked.text;
  }

  async #compareAt(cheaper: string, dearer: string): Promise<void> {
    const both = this.#plan.places.filter(
      (place) =>
        this.#known(cheaper, place)?.isGood === true && this.#known(dearer, place)?.isGood === true,
    );
    for (const place of both.slice(0, JUDGED)) {
      const isKnown = this.judgements.some(
        (row) => row.cheaper === cheaper && row.dearer === dearer && row.place === place.id,
      );
      if (isKnown) continue;
      const preferred = await this.#preferredAt(place, cheaper, dearer);
      const row: JudgementRow = { cheaper, dearer, place: place.id, preferred };
      this.judgements.push(row);
      await this.#ports.keep({ t: 'judged', row });
    }
  }

  /** Only who is preferred in both positions is; the rest is taste, or the place in the list. */
  async #preferredAt(
    place: Place,
    cheaper: string,
    dearer: string,
  ): Promise<JudgementRow['preferred']> {
    const [a, b] = [await this.#textOf(cheaper, place), await this.#textOf(dearer, place)];
    if (a.trim() === b.trim()) return 'neither';
    const straight = await this.#prefer(place, [a, b]);
    const swapped = await this.#prefer(place, [b, a]);
    if (straight === 'first' && swapped === 'second') return 'cheaper';
    return straight === 'second' && swapped === 'first' ? 'dearer' : 'neither';
  }

  async #prefer(
    place: Place,
    answers: readonly [string, string],
  ): Promise<'first' | 'second' | 'same'> {
    const preferred = await this.#ports.prefer(place, answers);
    if (preferred.kind === 'stop') throw new Stop(preferred.code);
    return preferred.choice;
  }

  /** After a restart the texts are gone, and what has to be read is asked for once more. */
  async #textOf(model: string, place: Place): Promise<string> {
    return this.#texts.get(keyOf(model, place)) ?? this.#ask(model, place);
  }
}

function keyOf(model: string, place: Place): string {
  return `${model}\0${place.id}`;
}
