import { outlineOf } from '../../delegation/plan/outline';
import { splitLines } from '../../text/lines';
import { diffSequences } from '../../text/sequenceDiff';
import { countTokens } from '../../text/tokens';
import type { StoredResult } from '../journal/results';
import { type FileText, wholeSelection } from '../produce/fileText';

/** A result as a reader sees it, small enough that a pack of them fits into one request. */
export interface ReadableResult {
  readonly n: number;
  readonly text: string;
  readonly tokens: number;
}

/** A reader pays the orchestrator's price for every token; the start of a long result tells enough. */
const MAX_TOKENS_PER_RESULT = 1_500;

export function readable(n: number, file: FileText, result: StoredResult): ReadableResult {
  const body = result.kind === 'edit' ? changesOf(result.base, result.proposed) : result.text;
  const text = [
    `## File ${n} (${file.languageId})`,
    `Outline: ${outlineOf(wholeSelection(file))}`,
    cutToTokens(body, MAX_TOKENS_PER_RESULT),
  ].join('\n');
  return { n, text, tokens: Math.ceil(countTokens(text)) };
}

/** Changed lines with the line after them, which an added comment belongs to. */
export function changesOf(base: string, proposed: string): string {
  const before = splitLines(base);
  const after = splitLines(proposed);
  return diffSequences(before, after)
    .flatMap((hunk) => [
      `@ line ${hunk.afterStart + 1}`,
      ...before.slice(hunk.beforeStart, hunk.beforeEnd).map((line) => `-${line}`),
      ...after.slice(hunk.afterStart, hunk.afterEnd).map((line) => `+${line}`),
      ...after.slice(hunk.afterEnd, hunk.afterEnd + 1).map((line) => ` ${line}`),
    ])
    .map((line) => line.replace(/[\r\n]+$/, ''))
    .join('\n');
}

function cutToTokens(text: string, limit: number): string {
  if (countTokens(text) <= limit) return text;
  const kept: string[] = [];
  let tokens = 0;
  for (const line of splitLines(text)) {
    tokens += countTokens(line);
    if (tokens > limit) break;
    kept.push(line);
  }
  return `${kept.join('')}\n[the rest is not shown]`;
}
