import { diff3MergeRegions } from 'node-diff3';
import { countLineEnds, splitLines } from './lines';
import { diffSequences } from './sequenceDiff';
import type { SequenceHunk } from './shortestDiff';

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

/** UTF-16 units of all versions; larger ones are shown beside each other and not looked into. */
const MAX_LENGTH = 1_500_000;
/** Lines of all versions: what can be merged within one turn of the editor's event loop. */
const MAX_LINES = 30_000;

/**
 * Merges line by line, as diff3 does.
 *
 * Lines are compared exactly: white space and line endings count. A change of one side alone is
 * taken, the same change of both sides is taken once. Changes of both sides that overlap or meet,
 * without an unchanged line between them, are a conflict; nothing is guessed.
 */
export function mergeThreeWay(input: MergeInput): MergeResult {
  const { base, mine, theirs } = input;
  // Diffs answer these too; here they are certain, and a large text is not even split.
  if (mine === base || mine === theirs) return { kind: 'merged', text: theirs };
  if (theirs === base) return { kind: 'merged', text: mine };

  if (isTooLarge(input)) {
    return { kind: 'conflicts', regions: [{ kind: 'conflict', base, mine, theirs }] };
  }
  const sides = { base: splitLines(base), mine: splitLines(mine), theirs: splitLines(theirs) };
  const regions = mergeLines(sides);
  if (regions.some(({ kind }) => kind === 'conflict')) return { kind: 'conflicts', regions };
  return {
    kind: 'merged',
    text: regions.map((region) => (region.kind === 'agreed' ? region.text : '')).join(''),
  };
}

/** Lines are counted before anything is cut into them, which takes time as well. */
function isTooLarge({ base, mine, theirs }: MergeInput): boolean {
  if (base.length + mine.length + theirs.length > MAX_LENGTH) return true;
  const most = MAX_LINES + 1;
  const lines = [base, mine, theirs].map((text) => countLineEnds(text, most));
  return lines.reduce((sum, count) => sum + count) > MAX_LINES;
}

interface Sides {
  readonly base: readonly string[];
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

/**
 * Cuts the versions where all three are equal, and merges what is left between the cuts. The
 * library alone would do, but its cost grows with the square of the lines that are alike, and code
 * is full of them: six thousand lines with blank ones and braces take it minutes.
 */
function mergeLines(sides: Sides): MergeRegion[] {
  const { base, mine, theirs } = sides;
  const regions: MergeRegion[] = [];
  let position = { base: 0, mine: 0, theirs: 0 };
  const stretches = stretchesOf(diffSequences(base, mine), diffSequences(base, theirs));
  for (const stretch of stretches) {
    const length = stretch.start - position.base;
    const mineStart = position.mine + length;
    const theirsStart = position.theirs + length;
    const mineEnd = mineStart + (stretch.end - stretch.start) + stretch.mineGrowth;
    const theirsEnd = theirsStart + (stretch.end - stretch.start) + stretch.theirsGrowth;
    regions.push(agreed(base.slice(position.base, stretch.start)));
    regions.push(
      ...mergeStretch({
        base: base.slice(stretch.start, stretch.end),
        mine: mine.slice(mineStart, mineEnd),
        theirs: theirs.slice(theirsStart, theirsEnd),
      }),
    );
    position = { base: stretch.end, mine: mineEnd, theirs: theirsEnd };
  }
  regions.push(agreed(base.slice(position.base)));
  return joinAgreed(regions);
}

/** Lines of the base that at least one side changed, with how many lines each side added there. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly mineGrowth: number;
  readonly theirsGrowth: number;
}

/** Joins hunks of both sides that overlap or meet. */
function stretchesOf(mine: readonly SequenceHunk[], theirs: readonly SequenceHunk[]): Stretch[] {
  const single = (hunk: SequenceHunk, isMine: boolean): Stretch => {
    const growth = hunk.afterEnd - hunk.afterStart - (hunk.beforeEnd - hunk.beforeStart);
    return {
      start: hunk.beforeStart,
      end: hunk.beforeEnd,
      mineGrowth: isMine ? growth : 0,
      theirsGrowth: isMine ? 0 : growth,
    };
  };
  const all = [
    ...mine.map((hunk) => single(hunk, true)),
    ...theirs.map((hunk) => single(hunk, false)),
  ].sort((a, b) => a.start - b.start);
  const joined: Stretch[] = [];
  for (const next of all) {
    const last = joined.at(-1);
    if (!last || next.start > last.end) {
      joined.push(next);
      continue;
    }
    joined[joined.length - 1] = {
      start: last.start,
      end: Math.max(last.end, next.end),
      mineGrowth: last.mineGrowth + next.mineGrowth,
      theirsGrowth: last.theirsGrowth + next.theirsGrowth,
    };
  }
  return joined;
}

/** Above this many lines a stretch is not looked into any further. */
const MAX_STRETCH_LINES = 1000;

function mergeStretch({ base, mine, theirs }: Sides): MergeRegion[] {
  const isLong = base.length + mine.length + theirs.length > MAX_STRETCH_LINES;
  const isOneSided = sameLines(mine, base) || sameLines(theirs, base);
  if (isLong || isOneSided) return [regionOf({ base, mine, theirs })];
  return diff3MergeRegions([...mine], [...base], [...theirs]).map((region) =>
    region.stable
      ? agreed(region.bufferContent)
      : regionOf({ base: region.oContent, mine: region.aContent, theirs: region.bContent }),
  );
}

function regionOf(sides: Sides): MergeRegion {
  const { base, mine, theirs } = sides;
  if (sameLines(mine, theirs) || sameLines(mine, base)) return agreed(theirs);
  if (sameLines(theirs, base)) return agreed(mine);
  return { kind: 'conflict', base: base.join(''), mine: mine.join(''), theirs: theirs.join('') };
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

function agreed(lines: readonly string[]): MergeRegion {
  return { kind: 'agreed', text: lines.join('') };
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
