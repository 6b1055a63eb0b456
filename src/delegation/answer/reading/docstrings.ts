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
import { readTable } from './tables';
import { readJson } from './tolerantJson';
import { readYamlList } from './yamlList';

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
  const other =
    readNumberedLines(answer, place) ??
    readSections(answer, place) ??
    readRecordList(answer, place) ??
    readWholeCode(answer, code, place);
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

/** A table or a list of YAML; one that is cut off between two entries lacks documentation, no more. */
function readRecordList(answer: string, place: InsertionPlace): ReadInsertions | null {
  const { value } = peel(answer, { code: '', languageId: place.languageId });
  const fenced = unfence(value, '');
  const listed = fenced.type === 'ambiguous' ? null : readYamlList(fenced.text);
  const records = readTable(value)?.entries ?? listed;
  const read = records && readInsertions(records, place);
  return !read || read instanceof OutcomeError
    ? null
    : { ...read, mended: allMended(['names'], read.mended) };
}

/** A heading of a section: the name of what it documents, with its line or kind perhaps. */
const HEADING =
  /^(?:#{1,6}\s+|\*\*(?=.*\*\*:?\s*$))(?:(?:line|function|method|class)\s+)?(?:`([^`]+)`|([\w.$#:]+(?:\([^)]*\))?))[^\n`]{0,40}$/i;

/** Sections of Markdown, each under the name of what it documents. */
function readSections(answer: string, place: InsertionPlace): ReadInsertions | null {
  const parts = answer.trim().split(/^(?=#{1,6}\s|\*\*[^*\n]+\*\*:?[ \t]*$)/m);
  const entries = parts.map((part) => {
    const [head = '', ...rest] = part.trim().split('\n');
    const [, quoted, bare] = HEADING.exec(head.trim()) ?? [];
    return [(quoted ?? bare ?? '').replace(/\*+$/, ''), rest.join('\n').trim()] as const;
  });
  const isEach = entries.every(
    ([name, text]) =>
      text !== '' && !text.includes('```') && place.names.lineOf(name, null) !== null,
  );
  if (!isEach) return null;
  const read = readInsertions(Object.fromEntries(entries), place);
  return read instanceof OutcomeError || read.value.length < parts.length
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
  const bare = withoutShownNumbers(newSide(text, code));
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

/** Takes off the numbers that the worker saw before the lines, where half of the lines have them still. */
function withoutShownNumbers(text: string): string {
  const lines = text.split('\n');
  const numbered = lines.filter((line) => NUMBER.test(line)).length;
  return numbered * 2 < lines.length
    ? text
    : lines.map((line) => line.replace(NUMBER, '')).join('\n');
}

const NUMBER = /^\s*\d+ ?[|:](?: |$)/;

/** The code of a diff or of search and replace blocks as it is to be; other code as it is. */
function newSide(text: string, code: string): string {
  const isOther = (sign: RegExp): boolean => sign.test(text) && !sign.test(code);
  if (isOther(/^<{5,9}/m) && isOther(/^>{5,9}/m)) {
    return [...text.matchAll(/^={5,9}[ \t]*\r?\n([\s\S]*?)^>{5,9}/gm)].map(([, to]) => to).join('');
  }
  const lines = text.split('\n');
  const isDiff =
    isOther(/^\+/m) && lines.every((line) => /^(?:[-+ @\\]|diff |index |$)/.test(line.trimEnd()));
  if (!isDiff) return text;
  return lines
    .filter((line) => !/^(?:-|@@|\+\+\+|\\|diff |index )/.test(line))
    .map((line) => line.slice(1))
    .join('\n');
}
