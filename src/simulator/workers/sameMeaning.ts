import { tokenText, type SyntaxTree } from '../../syntax/syntax';

/** A text and its tree. */
export interface Parsed {
  readonly text: string;
  readonly tree: SyntaxTree;
}

/** Whether two texts differ in layout alone: same tokens, comments, nesting and shape. */
export function isSameMeaning(before: Parsed, after: Parsed): boolean {
  if (before.tree.hasErrors !== after.tree.hasErrors) return false;
  const first = meaningOf(before);
  const second = meaningOf(after);
  return (
    first.length === second.length &&
    first.every((item, index) => item === second[index]) &&
    (before.tree.hasErrors || before.tree.structure === after.tree.structure)
  );
}

function meaningOf({ text, tree }: Parsed): string[] {
  return tree.tokens.map((token, index) => {
    const depth = token.kind === 'code' ? (tree.blockDepths[index] ?? 0) : 0;
    return `${token.kind} ${depth} ${tokenText(token, text)}`;
  });
}
