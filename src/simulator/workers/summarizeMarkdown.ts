import { counted, enumerated } from './words';

/** Markdown about Markdown: its outline, with what stands under each heading. */
export function summarizeMarkdown(text: string): string {
  const sections = readSections(text);
  const words = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const headings = sections.filter(({ title }) => title !== '');
  const opening = `The document has ${counted(words, 'word')} in ${counted(headings.length, 'section')}.`;
  const lead = sections.find(({ sentence }) => sentence !== '')?.sentence ?? '';
  const items = headings.map(
    ({ level, title, sentence, contents }) =>
      `${'  '.repeat(Math.max(0, level - 1))}- **${title}**${contents === '' ? '' : ` (${contents})`}${
        sentence === '' ? '' : `: ${sentence}`
      }`,
  );
  return [lead === '' ? opening : `${lead} ${opening}`, items.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

interface Section {
  readonly level: number;
  readonly title: string;
  /** First sentence of the section's text. */
  readonly sentence: string;
  /** What it holds besides text: `3 list items and 1 code block`. */
  readonly contents: string;
}

function readSections(text: string): Section[] {
  const sections: Section[] = [];
  let head = { level: 1, title: '' };
  let body: string[] = [];
  let isFenced = false;
  const end = (): void => {
    if (head.title !== '' || body.some((line) => line.trim() !== '')) {
      sections.push({ ...head, sentence: sentenceOf(body), contents: contentsOf(body) });
    }
  };
  for (const line of text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
    const heading = isFenced ? null : /^(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
    if (!heading) {
      body.push(line);
      continue;
    }
    end();
    head = { level: heading[1]?.length ?? 1, title: heading[2] ?? '' };
    body = [];
  }
  end();
  return sections;
}

function sentenceOf(lines: readonly string[]): string {
  const paragraph = lines
    .join('\n')
    .replace(/(?:```|~~~)[\s\S]*?(?:```|~~~)/g, '')
    .split(/\n\s*\n/)
    .find((part) => part.trim() !== '' && !/^\s*(?:[-*+|>]|\d+[.)]|!?\[!|!\[|<)/.test(part));
  const flat = (paragraph ?? '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return /^.*?[.!?](?=\s|$)/.exec(flat)?.[0] ?? flat;
}

function contentsOf(lines: readonly string[]): string {
  const items = lines.filter((line) => /^\s*(?:[-*+]|\d+[.)])\s/.test(line)).length;
  const fences = lines.filter((line) => /^\s*(?:```|~~~)/.test(line)).length / 2;
  const links = lines.join('\n').match(/\]\([^)]+\)/g)?.length ?? 0;
  const tables = lines.filter((line) => /^\s*\|?\s*:?-{3,}/.test(line)).length;
  const counts: readonly (readonly [number, string])[] = [
    [items, 'list item'],
    [Math.floor(fences), 'code block'],
    [tables, 'table'],
    [links, 'link'],
  ];
  return enumerated(
    counts.filter(([count]) => count > 0).map(([count, noun]) => counted(count, noun)),
  );
}
