import { diff3MergeRegions } from 'node-diff3';
import { splitLines } from './lines';

/** Three versions of a text. */
export interface MergeInput {
  /** What both others started from: the text as it was sent. */
  readonly base: string;
  /** The text as it is in the document now. */
  readonly mine: string;
  /** The text as the draft proposes it. */
  readonly theirs: string;
}

/** A stretch of a merge; the regions of a merge are in order and leave nothing out. */
export type MergeRegion =
  { readonly kind: 'agreed'; readonly text: string } | ({ readonly kind: 'conflict' } & MergeInput);

export type MergeResult =
  | { readonly kind: 'merged'; readonly text: string }
  | { readonly kind: 'conflicts'; readonly regions: readonly MergeRegion[] };

/**
 * Merges line by line, as diff3 does.
 *
 * Lines are compared exactly: white space and line endings count. A change of one side alone is
 * taken, the same change of both sides is taken once. Changes of both sides that overlap or meet,
 * without an unchanged line between them, are a conflict; nothing is guessed.
 */
export function mergeThreeWay(input: MergeInput): MergeResult {
  const { base, mine, theirs } = input;
  // The library answers these too; here they are certain, and a large file is not even split.
  if (mine === base || mine === theirs) return { kind: 'merged', text: theirs };
  if (theirs === base) return { kind: 'merged', text: mine };

  const regions = mergeLines({
    base: splitLines(base),
    mine: splitLines(mine),
    theirs: splitLines(theirs),
  });
  if (regions.some(({ kind }) => kind === 'conflict')) return { kind: 'conflicts', regions };
  return {
    kind: 'merged',
    text: regions.map((region) => (region.kind === 'agreed' ? region.text : '')).join(''),
  };
}

interface Sides {
  readonly base: readonly string[];
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

function mergeLines(sides: Sides): MergeRegion[] {
  // The library's cost grows with the square of the length, so it gets only what differs.
  const { before, inside, after } = cutCommonEnds(sides);
  const regions: MergeRegion[] = [{ kind: 'agreed', text: before.join('') }];
  for (const region of diff3MergeRegions([...inside.mine], [...inside.base], [...inside.theirs])) {
    if (region.stable) {
      regions.push({ kind: 'agreed', text: region.bufferContent.join('') });
      continue;
    }
    const mine = region.aContent.join('');
    const theirs = region.bContent.join('');
    regions.push(
      mine === theirs
        ? { kind: 'agreed', text: mine }
        : { kind: 'conflict', base: region.oContent.join(''), mine, theirs },
    );
  }
  regions.push({ kind: 'agreed', text: after.join('') });
  return joinAgreed(regions);
}

/** Splits off the lines that all three sides start and end with. */
function cutCommonEnds(sides: Sides): {
  readonly before: readonly string[];
  readonly inside: Sides;
  readonly after: readonly string[];
} {
  const { base, mine, theirs } = sides;
  const shortest = Math.min(base.length, mine.length, theirs.length);
  let start = 0;
  while (start < shortest && base[start] === mine[start] && base[start] === theirs[start]) start++;
  let end = 0;
  while (
    end < shortest - start &&
    base.at(-1 - end) === mine.at(-1 - end) &&
    base.at(-1 - end) === theirs.at(-1 - end)
  ) {
    end++;
  }
  const cut = (lines: readonly string[]): string[] => lines.slice(start, lines.length - end);
  return {
    before: base.slice(0, start),
    inside: { base: cut(base), mine: cut(mine), theirs: cut(theirs) },
    after: base.slice(base.length - end),
  };
}

function joinAgreed(regions: readonly MergeRegion[]): MergeRegion[] {
  const joined: MergeRegion[] = [];
  for (const region of regions) {
    const last = joined.at(-1);
    if (region.kind === 'agreed' && region.text === '') continue;
    if (region.kind === 'agreed' && last?.kind === 'agreed') {
      joined[joined.length - 1] = { kind: 'agreed', text: last.text + region.text };
    } else {
      joined.push(region);
    }
  }
  return joined;
}
