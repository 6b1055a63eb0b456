import type { SyntaxToken } from '../../syntax/syntax';
import type { LayoutStyle } from './layoutStyle';
import { indentUnit } from './layoutStyle';
import { demoLanguage } from './demoLanguages';

const OPENERS: ReadonlySet<string> = new Set(['(', '[', '{', '${', '#{']);
const CLOSERS: ReadonlySet<string> = new Set([')', ']', '}']);
const CONTINUATION = /^(?:\?\.|\.(?!\.)|&&|\|\||[?:](?=\s)|[+*/%=<>|&^-]=?\s)/;

/**
 * Lays lines out again without moving a token to another line: indentation by open brackets, no
 * white space at line ends, at most one blank line. Lines inside of literals stay as they are.
 */
export function reindent(
  text: string,
  languageId: string,
  { tokens, style }: { readonly tokens: readonly SyntaxToken[]; readonly style: LayoutStyle },
): string {
  const { keeps } = demoLanguage(languageId);
  if (keeps === 'lines') return text;
  const lines = linesOf(text, tokens);
  const indents = keeps === 'indentation' ? null : bracketDepths(lines, text, tokens);
  const written = lines.map((line, index) => {
    if (line.isFixed) return line.endsInLiteral ? line.text : line.text.trimEnd();
    const visible = line.endsInLiteral ? line.text : line.text.trimEnd();
    const depth = indents?.[index];
    if (depth === undefined || visible.trim() === '') return visible;
    const lead = line.isInComment && visible.trimStart().startsWith('*') ? ' ' : '';
    return indentUnit(style).repeat(depth) + lead + visible.trimStart();
  });
  return written
    .filter((line, index) => {
      const isBlank = line === '' && written[index - 1] === '' && lines[index]?.isFixed !== true;
      return !isBlank;
    })
    .join('\n');
}

interface Line {
  readonly text: string;
  readonly start: number;
  /** Begins inside of a literal, so that its indentation is content. */
  readonly isFixed: boolean;
  readonly endsInLiteral: boolean;
  readonly isInComment: boolean;
}

function linesOf(text: string, tokens: readonly SyntaxToken[]): Line[] {
  const multiline = tokens.filter(({ start, end }) => text.slice(start, end).includes('\n'));
  let start = 0;
  return text.split('\n').map((line) => {
    const from = start;
    start += line.length + 1;
    const around = multiline.find((token) => token.start < from && token.end > from);
    const reaching = multiline.find(
      (token) => token.start < from + line.length + 1 && token.end > from + line.length,
    );
    return {
      text: line,
      start: from,
      isFixed: around !== undefined && around.kind !== 'comment',
      endsInLiteral: reaching !== undefined && reaching.kind !== 'comment',
      isInComment: around?.kind === 'comment',
    };
  });
}

/** How many brackets are open at the start of each line, closers in front of it taken off. */
function bracketDepths(
  lines: readonly Line[],
  text: string,
  tokens: readonly SyntaxToken[],
): number[] {
  const code = tokens.filter(({ kind }) => kind === 'code');
  // Brackets opened on one line count as one level, however many they are.
  const opened: number[] = [];
  let next = 0;
  return lines.map((line, index) => {
    const end = line.start + line.text.length;
    let isLeading = true;
    let depth = new Set(opened).size;
    for (; next < code.length && (code[next]?.start ?? 0) < end; next++) {
      const token = text.slice(code[next]?.start, code[next]?.end);
      if (CLOSERS.has(token)) opened.pop();
      else isLeading = false;
      if (OPENERS.has(token)) opened.push(index);
      if (isLeading) depth = new Set(opened).size;
    }
    return depth + (CONTINUATION.test(line.text.trimStart()) ? 1 : 0);
  });
}
