import { unfence } from '../../../text/fences';
import { withoutSpokenEnds } from '../../../text/prose';
import { sharedWords } from '../../../text/lexical';
import { isProseLanguage } from '../../../text/lexicalRules';
import { OutcomeError } from '../outcomeError';
import { breaksOff } from './breaksOff';
import { likestPiece, repairCode, unwrapJson } from './codeRepairs';
import { type Mended, allMended } from './mending';
import type { Mending } from '../../run/readingNotes';
import { type NotCode, recognizeNotCode } from './notCode';
import { type AnsweredCode, peel } from './peel';

/** Code that was sent, and whether only its layout was to change. */
export interface SentCode extends AnsweredCode {
  readonly keepsWords?: boolean;
}

/** Finds the new code in an answer, or says why there is none that could be used. */
export function readCode(answer: string, given: SentCode): Mended<string> | OutcomeError {
  const peeled = peel(answer, given);
  const unwrapped = unwrapJson(peeled.value, given);
  const opened = takeFence(unwrapped.value, given);
  if (opened instanceof OutcomeError) return opened;
  // Tags and JSON stand inside of fences as well.
  const packed = unwrapJson(opened.value, given);
  const inner = peel(packed.value, given);
  const notCode = recognizeNotCode(inner.value, given);
  if (notCode) return notCodeError(notCode, inner.value);
  const isProse = isProseLanguage(given.languageId);
  const known = new Set(given.code.split('\n').map((line) => line.trim()));
  const bare = withoutSpokenEnds(inner.value, { known, isProse });
  const repaired = repairCode(bare.text, given);
  if (repaired.value.trim() === '') return new OutcomeError('answer-empty');
  if (breaksOff(repaired.value, given) || lacksMuch(repaired.value, given, opened.isCut)) {
    return new OutcomeError('answer-cut-short');
  }
  return {
    value: repaired.value,
    mended: allMended(
      peeled.mended,
      unwrapped.mended,
      opened.mended,
      packed.mended,
      inner.mended,
      bare.hasSpoken ? ['prose'] : [],
      repaired.mended,
    ),
  };
}

interface Opened extends Mended<string> {
  /** Whether a fence begins and none ends. */
  readonly isCut?: boolean;
}

/** Less than this share of the words that were sent is what was cut off, if it may not have changed. */
const WHOLE_SHARE = 0.6;

function lacksMuch(answer: string, { code, keepsWords }: SentCode, isCut = false): boolean {
  // Of a single line nothing is cut off before its end.
  const mayLack = !isCut && (keepsWords !== true || !code.trim().includes('\n'));
  return code !== '' && !mayLack && sharedWords(code, answer) < WHOLE_SHARE;
}

function takeFence(answer: string, given: AnsweredCode): Opened | OutcomeError {
  const fenced = unfence(answer, given.code);
  if (fenced.type === 'plain') return { value: fenced.text, mended: [] };
  if (fenced.type === 'ambiguous') {
    // What was sent, once more before the new code, is not the answer.
    const sent = linesOf(given.code);
    const others = new Map(fenced.candidates.map((each) => [linesOf(each), each]));
    others.delete(sent);
    const [other, ...more] = others.values();
    if (other !== undefined && more.length === 0) return { value: other, mended: ['prose'] };
    const piece = likestPiece(fenced.candidates, given);
    return piece === null
      ? new OutcomeError('answer-ambiguous')
      : { value: piece, mended: ['prose'] };
  }
  if (fenced.text.trim() === '') return new OutcomeError('answer-empty');
  const mended: Mending[] = fenced.around === '' ? [] : ['prose'];
  const isCut = !fenced.isClosed;
  if (fenced.around === '') return { value: fenced.text, mended, isCut };
  // Code outside of the fence would be lost.
  const around = likestPiece([fenced.text, fenced.around], given);
  return around === fenced.around
    ? new OutcomeError('answer-ambiguous')
    : { value: fenced.text, mended, isCut };
}

/** A text's lines without the white space at its ends and theirs. */
function linesOf(text: string): string {
  return text.trim().replace(/[ \t\r]+$/gm, '');
}

function notCodeError(notCode: NotCode, text: string): OutcomeError {
  switch (notCode) {
    case 'refusal':
      return new OutcomeError('answer-declined', { explanation: text.trim() });
    case 'remark':
      return new OutcomeError('answer-is-remark', { explanation: text.trim() });
    case 'elided':
      return new OutcomeError('answer-elided');
    case 'diff':
    case 'search-replace':
      return new OutcomeError('answer-is-diff');
  }
}
