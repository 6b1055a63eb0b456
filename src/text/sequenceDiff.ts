import { type SequenceHunk, findShortestDiff } from './shortestDiff';

/**
 * Single insertions and deletions up to which the shortest list is looked for. Its cost grows with
 * the square of this number, not with the length of the sequences: some milliseconds.
 */
const MAX_EDITS = 700;
/** The same for all stretches between anchors together, as a sum of squares; what lies beyond is taken whole. */
const MAX_WORK = 350 ** 2;

/**
 * The stretches that differ between two sequences, apart from each other and in order.
 *
 * The list is the shortest there is for sequences that differ in no more than `MAX_EDITS` items.
 * Beyond, items that occur exactly once on both sides hold the sequences together, and what lies
 * between two of them is compared in turn: near the shortest for text that was written by people,
 * and in no case slow.
 */
export function diffSequences(before: readonly string[], after: readonly string[]): SequenceHunk[] {
  const limit = Math.min(MAX_EDITS, before.length + after.length);
  return findShortestDiff(before, after, limit) ?? diffByAnchors(numbered(before, after));
}

/** The same for sequences that differ in more than `MAX_EDITS` items. */
function diffByAnchors({ before, after, positions }: Numbered): SequenceHunk[] {
  const hunks: SequenceHunk[] = [];
  const pending: Stretch[] = [
    { beforeStart: 0, beforeEnd: before.length, afterStart: 0, afterEnd: after.length },
  ];
  let work = MAX_WORK;
  for (let stretch = pending.pop(); stretch; stretch = pending.pop()) {
    const a = before.subarray(stretch.beforeStart, stretch.beforeEnd);
    const b = after.subarray(stretch.afterStart, stretch.afterEnd);
    const limit = Math.min(Math.floor(Math.sqrt(work)), a.length + b.length);
    const found = findShortestDiff(a, b, limit);
    work = Math.max(0, work - (found ? editsOf(found) : limit) ** 2);
    const between = found ? [] : splitAtAnchors(a, b, positions);
    // Later stretches wait below earlier ones, so that hunks come in order.
    for (const part of between.toReversed()) pending.push(shift(part, stretch));
    const whole = { beforeStart: 0, beforeEnd: a.length, afterStart: 0, afterEnd: b.length };
    const taken = found ?? (between.length === 0 ? [whole] : []);
    for (const hunk of taken) addHunk(hunks, shift(hunk, stretch));
  }
  return hunks;
}

/** Room for a position of each item; all are `ABSENT` between two uses. */
interface Positions {
  readonly before: Int32Array;
  readonly after: Int32Array;
}

interface Numbered extends Pairs {
  readonly positions: Positions;
}

/** Both sequences with a number in place of each item, the same for items that are equal. */
function numbered(before: readonly string[], after: readonly string[]): Numbered {
  const numbers = new Map<string, number>();
  const numberOf = (item: string): number => {
    const known = numbers.get(item);
    if (known !== undefined) return known;
    numbers.set(item, numbers.size);
    return numbers.size - 1;
  };
  const both = {
    before: Int32Array.from(before, numberOf),
    after: Int32Array.from(after, numberOf),
  };
  const room = (): Int32Array => new Int32Array(numbers.size).fill(ABSENT);
  return { ...both, positions: { before: room(), after: room() } };
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
function splitAtAnchors(before: Int32Array, after: Int32Array, positions: Positions): Stretch[] {
  const anchors = longestRun(uniquePairs(before, after, positions));
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

/** Positions in both sequences, pair by pair. */
interface Pairs {
  readonly before: Int32Array;
  readonly after: Int32Array;
}

const ABSENT = -1;
const REPEATED = -2;

/** Positions of the items that occur exactly once on both sides, in the order of `before`. */
function uniquePairs(before: Int32Array, after: Int32Array, positions: Positions): Pairs {
  note(before, positions.before);
  note(after, positions.after);
  const found = before.filter(
    (item) => (positions.before[item] ?? ABSENT) >= 0 && (positions.after[item] ?? ABSENT) >= 0,
  );
  const pairs = {
    before: found.map((item) => positions.before[item] ?? 0),
    after: found.map((item) => positions.after[item] ?? 0),
  };
  for (const item of before) positions.before[item] = ABSENT;
  for (const item of after) positions.after[item] = ABSENT;
  return pairs;
}

/** Writes down where each item stands, or that it does so more than once. */
function note(items: Int32Array, positions: Int32Array): void {
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at] ?? 0;
    positions[item] = positions[item] === ABSENT ? at : REPEATED;
  }
}

/** The longest selection of pairs that ascends on both sides, by patience sorting. */
function longestRun(pairs: Pairs): { readonly before: number; readonly after: number }[] {
  const count = pairs.after.length;
  const afterOf = (pair: number): number => pairs.after[pair] ?? 0;
  // The last pair of the best run of each length, and before each pair the one that leads to it.
  const tops = new Int32Array(count);
  const previous = new Int32Array(count);
  let length = 0;
  for (let pair = 0; pair < count; pair += 1) {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (afterOf(tops[middle] ?? 0) < afterOf(pair)) low = middle + 1;
      else high = middle;
    }
    previous[pair] = low > 0 ? (tops[low - 1] ?? ABSENT) : ABSENT;
    tops[low] = pair;
    length = Math.max(length, low + 1);
  }
  const run: { readonly before: number; readonly after: number }[] = [];
  let pair = length > 0 ? (tops[length - 1] ?? ABSENT) : ABSENT;
  for (; pair !== ABSENT; pair = previous[pair] ?? ABSENT) {
    run.push({ before: pairs.before[pair] ?? 0, after: afterOf(pair) });
  }
  return run.reverse();
}
