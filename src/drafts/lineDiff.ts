import { diffIndices } from 'node-diff3';
import { type SequenceHunk, diffSequences } from './sequenceDiff';

/** Beyond this many changed lines the texts have little in common, and the other method is faster. */
const MAX_LINE_EDITS = 1500;

/** The stretches of lines that differ; lines are compared exactly. */
export function diffLines(before: readonly string[], after: readonly string[]): SequenceHunk[] {
  return (
    diffSequences(before, after, MAX_LINE_EDITS) ??
    diffIndices([...before], [...after]).map(({ buffer1, buffer2 }) => ({
      beforeStart: buffer1[0],
      beforeEnd: buffer1[0] + buffer1[1],
      afterStart: buffer2[0],
      afterEnd: buffer2[0] + buffer2[1],
    }))
  );
}
