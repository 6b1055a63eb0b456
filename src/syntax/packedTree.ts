import type { SyntaxToken, SyntaxTree } from './syntax';

/**
 * A tree as it goes from one thread to another. Tokens are many and small: as objects they would
 * take longer to copy than they took to find.
 */
export interface PackedTree extends Omit<SyntaxTree, 'tokens' | 'gaps' | 'blockDepths'> {
  /** Kind, start and end of each token, one after the other. */
  readonly tokens: Uint32Array;
  /** What counts of the tokens that are not as they are written. */
  readonly texts: ReadonlyMap<number, string>;
  /** Each token's place in `marks`. */
  readonly gaps: Uint32Array;
  readonly marks: readonly string[];
  readonly blockDepths: Uint32Array;
}

const KINDS = ['code', 'comment', 'doc'] as const;
const NUMBERS = 3;

export function packTree(tree: SyntaxTree): PackedTree {
  const tokens = new Uint32Array(tree.tokens.length * NUMBERS);
  const texts = new Map<number, string>();
  tree.tokens.forEach(({ kind, start, end, text }, index) => {
    tokens.set([KINDS.indexOf(kind), start, end], index * NUMBERS);
    if (text !== undefined) texts.set(index, text);
  });
  const places = new Map<string, number>();
  const gaps = Uint32Array.from(tree.gaps, (mark) => {
    const place = places.get(mark) ?? places.size;
    places.set(mark, place);
    return place;
  });
  const marks = [...places.keys()];
  return { ...tree, tokens, texts, gaps, marks, blockDepths: Uint32Array.from(tree.blockDepths) };
}

/** The buffers of a packed tree, which can change hands without being copied. */
export function buffersOf({ tokens, gaps, blockDepths }: PackedTree): ArrayBuffer[] {
  return [tokens, gaps, blockDepths].map(({ buffer }) => buffer as ArrayBuffer);
}

export function unpackTree({ texts, marks, ...packed }: PackedTree): SyntaxTree {
  const tokens: SyntaxToken[] = [];
  for (let index = 0; index * NUMBERS < packed.tokens.length; index++) {
    const at = index * NUMBERS;
    const token = {
      kind: KINDS[packed.tokens[at] ?? 0] ?? 'code',
      start: packed.tokens[at + 1] ?? 0,
      end: packed.tokens[at + 2] ?? 0,
    };
    const text = texts.get(index);
    tokens.push(text === undefined ? token : { ...token, text });
  }
  return {
    ...packed,
    tokens,
    gaps: Array.from(packed.gaps, (place) => marks[place] ?? ''),
    blockDepths: Array.from(packed.blockDepths),
  };
}
