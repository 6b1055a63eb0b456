import { seenLines } from '../common/shown';
import { asRecord, readString } from '../common/json';

/** Longest subject that `git log --oneline` and forges show whole. */
const MAX_SUBJECT = 72;
/** Where bodies are wrapped, as git's own documentation advises. */
const BODY_WIDTH = 72;
/** How many earlier subjects show a repository's style. */
export const STYLE_SUBJECTS = 20;

/** The words that go with the diff: the style of this repository, by example. */
export function styleInstruction(subjects: readonly string[]): string {
  const examples = subjects
    .map((subject) => subject.replace(/\s+/g, ' ').trim().slice(0, 100))
    .filter((subject) => subject !== '' && !/^(?:Merge|Revert|fixup!|squash!) /.test(subject))
    .slice(0, STYLE_SUBJECTS);
  if (examples.length === 0) return 'Write the subject in the imperative, without a full stop.';
  return [
    'Write in the style of the earlier subjects of this repository: their language, mood, prefixes',
    'and capitals, not their content. Earlier subjects:',
    ...examples.map((subject) => `- ${subject}`),
  ].join('\n');
}

/** The message of an answer that conforms to the task's schema; null for any other value. */
export function messageOf(value: unknown): string | null {
  const record = asRecord(value);
  const subject = visible(readString(record?.['subject']) ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  if (!subject || subject.length > MAX_SUBJECT) return null;
  const body = wrapBody(visible(readString(record?.['body']) ?? ''));
  return body === '' ? subject : `${subject}\n\n${body}`;
}

/** A message is read in many places, some of which show less than is there. */
function visible(text: string): string {
  return seenLines(text.replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')).replace(/\p{Cs}/gu, '');
}

/** Lines that begin with `#` are comments in git's editor and would be lost. */
function wrapBody(body: string): string {
  return body
    .trim()
    .split('\n')
    .map((line) => wrapLine(line.trimEnd().replace(/^#+\s*/, '')))
    .join('\n');
}

function wrapLine(line: string): string {
  const indent = /^(?:\s*(?:[-*]|\d+\.)\s+|\s*)/.exec(line)?.[0] ?? '';
  const rows: string[] = [];
  let row = indent;
  for (const word of line.slice(indent.length).split(/ +/)) {
    const isFirst = row.trim() === '' || row === indent;
    if (!isFirst && row.length + 1 + word.length > BODY_WIDTH) {
      rows.push(row);
      row = ' '.repeat(indent.length) + word;
    } else {
      row += isFirst ? word : ` ${word}`;
    }
  }
  return [...rows, row].join('\n');
}
