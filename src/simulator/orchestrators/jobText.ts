import { parseJson } from '../../common/json';
import type { WorkerJob } from '../workers/runWorker';

/** What each job answers with when its prompt does not say. */
const defaultAnswers: Readonly<Record<string, string>> = {
  summarize: 'text',
  docstring: 'insertions',
  reformat: 'replacement',
  extract: 'json',
  refactor: 'replacement',
  translateComments: 'replacement',
  draftTests: 'file',
};

const BLOCK = /<(selection|instruction|schema|outline)-([a-z2-7]{8})>\n?([\s\S]*?)\n?<\/\1-\2>/g;
const NUMBERED_LINE = /^ *(\d+)\|(.*)$/s;

/**
 * Reads a job out of prompt text: its header lines and its tagged blocks.
 *
 * @param texts Prompt parts in order; where two have the same thing, the first counts.
 * @returns null when no part has a `Job:` line.
 */
export function readJob(texts: readonly string[], taskDescription: string): WorkerJob | null {
  const headers = texts.map((text) => text.replace(BLOCK, '')).join('\n');
  const job = header(headers, 'Job');
  if (job === null) return null;
  const blocks = readBlocks(texts);
  const { text, firstLine } = stripLineNumbers(
    blocks.get('selection') ?? blocks.get('outline') ?? '',
  );
  const schema = blocks.get('schema');
  const parsed = schema === undefined ? null : parseJson(schema);
  return {
    job,
    languageId: header(headers, 'Language') ?? 'plaintext',
    answer: header(headers, 'Answer') ?? defaultAnswers[job] ?? 'text',
    instruction: blocks.get('instruction') ?? null,
    schema: parsed?.ok === true ? parsed.value : null,
    selection: text,
    firstLineNumber: firstLine,
    taskDescription,
  };
}

/** Whether the text shows code itself and not only an outline of it. */
export function hasSelection(texts: readonly string[]): boolean {
  return readBlocks(texts).has('selection');
}

function header(text: string, name: string): string | null {
  return new RegExp(`^${name}: *(\\S.*?) *$`, 'm').exec(text)?.[1] ?? null;
}

function readBlocks(texts: readonly string[]): Map<string, string> {
  const blocks = new Map<string, string>();
  for (const text of texts) {
    for (const [, name = '', , content = ''] of text.matchAll(BLOCK)) {
      if (!blocks.has(name)) blocks.set(name, content);
    }
  }
  return blocks;
}

/** Takes `12| ` off each line when every line has it; line ends stay as they are. */
export function stripLineNumbers(text: string): { text: string; firstLine: number } {
  const matches = (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => NUMBERED_LINE.exec(line));
  const first = matches[0];
  if (!first || matches.includes(null)) return { text, firstLine: 1 };
  return {
    text: matches.map((match) => withoutSeparator(match?.[2] ?? '')).join(''),
    firstLine: Number(first[1]),
  };
}

/** The space after the bar is not part of the line; on a blank line there is none. */
function withoutSeparator(rest: string): string {
  return rest.trim() !== '' && rest.startsWith(' ') ? rest.slice(1) : rest;
}
