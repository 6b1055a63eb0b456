import type { SyntaxService } from '../../syntax/syntax';
import { hasConflictMarkers, resolvedText } from '../../text/conflictText';
import { type MergeRegion, mergeThreeWay } from '../../text/merge';
import { hashOf } from '../hash';
import type { BatchJob } from '../job';
import type { BatchFile } from '../journal/batchState';
import type { Journal } from '../journal/journal';
import type { Results } from '../journal/results';
import type { WorkspaceFiles, WriteProblem } from '../ports';
import { proveClaim } from '../../drafts/proof/proveClaim';

/**
 * What became of a file that was to be written.
 *
 * - `written`, `merged`: it has the result, or the result together with what changed meanwhile.
 * - `already`: it had the result before.
 * - `conflict`: the same lines changed meanwhile, or both changes together cannot be proven.
 * - `lost`: there is no result to write.
 */
export type ApplyEnd = 'written' | 'merged' | 'already' | 'conflict' | 'lost' | WriteProblem;

/** What a file would become if it were written. */
export type ApplyPlan =
  | { readonly kind: 'write'; readonly text: string; readonly isMerged: boolean }
  | { readonly kind: 'already' | 'lost' }
  /** No regions where the result itself still holds both versions. */
  | { readonly kind: 'conflict'; readonly regions: readonly MergeRegion[] };

export interface ApplyContext {
  readonly job: BatchJob;
  readonly files: WorkspaceFiles;
  readonly journal: Journal;
  readonly results: Results;
  readonly syntax: SyntaxService;
}

/** What a result makes of a file whose text is `current` now. */
export async function planApply(
  file: BatchFile,
  current: string,
  { job, results, syntax }: Pick<ApplyContext, 'job' | 'results' | 'syntax'>,
): Promise<ApplyPlan> {
  const stored = file.result === '' ? null : await results.get(file.n, file.result);
  if (stored?.kind !== 'edit') return { kind: 'lost' };
  const { base, marks } = stored;
  if (marks && hasConflictMarkers(stored.proposed, marks)) return { kind: 'conflict', regions: [] };
  const proposed = marks ? resolvedText(stored.proposed, marks) : stored.proposed;
  if (current === proposed) return { kind: 'already' };
  const merge = mergeThreeWay({ base, mine: current, theirs: proposed });
  if (merge.kind === 'conflicts') return { kind: 'conflict', regions: merge.regions };
  const isMerged = current !== base;
  const { text } = merge;
  if (text === current) return { kind: 'already' };
  // What was proven is another text than the one that would be written.
  const isSure =
    !isMerged ||
    file.standing !== 'verified' ||
    (await isProven(file, { job, syntax, current, text }));
  if (isSure) return { kind: 'write', text, isMerged };
  return {
    kind: 'conflict',
    regions: [{ kind: 'conflict', base, mine: current, theirs: proposed }],
  };
}

async function isProven(
  { languageId }: BatchFile,
  versions: {
    readonly job: BatchJob;
    readonly syntax: SyntaxService;
    readonly current: string;
    readonly text: string;
  },
): Promise<boolean> {
  const { job, syntax, current, text } = versions;
  if (job.task.claim === undefined) return true;
  const proof = await proveClaim(job.task.claim, {
    base: current,
    proposed: text,
    languageId,
    syntax,
  });
  return proof.verdict === 'verified';
}

/**
 * Writes one file's result into the workspace. What the file was before is kept first, so that it
 * can be undone, and the journal knows of the intention before the file changes.
 */
export async function applyFile(file: BatchFile, context: ApplyContext): Promise<ApplyEnd> {
  const { files, journal, results } = context;
  const bytes = await files.read(file.path);
  if (bytes === null) return 'gone';
  const before = hashOf(bytes);
  if (file.applied?.after === before) {
    if (!file.applied.isSure) await journal.add({ t: 'applied', n: file.n });
    return 'already';
  }
  const plan = await planApply(file, bytes.toString('utf8'), context);
  if (plan.kind !== 'write') return plan.kind;
  const next = Buffer.from(plan.text);
  await results.putBefore(file.n, bytes);
  await journal.add({ t: 'applying', n: file.n, before, after: hashOf(next) });
  const problem = await files.write(file.path, next, before);
  if (problem) {
    await journal.add({ t: 'undone', n: file.n });
    return problem;
  }
  await noteActual(file.n, { before, expected: hashOf(next) }, context);
  await journal.add({ t: 'applied', n: file.n });
  return plan.isMerged ? 'merged' : 'written';
}

/** An editor formats what it saves: what counts for undoing is what is there then. */
async function noteActual(
  n: number,
  { before, expected }: { readonly before: string; readonly expected: string },
  { files, journal }: ApplyContext,
): Promise<void> {
  const path = journal.state.files.get(n)?.path ?? '';
  const bytes = await files.read(path);
  const after = bytes === null ? expected : hashOf(bytes);
  if (after !== expected) await journal.add({ t: 'applying', n, before, after });
}

/** - `restored`: as before. - `kept`: it changed since it was written, so it is left alone. */
export type UndoEnd = 'restored' | 'kept' | 'lost' | WriteProblem;

/** Gives a file back the bytes that it had, if it is still as it was written. */
export async function undoFile(
  file: BatchFile,
  { files, journal, results }: ApplyContext,
): Promise<UndoEnd> {
  const { applied } = file;
  if (!applied) return 'lost';
  const bytes = await files.read(file.path);
  if (bytes === null) return 'gone';
  const now = hashOf(bytes);
  if (now === applied.before) {
    await journal.add({ t: 'undone', n: file.n });
    return 'restored';
  }
  if (now !== applied.after) return 'kept';
  const before = await results.before(file.n);
  if (before === null || hashOf(before) !== applied.before) return 'lost';
  const problem = await files.write(file.path, before, applied.after);
  if (problem) return problem === 'changed' ? 'kept' : problem;
  await journal.add({ t: 'undone', n: file.n });
  return 'restored';
}
