import { type SequenceHunk, findShortestDiff } from './shortestDiff';

/**
 * Single insertions and deletions up to which the shortest list is looked for. Its cost grows with
 * the square of this number, not with the length of the sequences: some milliseconds.
 */
const MAX_EDITS = 1500;
/** The same for all stretches together, as a sum of squares; what lies beyond is taken whole. */
const MAX_WORK = MAX_EDITS ** 2;

/**
 * The stretches that differ between two sequences, apart from each other and in order.
 *
 * The list is the shortest there is for sequences that differ in no more than `MAX_EDITS` items.
 * Beyond, items that occur exactly once on both sides hold the sequences together, and what lies
 * between two of them is compared in turn: near the shortest for text that was written by people,
 * and in no case slow.
 */
export function diffSequences(before: readonly string[], after: readonly string[]): SequenceHunk[] {
  const hunks: SequenceHunk[] = [];
  const pending: Stretch[] = [
    { beforeStart: 0, beforeEnd: before.length, afterStart: 0, afterEnd: after.length },
  ];
  let work = MAX_WORK;
  for (let stretch = pending.pop(); stretch; stretch = pending.pop()) {
    const a = before.slice(stretch.beforeStart, stretch.beforeEnd);
    const b = after.slice(stretch.afterStart, stretch.afterEnd);
    const limit = Math.min(MAX_EDITS, Math.floor(Math.sqrt(work)), a.length + b.length);
    const found = findShortestDiff(a, b, limit);
    work = Math.max(0, work - (found ? editsOf(found) : limit) ** 2);
    const between = found ? [] : splitAtAnchors(a, b);
    // Later stretches wait below earlier ones, so that hunks come in order.
    for (const part of between.toReversed()) pending.push(shift(part, stretch));
    const whole = { beforeStart: 0, beforeEnd: a.length, afterStart: 0, afterEnd: b.length };
    const taken = found ?? (between.length === 0 ? [whole] : []);
    for (const hunk of taken) addHunk(hunks, shift(hunk, stretch));
  }
  return hunks;
}

function editsOf(hunks: readonly SequenceHunk[]): number {
  return hunks.reduce(
    (sum, { beforeStart, beforeEnd, afterStart, afterEnd }) =>
      sum + (beforeEnd - beforeStart) + (afterEnd - afterStart),
    0,
  );
}

type Stretch = SequenceHunk;

function shift(stretch: Stretch, origin: Stretch): Stretch {
  return {
    beforeStart: stretch.beforeStart + origin.beforeStart,
    beforeEnd: stretch.beforeEnd + origin.beforeStart,
    afterStart: stretch.afterStart + origin.afterStart,
    afterEnd: stretch.afterEnd + origin.afterStart,
  };
}

/** Adds a hunk, joined to the one before when nothing is between them. */
function addHunk(hunks: SequenceHunk[], hunk: SequenceHunk): void {
  const last = hunks.at(-1);
  if (last?.beforeEnd === hunk.beforeStart && last.afterEnd === hunk.afterStart) {
    hunks[hunks.length - 1] = { ...last, beforeEnd: hunk.beforeEnd, afterEnd: hunk.afterEnd };
  } else {
    hunks.push(hunk);
  }
}

/** The stretches between items that occur once on both sides and in the same order; may be empty. */
function splitAtAnchors(before: readonly string[], after: readonly string[]): Stretch[] {
  const anchors = longestRun(uniquePairs(before, after));
  if (anchors.length === 0) return [];
  const ends = [...anchors, { before: before.length, after: after.length }];
  let position = { before: 0, after: 0 };
  return ends.map((end) => {
    const stretch = {
      beforeStart: position.before,
      beforeEnd: end.before,
      afterStart: position.after,
      afterEnd: end.after,
    };
    position = { before: end.before + 1, after: end.after + 1 };
    return stretch;
  });
}

interface Pair {
  readonly before: number;
  readonly after: number;
}

/** Positions of the items that occur exactly once on both sides, in the order of `before`. */
function uniquePairs(before: readonly string[], after: readonly string[]): Pair[] {
  const afterPositions = uniquePositions(after);
  const pairs: Pair[] = [];
  for (const [item, position] of uniquePositions(before)) {
    const other = afterPositions.get(item);
    if (other !== undefined) pairs.push({ before: position, after: other });
  }
  return pairs.sort((a, b) => a.before - b.before);
}

function uniquePositions(items: readonly string[]): Map<string, number> {
  const positions = new Map<string, number>();
  const repeated = new Set<string>();
  items.forEach((item, index) => {
    if (positions.has(item)) repeated.add(item);
    positions.set(item, index);
  });
  for (const item of repeated) positions.delete(item);
  return positions;
}

/** The longest selection of pairs that ascends on both sides, by patience sorting. */
function longestRun(pairs: readonly Pair[]): Pair[] {
  interface Link extends Pair {
    readonly previous: Link | undefined;
  }
  const tops: Link[] = [];
  for (const pair of pairs) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tops[middle]?.after ?? 0) < pair.after) low = middle + 1;
      else high = middle;
    }
    tops[low] = { ...pair, previous: tops[low - 1] };
  }
  const run: Pair[] = [];
  for (let link = tops.at(-1); link; link = link.previous) run.push(link);
  return run.reverse();
}
