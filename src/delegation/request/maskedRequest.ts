import {
  type Outcome,
  type RunEvent,
  type RunRequest,
  type RunResult,
  startsOver,
} from '../run/run';
import type { MaskedTexts } from '../../privacy/masking';
import type { Masker } from '../../privacy/maskingThread';
import { nestedTexts, withTexts } from '../../privacy/nestedTexts';

/** A request whose secrets are replaced by placeholders, and the way back for what comes of it. */
export interface MaskedRequest {
  readonly request: RunRequest;
  readonly secretCount: number;
  /** Puts the secrets back into a piece of the answer; pieces come in order. */
  restoreEvent(event: RunEvent): RunEvent;
  /** Restored text of the answer's very end, which the last piece held back. */
  restoreTail(): string;
  /** An outcome with its secrets, as a proof must see it. */
  restoreOutcome(outcome: Outcome): Outcome;
  /** The result with its secrets, and what became of their placeholders on the way. */
  restoreResult(result: RunResult): {
    readonly result: RunResult;
    readonly placeholders: PlaceholderReport;
  };
}

/** What is not as it was sent: an edit has every secret again, as often and in the same order. */
export interface PlaceholderReport {
  readonly missing: number;
  /** Secrets that stand in more places than before. */
  readonly repeated: number;
  /** Whether they came back in another order, with the values of two exchanged perhaps. */
  readonly isReordered: boolean;
  /** Texts that look like placeholders and stand for nothing. */
  readonly unknown: number;
}

export const ALL_IN_PLACE: PlaceholderReport = {
  missing: 0,
  repeated: 0,
  isReordered: false,
  unknown: 0,
};

/**
 * Masks every text of a request: selection and instruction, names in the outline, what workers are
 * told, schema, recipe, settings. Whatever is made of the request holds placeholders only. The
 * selection's line count stays, so anchors still fit.
 *
 * @param nonce letters and digits, drawn for this run.
 * @param mask in which thread the secrets are looked for.
 * @throws MaskingError when they cannot be found in good time: then nothing may be sent.
 */
export async function maskRequest(
  request: RunRequest,
  nonce: string,
  mask: Masker,
): Promise<MaskedRequest> {
  // The run's id is ours, and the ledger's.
  const { id, ...content } = request;
  const { texts, named } = nestedTexts(content);
  const masked = await mask([...texts, ...named], nonce);
  const replaced = new Map(texts.map((text, index) => [text, masked.texts[index] ?? '']));
  let stream = masked.restoringStream();
  const selection = replaced.get(request.selection.text) ?? '';
  return {
    secretCount: masked.secretCount,
    request: {
      ...withTexts(content, replaced),
      id,
      hasMaskedSecrets: masked.secretCount > 0,
    },
    restoreEvent: (event) => {
      // What the answer before held back is not a part of the one that begins.
      if (startsOver(event)) stream = masked.restoringStream();
      if (event.type === 'answer-delta') return { ...event, text: stream.push(event.text) };
      return event.type === 'preamble'
        ? { ...event, text: masked.restore(event.text).text }
        : event;
    },
    restoreTail: () => stream.end().text,
    restoreOutcome: (outcome) => restoreOutcome(outcome, (text) => masked.restore(text).text),
    restoreResult: (result) => ({
      result: restoreResult(result, masked),
      placeholders: reportOf(result.outcome, selection, masked),
    }),
  };
}

function restoreResult(result: RunResult, masked: MaskedTexts): RunResult {
  const restore = (text: string): string => masked.restore(text).text;
  const texts = {
    notes: restore(result.notes),
    rawAnswer: restore(result.rawAnswer),
    partialAnswer: restore(result.partialAnswer),
  };
  return result.status === 'completed'
    ? { ...result, ...texts, outcome: restoreOutcome(result.outcome, restore) }
    : { ...result, ...texts };
}

function restoreOutcome(outcome: Outcome, restore: (text: string) => string): Outcome {
  switch (outcome.format) {
    case 'text':
    case 'replacement':
    case 'file':
      return { ...outcome, text: restore(outcome.text) };
    case 'insertions':
      return {
        ...outcome,
        insertions: outcome.insertions.map((each) => ({ ...each, text: restore(each.text) })),
      };
    case 'json':
      return {
        ...outcome,
        text: restore(outcome.text),
        value: restoreStrings(outcome.value, restore),
      };
  }
}

/** Restores inside the strings of a JSON value: in its text a secret could break the quoting. */
function restoreStrings(value: unknown, restore: (text: string) => string): unknown {
  if (typeof value === 'string') return restore(value);
  if (Array.isArray(value)) return value.map((item) => restoreStrings(item, restore));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [restore(key), restoreStrings(item, restore)]),
  );
}

/** Only an edit must bring every secret back; a summary need not. */
function reportOf(outcome: Outcome | null, sent: string, masked: MaskedTexts): PlaceholderReport {
  switch (outcome?.format) {
    case 'replacement':
      return compare(masked.placeholdersIn(sent), masked.placeholdersIn(outcome.text));
    case 'insertions': {
      // A comment that is added has no secret to bring back, and must not spread one.
      const added = outcome.insertions.map(({ text }) => text).join('\n');
      return compare([], masked.placeholdersIn(added));
    }
    case 'text':
    case 'file':
    case 'json':
    case undefined:
      return ALL_IN_PLACE;
  }
}

/** @param sent numbers of placeholders in order; null for one that was not issued. */
function compare(
  sent: readonly (number | null)[],
  received: readonly (number | null)[],
): PlaceholderReport {
  const [before, after] = [countEach(sent), countEach(received)];
  const known = received.filter((number) => number !== null);
  const missing = [...before].filter(([number, times]) => (after.get(number) ?? 0) < times);
  const repeated = [...after].filter(([number, times]) => times > (before.get(number) ?? 0));
  return {
    missing: missing.length,
    repeated: repeated.length,
    isReordered:
      missing.length === 0 &&
      repeated.length === 0 &&
      known.some((number, index) => number !== sent[index]),
    unknown: received.length - known.length,
  };
}

function countEach(numbers: readonly (number | null)[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) {
    if (number !== null) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}
