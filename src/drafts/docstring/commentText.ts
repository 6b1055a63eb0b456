/** What a worker wrote as documentation, made into plain lines that are safe inside any comment. */

import type { CommentStyle } from '../../syntax/commentRules';

/** Everything that some language takes for the end of a line, and so of a line comment. */
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** Control characters but the tab; and those that reorder text on screen, so that code looks other. */
const UNSAFE = /[\0-\x08\x0E-\x1F\x7F\uFEFF]|[\u202A-\u202E\u2066-\u2069]/g;

/**
 * The text's lines without trailing blanks, blank lines at both ends, comment characters and the
 * indentation of the source it was meant for; may be empty.
 *
 * @param style - Of the comment that is written; null when it is not known.
 */
export function commentLines(text: string, style: CommentStyle | null = null): string[] {
  const raw = text.split(LINE_BREAK).map((line) => line.replace(UNSAFE, ''));
  const isClosedByIndentation = raw.length > 1 && /^[ \t]+$/.test(raw.at(-1) ?? '');
  const lines = withoutBlankEnds(raw.map((line) => line.trimEnd()));
  const isStarred = lines.slice(1).some((line) => STAR.test(line));
  const isBlock = !isStarred && BLOCKS.some(([open]) => open.test(lines[0] ?? ''));
  const bare = withoutLineSigns(withoutBlockSigns(lines), style);
  return dedented(bare, isBlock || isClosedByIndentation || style?.kind === 'docstring');
}

function withoutBlankEnds(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line !== '');
  if (first === -1) return [];
  return lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}

const BLOCKS: readonly (readonly [open: RegExp, close: string])[] = [
  [/^\s*\/\*+!?(?!\/)/, '*/'],
  [/^\s*\(\*+(?!\))/, '*)'],
  [/^\s*<!--+/, '-->'],
  [/^\s*\{-+ ?\|?/, '-}'],
  [/^\s*<#/, '#>'],
  [/^\s*--\[\[/, ']]'],
  [/^\s*[rRuU]?"""/, '"""'],
  [/^\s*[rRuU]?'''(?!')/, "'''"],
];

/** Takes off the signs of a block comment or docstring around the whole text, or what is left of them. */
function withoutBlockSigns(lines: readonly string[]): string[] {
  const text = lines.join('\n');
  for (const [open, close] of BLOCKS) {
    const opening = open.exec(text)?.[0];
    const isClosed = text.endsWith(close) && text.length >= (opening?.length ?? 0) + close.length;
    const isStray = opening === undefined && lines.at(-1)?.trim() === close;
    if (opening === undefined && !isStray) continue;
    const inner = text.slice(opening?.length ?? 0, isClosed ? -close.length : undefined);
    // Another end inside means that it is not one comment.
    if (inner.includes(close)) continue;
    const body = withoutStars(inner.split('\n'), close === '*/' && opening !== undefined);
    const ended = close === '*/' || close === '*)' ? body.map(withoutClosingStars) : body;
    const kept = withoutBlankEnds(ended.map((line) => line.trimEnd()));
    // The first line stood behind the opening characters, which were followed by a blank.
    return kept.map((line, index) => (index === 0 ? line.trimStart() : line));
  }
  return withoutStars(lines, false);
}

function withoutClosingStars(line: string, index: number, all: readonly string[]): string {
  return index === all.length - 1 ? line.replace(/(?<![*\s])[*\s]+$/, '') : line;
}

const STAR = /^\s*\*(?!\/)(?: |$|(?=[@\w]))/;

/** Takes off the stars at the start of lines, where they are not a list. */
function withoutStars(lines: readonly string[], isBlock: boolean): string[] {
  const strip = (line: string): string => line.replace(STAR, '');
  if (isBlock) return lines.map((line) => line.replace(/^\s*\* ?/, ''));
  const [first = '', ...rest] = lines;
  const said = rest.filter((line) => line.trim() !== '');
  if (!said.every((line) => STAR.test(line))) return [...lines];
  if (STAR.test(first)) return lines.map(strip);
  const isGutter = said.some((line) => /^\s*\*(?:$|\s*@\w)/.test(line));
  return isGutter ? [first, ...rest.map(strip)] : [...lines];
}

/** Signs of line comments, and those that are such only where the language has them. */
const SIGN = /^\s*(\/\/[/!]?|#+[':]?|--+(?: \|)?)(?=\s|$)|^\s*(\/\/[/!]?)(?=\w)/;
const OWN_SIGN = /^\s*(;+|%+|'+|REM)(?=\s|$)/;

/** Takes off the signs of a text of which every line is a line comment. */
function withoutLineSigns(lines: readonly string[], style: CommentStyle | null): string[] {
  const own = style?.kind === 'line' && /^[;%']/.test(style.prefix) ? OWN_SIGN : null;
  const signOf = (line: string): string | undefined => {
    const match = SIGN.exec(line) ?? own?.exec(line);
    return match?.[0];
  };
  const families = new Set(
    lines.filter((line) => line.trim() !== '').map((line) => signOf(line)?.trim().charAt(0)),
  );
  if (families.size !== 1 || families.has(undefined)) return [...lines];
  return withoutBlankEnds(
    lines.map((line) =>
      line
        .slice(signOf(line)?.length ?? 0)
        .replace(/^ /, '')
        .trimEnd(),
    ),
  );
}

/** Lines that a source indents as deep as its own code. */
const SECTION = /^(?:[A-Z][\w ]*:$|@\w+|:\w+[ :]|\\\w+|-{3,}$)/;

/**
 * Without the indentation that all lines share, or all but the first: a worker that copies how
 * documentation looks in a source indents it, and the writer does so again.
 */
function dedented(lines: readonly string[], isSource: boolean): string[] {
  const [first = '', ...rest] = lines;
  if (/^[ \t]/.test(first)) {
    const all = commonIndentation(lines);
    const shifted = lines.map((line) => line.slice(all));
    return /^[ \t]/.test(shifted[0] ?? '')
      ? [(shifted[0] ?? '').trimStart(), ...shifted.slice(1)]
      : shifted;
  }
  const common = commonIndentation(rest);
  const isIndented =
    isSource || rest.some((line) => line.trim() !== '' && SECTION.test(line.slice(common)));
  // What hangs below a head, a tag or an item is deeper on purpose.
  const isHanging = /:$|^[-*@:]|^\d+[.)]\s/.test(first) && lines[1] !== '';
  return common === 0 || !isIndented || isHanging
    ? [...lines]
    : [first, ...rest.map((line) => line.slice(common))];
}

function commonIndentation(lines: readonly string[]): number {
  const said = lines.filter((line) => line.trim() !== '');
  if (said.length === 0) return 0;
  return Math.min(...said.map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0));
}
