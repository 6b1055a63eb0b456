import type { Code } from './code';
import { extractMarkdown, extractorFor } from './extract';
import { summarizeCode } from './summarize';
import { summarizeMarkdown } from './summarizeMarkdown';
import type { WorkerJob } from './workerJob';
import { wordsOf } from './workerJob';
import { counted } from './words';

/** Answers free words about code in Markdown: counts, lists, or else an explanation. */
export function answerInWords(code: Code, job: WorkerJob): string {
  const words = wordsOf(job);
  const extractor = extractorFor(words);
  if (/\b(?:count|how many|number of)\b/i.test(words)) {
    const subject = words.replace(/[?.!]+$/, '').trim();
    const items = extractor?.(code) ?? [];
    return extractor
      ? `${counted(items.length, 'occurrence')} (${subject}).`
      : `The selection has ${counted(code.text.trimEnd().split('\n').length, 'line')} and ${counted(code.tokens.length, 'token')}.`;
  }
  if (extractor && /\b(?:list|find|show|which|what|where|name|enumerate|all)\b/i.test(words)) {
    return extractMarkdown(code, job);
  }
  const summary =
    code.languageId === 'markdown' ? summarizeMarkdown(code.text) : summarizeCode(code);
  return isSummaryAskedFor(words) ? summary : `${NO_MODEL}\n\n${summary}`;
}

const NO_MODEL =
  'No language model is behind this answer: it can count, list and summarize. Here is a summary.';

function isSummaryAskedFor(words: string): boolean {
  return /\b(?:summar\w*|explain\w*|describ\w*|what (?:is|does)|erkl\w*|zusammen\w*)\b/i.test(
    words,
  );
}
