/** A text moved to the left margin, with what it takes to move it back. */
export interface Dedented {
  readonly text: string;
  readonly margin: string;
  /** Whether the first line stood at the margin of the text without its indentation. */
  readonly isFirstLineBare: boolean;
}

const CLOSER = /^[)\]}]|^end\b/;

/** Takes off the indentation that all lines share. */
export function dedent(text: string): Dedented {
  const lines = text.split('\n');
  const [first = '', ...rest] = lines;
  const visible = rest.filter((line) => line.trim() !== '');
  // A selection that begins within its first line has its margin in the line that closes it.
  const last = visible.at(-1) ?? '';
  const isFirstLineBare = /^\S/.test(first) && CLOSER.test(last.trim()) && /^\s/.test(last);
  const margin = isFirstLineBare
    ? indentation(last)
    : sharedIndentation(lines.filter((line) => line.trim() !== ''));
  return {
    text: lines
      .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line))
      .join('\n'),
    margin,
    isFirstLineBare,
  };
}

/**
 * Puts the margin back before each line that is not blank.
 *
 * @param isFixed - Whether a line, by its zero-based number, must stay as it is because it begins
 * inside of a literal.
 */
export function indent(
  text: string,
  { margin, isFirstLineBare }: Dedented,
  isFixed: (line: number) => boolean,
): string {
  return text
    .split('\n')
    .map((line, index) => {
      const stays = line.trim() === '' || isFixed(index) || (index === 0 && isFirstLineBare);
      return stays ? line : margin + line;
    })
    .join('\n');
}

export function indentation(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function sharedIndentation(lines: readonly string[]): string {
  const [first, ...others] = lines.map(indentation);
  if (first === undefined) return '';
  let shared = first;
  for (const other of others) {
    while (!other.startsWith(shared)) shared = shared.slice(0, -1);
  }
  return shared;
}
