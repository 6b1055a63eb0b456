import { markdownName } from '../text/markdownName';
import type { BatchFile } from './journal/batchState';
import type { Results } from './journal/results';

export interface DocumentWords {
  readonly title: string;
  readonly linkOf?: (path: string) => string;
  readonly shown?: (markdown: string) => string;
}

/**
 * One document out of the results of many files, in the order of the files and piece by piece, so
 * that it is never in memory as a whole.
 *
 * @param words.title heading of the document.
 * @param words.linkOf address of a file; its path when left out.
 * @param words.shown what a model's Markdown is shown as; as it is when left out.
 */
export async function* markdownDocument(
  files: Iterable<BatchFile>,
  results: Results,
  words: DocumentWords,
): AsyncGenerator<string> {
  const { title, linkOf = linkTarget, shown = (text) => text } = words;
  yield `# ${markdownName(title)}\n`;
  for (const file of files) {
    const stored = await results.get(file.n, file.result);
    if (stored === null || stored.kind === 'edit') continue;
    const body =
      stored.kind === 'text' ? shown(lowered(stored.text.trim())) : fenced(stored.text.trim());
    yield `\n## [${markdownName(file.path)}](${linkOf(file.path)})\n\n${body}\n`;
  }
}

/** A JSON list with an entry for each file. */
export async function* jsonDocument(
  files: Iterable<BatchFile>,
  results: Results,
): AsyncGenerator<string> {
  let separator = '[\n';
  for (const file of files) {
    const stored = await results.get(file.n, file.result);
    if (stored === null || stored.kind === 'edit') continue;
    const result = stored.kind === 'value' ? stored.value : stored.text;
    yield `${separator}${JSON.stringify({ file: file.path, result }, null, 2)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/** Headings of a result go below the heading of its file, but not those that are code. */
function lowered(text: string): string {
  let fence: string | null = null;
  return text
    .split('\n')
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      if (mark !== undefined) {
        if (fence === null) fence = mark;
        else if (mark.startsWith(fence)) fence = null;
        return line;
      }
      return fence === null && /^#{1,6} /.test(line)
        ? `##${line}`.replace(/^#{7,}/, '######')
        : line;
    })
    .join('\n');
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}

function linkTarget(path: string): string {
  return path
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29'));
}
