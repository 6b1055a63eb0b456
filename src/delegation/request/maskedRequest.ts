import type { Outcome, RunEvent, RunRequest, RunResult } from '../run/run';
import { type MaskedTexts, maskTexts } from '../../privacy/masking';

/** A request whose secrets are replaced by placeholders, and the way back for what comes of it. */
export interface MaskedRequest {
  readonly request: RunRequest;
  readonly secretCount: number;
  /** Puts the secrets back into a piece of the answer; pieces come in order. */
  restoreEvent(event: RunEvent): RunEvent;
  /** Restored text of the answer's very end, which the last piece held back. */
  restoreTail(): string;
  /** The result with its secrets, and how many placeholders an edit lost. */
  restoreResult(result: RunResult): { readonly result: RunResult; readonly lost: number };
}

/**
 * Masks selection and instruction of a request. Line counts stay, so anchors still fit.
 *
 * @param nonce letters and digits, drawn for this run.
 */
export function maskRequest(request: RunRequest, nonce: string): MaskedRequest {
  const masked = maskTexts([request.selection.text, request.instruction ?? ''], nonce);
  const [text = '', instruction = ''] = masked.texts;
  const stream = masked.restoringStream();
  return {
    secretCount: masked.secretCount,
    request: {
      ...request,
      hasMaskedSecrets: masked.secretCount > 0,
      selection: { ...request.selection, text },
      instruction: request.instruction === null ? null : instruction,
    },
    restoreEvent: (event) =>
      event.type === 'answer-delta' ? { ...event, text: stream.push(event.text) } : event,
    restoreTail: () => stream.end().text,
    restoreResult: (result) => ({
      result: restoreResult(result, masked),
      lost: lostPlaceholders(result.outcome, text, masked),
    }),
  };
}

function restoreResult(result: RunResult, masked: MaskedTexts): RunResult {
  const restore = (text: string): string => masked.restore(text).text;
  return {
    ...result,
    outcome: result.outcome && restoreOutcome(result.outcome, restore),
    notes: restore(result.notes),
    rawAnswer: restore(result.rawAnswer),
    partialAnswer: restore(result.partialAnswer),
  };
}

function restoreOutcome(outcome: Outcome, restore: (text: string) => string): Outcome {
  switch (outcome.format) {
    case 'text':
    case 'replacement':
      return { ...outcome, text: restore(outcome.text) };
    case 'insertions':
      return {
        ...outcome,
        insertions: outcome.insertions.map(({ line, text }) => ({ line, text: restore(text) })),
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

/** Only a replacement must contain every secret again; a summary need not. */
function lostPlaceholders(outcome: Outcome | null, sent: string, masked: MaskedTexts): number {
  if (outcome?.format !== 'replacement') return 0;
  const kept = masked.placeholders.filter((each) => sent.includes(each));
  return kept.filter((each) => !outcome.text.includes(each)).length;
}
