import { parseJson } from '../../../common/json';
import { declaredName } from '../../plan/declaredName';
import { unfence } from '../../../text/fences';
import { OutcomeError } from '../outcomeError';
import { sharedWords } from '../../../text/lexical';
import { readCommentedCode } from './commentedCode';
import { type InsertionPlace, type ReadInsertions, readInsertions } from './insertionEntries';
import { likestPiece, unwrapJson } from './codeRepairs';
import { endsInComment } from './breaksOff';
import { allMended } from './mending';
import { elidedLines } from './notCode';
import { isRefusal } from '../../../text/prose';
import { peel } from './peel';
import { readJson } from './tolerantJson';

/**
 * Reads the answer of a task that adds comments: JSON as it was asked for, JSON in another form,
 * lines with numbers, or the code itself with comments in it.
 *
 * @param code the stretch of the selection that the answer is for.
 */
export function readDocstrings(
  answer: string,
  code: string,
  place: InsertionPlace,
): ReadInsertions | OutcomeError {
  // Code may have lists in it that look like insertions.
  const whole = sharedWords(code, answer) >= 0.5 ? readWholeCode(answer, code, place) : null;
  if (whole) return whole;
  const json = readJson(answer, (value) => !(readInsertions(value, place) instanceof OutcomeError));
  const read = json instanceof OutcomeError ? json : readInsertions(json.value, place);
  if (!(read instanceof OutcomeError)) {
    const mended = json instanceof OutcomeError ? [] : json.mended;
    const value = read.value.map((each) => ({ ...each, text: wordsAlone(each.text, code, place) }));
    return { ...read, value, mended: allMended(mended, read.mended) };
  }
  const other = readNumberedLines(answer, place) ?? readWholeCode(answer, code, place);
  if (other) return other;
  const words = peel(answer, { code, languageId: place.languageId }).value.trim();
  return isRefusal(words) ? new OutcomeError('answer-declined', { explanation: words }) : read;
}

/** An entry's words without a fence around them, or the declaration's code that came with them. */
function wordsAlone(text: string, code: string, place: InsertionPlace): string {
  const fenced = unfence(text, '');
  const words = fenced.type === 'fenced' && fenced.around === '' ? fenced.text.trimEnd() : text;
  const lines = new Set(code.split('\n').map((line) => line.trim()));
  const hasCode = words
    .split('\n')
    .some((line) => declaredName(line) !== null && lines.has(line.trim()));
  const [only, ...more] = (hasCode && readCommentedCode(words, code, place)) || [];
  return only && more.length === 0 ? only.text : words;
}

/** A number with its text, behind the sign of a list perhaps, and with the name in brackets. */
const NUMBERED_LINE =
  /^\s*(?:[-*•]\s+|\d+[.)]\s+(?=\**line\b))?(?:\*\*)?(?:line\s+|L)?(\d+)(?:\*\*)?\s*(?:\(`?([^)`]+)`?\)\s*)?[:|]\s*(?:\*\*)?\s*(\S.*)$/i;

/** `12: text` on each line; a list that merely counts has its numbers in order from one. */
function readNumberedLines(answer: string, place: InsertionPlace): ReadInsertions | null {
  const lines = answer.split('\n').filter((line) => line.trim() !== '');
  const matches = lines.map((line) => NUMBERED_LINE.exec(line));
  if (matches.length === 0 || matches.some((match) => match === null)) return null;
  const entries = matches.map((match) => {
    const text = match?.[3] ?? '';
    const quoted = parseJson(text);
    return {
      line: Number(match?.[1]),
      text: quoted.ok && typeof quoted.value === 'string' ? quoted.value : text,
      ...(match?.[2] === undefined ? {} : { name: match[2] }),
    };
  });
  const read = readInsertions(entries, place);
  return read instanceof OutcomeError
    ? null
    : { ...read, mended: allMended(['names'], read.mended) };
}

function readWholeCode(
  answer: string,
  code: string,
  place: InsertionPlace,
): ReadInsertions | OutcomeError | null {
  const given = { code, languageId: place.languageId };
  const peeled = peel(answer, given);
  const fenced = unfence(unwrapJson(peeled.value, given).value, code);
  const text =
    fenced.type === 'ambiguous'
      ? // A fence for each declaration: their comments are found all the same.
        (likestPiece(fenced.candidates, given) ?? fenced.candidates.join('\n'))
      : peel(fenced.text, given).value;
  const bare = withoutShownNumbers(text);
  // Where code is left out, its comments stand all the same.
  const elided = new Set(elidedLines(bare, given));
  const whole = bare
    .split('\n')
    .filter((_, index) => !elided.has(index + 1))
    .join('\n');
  const insertions = readCommentedCode(whole, code, place);
  if (insertions && endsInComment(bare, place.languageId))
    return new OutcomeError('answer-cut-short');
  return (
    insertions && {
      value: insertions,
      mended: allMended(peeled.mended, ['whole-code']),
      leftOut: [],
    }
  );
}

/** Takes off the numbers that the worker saw before the lines, where they came back before half. */
function withoutShownNumbers(text: string): string {
  const lines = text.split('\n');
  const numbered = lines.filter((line) => /^\s*\d+ ?\|/.test(line)).length;
  return numbered * 2 < lines.length
    ? text
    : lines.map((line) => line.replace(/^\s*\d+ ?\| ?/, '')).join('\n');
}
