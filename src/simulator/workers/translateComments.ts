import { isOrder } from '../../syntax/commentRules';
import { languageOf } from '../../syntax/languages/languages';
import type { Code, CodeToken } from './code';
import { applyEdits } from './refactors/edits';
import { CannotDoError, type WorkerJob, wordsOf } from './workerJob';

/**
 * Marks each comment with the language that it is wanted in: no language model is behind this, and
 * made-up words would pass for a translation. What speaks to tools, runs as a test or names a licence
 * stays.
 */
export function translateComments(code: Code, job: WorkerJob): string {
  const language = /language:\s*(.+?)\s*$/im.exec(wordsOf(job))?.[1] ?? wordsOf(job).trim();
  const mark = `[${language.replace(/[^\p{L}\p{N} ]/gu, '').slice(0, 30)}] `;
  const edits = code.tokens
    .filter(
      (token) => token.kind !== 'code' && isForPeople(code, token) && !token.raw.includes(mark),
    )
    .map((token) => {
      const start = token.start + wordsStart(token.raw);
      return { start, end: start, text: mark };
    });
  if (edits.length === 0) throw new CannotDoError('There is no comment to translate.');
  return applyEdits(code.text, edits);
}

function isForPeople(code: Code, { raw, start }: CodeToken): boolean {
  const rules = languageOf(code.languageId)?.comments;
  if (!/\p{L}/u.test(raw) || /copyright|licen[cs]e|^#!/i.test(raw)) return false;
  if (!rules) return true;
  const isFirst = code.text.slice(0, start).split('\n').length <= 2;
  if (isFirst && rules.firstLineOrders?.test(raw)) return false;
  return !isOrder(raw, rules) && rules.hasBlockOrders?.(raw) !== true && !/^[^\p{L}]*@/u.test(raw);
}

/** Where the words of a comment begin, after its marks, a string's prefix and tags. */
function wordsStart(raw: string): number {
  const marks =
    /^(?:[a-zA-Z]{0,2}(?:"""|'''|"|'))?[^\p{L}\p{N}`'"<]*(?:<[^>\n]*>[^\p{L}\p{N}`'"<]*)*/u;
  return marks.exec(raw)?.[0].length ?? 0;
}
