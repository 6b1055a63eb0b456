import type { SyntaxTree } from '../../src/syntax/syntax';
import { applyEdits } from '../../src/text/offsets';
import type { Random } from '../support/mutate';

const SPACES = ['', ' ', '\n', '\n    ', '\n\n', '\t', '  ', ' \\\n ', '\\\n'] as const;
/** How often each is taken: a break or nothing finds most. */
const WEIGHTS = [4, 3, 5, 3, 1, 1, 1, 1, 1] as const;

/** The text with the white space at one to three places changed, or one line indented otherwise. */
export function mutateGaps(text: string, tree: SyntaxTree, random: Random): string {
  if (random(6) === 0) return indentLine(text, random);
  const edits = new Map<number, { offset: number; length: number; text: string }>();
  const places = 1 + (random(3) === 0 ? random(3) : 0);
  for (let count = 0; count < places; count++) {
    const index = 1 + random(Math.max(1, tree.tokens.length - 1));
    const start = tree.tokens[index - 1]?.end;
    const end = tree.tokens[index]?.start;
    if (start === undefined || end === undefined) continue;
    edits.set(start, { offset: start, length: end - start, text: chosenSpace(random) });
  }
  return applyEdits(
    text,
    [...edits.values()].sort((a, b) => a.offset - b.offset),
  );
}

function chosenSpace(random: Random): string {
  let rest = random(WEIGHTS.reduce<number>((sum, weight) => sum + weight, 0));
  const index = WEIGHTS.findIndex((weight) => (rest -= weight) < 0);
  return SPACES[index] ?? ' ';
}

function indentLine(text: string, random: Random): string {
  const lines = text.split('\n');
  const index = random(lines.length);
  const line = lines[index] ?? '';
  const changed = [
    ` ${line}`,
    line.replace(/^[ \t]/, ''),
    `\t${line}`,
    line.trimStart(),
    `    ${line}`,
  ];
  return lines.with(index, changed[random(changed.length)] ?? line).join('\n');
}
