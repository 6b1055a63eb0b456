/** A stretch that differs: items `[start, end)` of one sequence stand against those of the other. */
export interface SequenceHunk {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

/** Items that are compared by `===`. */
export type Sequence = readonly string[] | Int32Array;

/**
 * The shortest list of stretches that differ between two sequences, by Myers' algorithm.
 *
 * @param maxEdits single insertions and deletions to look for; time and memory grow with its square.
 * @returns null when the sequences differ by more.
 */
export function findShortestDiff(
  before: Sequence,
  after: Sequence,
  maxEdits: number,
): SequenceHunk[] | null {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start++;
  let end = 0;
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end++;

  const a = before.slice(start, before.length - end);
  const b = after.slice(start, after.length - end);
  const trace = searchForward(a, b, maxEdits);
  return trace && collectHunks(trace, { a, b, offset: start });
}

/** Read at `k + edits`: how far into `a` the best path on diagonal `k` gets. One for each step. */
type Trace = readonly Int32Array[];

function searchForward(a: Sequence, b: Sequence, maxEdits: number): Trace | null {
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= Math.min(maxEdits, a.length + b.length); edits++) {
    const previous = trace.at(-1);
    const reached = new Int32Array(2 * edits + 1);
    for (let k = -edits; k <= edits; k += 2) {
      let x = previous ? stepFrom(previous, edits, k).x : 0;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reached[k + edits] = x;
      if (x >= a.length && x - k >= b.length) {
        trace.push(reached);
        return trace;
      }
    }
    trace.push(reached);
  }
  return null;
}

/** The diagonal that step `edits` comes from on its way to diagonal `k`, and where it arrives. */
function stepFrom(previous: Int32Array, edits: number, k: number): { from: number; x: number } {
  const at = (diagonal: number): number => previous[diagonal + edits - 1] ?? -1;
  const insertion = k < edits - 1 || k === -edits ? at(k + 1) : -1;
  const deletion = k > -edits ? at(k - 1) : -1;
  const isInsertion = k === -edits || (k !== edits && deletion < insertion);
  return isInsertion ? { from: k + 1, x: insertion } : { from: k - 1, x: deletion + 1 };
}

function collectHunks(
  trace: Trace,
  context: {
    readonly a: Sequence;
    readonly b: Sequence;
    readonly offset: number;
  },
): SequenceHunk[] {
  const { a, b, offset } = context;
  const hunks: SequenceHunk[] = [];
  let x = a.length;
  let y = b.length;
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const previous = trace[edits - 1] as Int32Array;
    const k = x - y;
    const step = stepFrom(previous, edits, k);
    const fromX = previous[step.from + edits - 1] as number;
    const fromY = fromX - step.from;
    const stepY = step.x - k;
    addStep(hunks, {
      beforeStart: fromX + offset,
      beforeEnd: step.x + offset,
      afterStart: fromY + offset,
      afterEnd: stepY + offset,
    });
    x = fromX;
    y = fromY;
  }
  return hunks.reverse();
}

/** Adds a single step, which comes right before the hunk added last or leaves equal items between. */
function addStep(hunks: SequenceHunk[], step: SequenceHunk): void {
  const last = hunks.at(-1);
  if (last?.beforeStart === step.beforeEnd && last.afterStart === step.afterEnd) {
    hunks[hunks.length - 1] = {
      ...last,
      beforeStart: step.beforeStart,
      afterStart: step.afterStart,
    };
  } else {
    hunks.push(step);
  }
}
