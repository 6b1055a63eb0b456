import { randomBytes } from 'node:crypto';
import { hasConflictMarkers, renderConflicts, type ConflictLabels } from '../text/conflictText';
import { dominantEol } from '../text/lines';
import { type ApplyContext, planApply } from './apply/applyFile';
import type { BatchFile } from './journal/batchState';
import type { Standing } from './journal/records';
import type { StoredResult } from './journal/results';
import { keepLineEnds } from './produce/fileText';
import { proveClaim } from '../drafts/proof/proveClaim';

/** Where a reviewer finds a file; `waiting` has no result yet and is shown nowhere. */
export const REVIEW_GROUPS = [
  'verified',
  'look',
  'conflicts',
  'failed',
  'applied',
  'skipped',
] as const;

export type ReviewGroup = (typeof REVIEW_GROUPS)[number];

export function reviewGroup(file: BatchFile): ReviewGroup | 'waiting' {
  if (file.applied) return 'applied';
  if (file.isDiscarded) return 'skipped';
  switch (file.standing) {
    case null:
      return 'waiting';
    case 'verified':
      return 'verified';
    case 'read':
    case 'unread':
    case 'doubtful':
      return 'look';
    case 'conflict':
      return 'conflicts';
    case 'failed':
      return 'failed';
    case 'unchanged':
      return 'skipped';
  }
}

/** Takes over what a reviewer made of a result, and proves it again. @returns how it stands now. */
export async function reviseFile(
  file: BatchFile,
  text: string,
  context: Omit<ApplyContext, 'files'>,
): Promise<Standing | null> {
  const { results, job, syntax } = context;
  const stored = await results.get(file.n, file.result);
  if (stored?.kind !== 'edit' || stored.proposed === text) return file.standing;
  const { base, marks } = stored;
  // An editor gives all lines the same end; those that were not touched keep theirs.
  const next = { ...stored, proposed: keepLineEnds(base, text) };
  const proof =
    marks && hasConflictMarkers(text, marks)
      ? 'conflict'
      : job.task.claim &&
        (await proveClaim(job.task.claim, {
          base,
          proposed: next.proposed,
          languageId: file.languageId,
          syntax,
        }));
  let standing: Standing = 'read';
  if (proof === 'conflict') standing = 'conflict';
  else if (next.proposed === base) standing = 'unchanged';
  else if (proof) standing = proof.verdict === 'verified' ? 'verified' : 'doubtful';
  const reason = standing === 'doubtful' && proof ? `proof-${verdictOf(proof)}` : '';
  await keep(file, { stored: next, standing, reason }, context);
  return standing;
}

function verdictOf(proof: 'conflict' | { readonly verdict: string }): string {
  return proof === 'conflict' ? proof : proof.verdict;
}

/**
 * Writes both versions of a result that no longer fits its file into one text, so that a reviewer
 * can choose; what the file is now becomes its base.
 *
 * @param current the file's text as it is now.
 */
export async function layOutConflict(
  file: BatchFile,
  current: string,
  context: Omit<ApplyContext, 'files'> & { readonly labels: ConflictLabels },
): Promise<void> {
  const plan = await planApply(file, current, context);
  if (plan.kind !== 'conflict' || plan.regions.length === 0) return;
  const { text, marks } = renderConflicts(plan.regions, {
    nonce: randomBytes(4).toString('hex'),
    labels: context.labels,
    eol: dominantEol(current) ?? '\n',
  });
  const stored: StoredResult = { kind: 'edit', base: current, proposed: text, marks };
  await keep(file, { stored, standing: 'conflict', reason: '' }, context);
}

async function keep(
  { n }: BatchFile,
  change: {
    readonly stored: StoredResult;
    readonly standing: Standing;
    readonly reason: string;
  },
  { results, journal }: Pick<ApplyContext, 'results' | 'journal'>,
): Promise<void> {
  const { stored, standing, reason } = change;
  const result = await results.put(n, stored);
  await journal.add({ t: 'done', n, standing, by: 'user', reason, result });
}
