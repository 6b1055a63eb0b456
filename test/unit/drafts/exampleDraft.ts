import type { ConflictMarks } from '../../../src/text/conflictText';
import { type Draft, type DraftEvent, createDraft, reduceDraft } from '../../../src/drafts/draft';
import type { ProofResult } from '../../../src/drafts/proof/proofResult';

export const MARKS: ConflictMarks = { nonce: 'n0nce', ownsSeparator: true, addedFinalEol: false };

export const VERIFIED: ProofResult = {
  verdict: 'verified',
  claim: 'only-comments-added',
  differences: [],
  differenceCount: 0,
  keepsAllLines: true,
};

/** `proposed\n` is in the document. */
export const APPLIED: Extract<DraftEvent, { type: 'applied' }> = {
  type: 'applied',
  atMs: 5,
  text: 'proposed\n',
  place: {
    range: { state: 'untouched', start: 10, end: 19 },
    surroundings: { before: 'above\n', after: 'below\n' },
    documentVersion: 4,
  },
};

/** A draft of `base\n` at offset 10 whose run has begun. */
export function runningDraft(id = 'draft-1'): Draft {
  return createDraft({
    id,
    runId: `run-${id}`,
    taskId: 'refactor',
    originLabel: 'Refactor a.ts:2–3',
    createdAtMs: 1000,
    documentUri: 'file:///a.ts',
    languageId: 'typescript',
    documentVersion: 3,
    range: { start: 10, end: 15 },
    base: 'base\n',
    surroundings: { before: 'above\n', after: 'below\n' },
  });
}

/** The same with `proposed\n` as its answer. */
export function readyDraft(id = 'draft-1'): Draft {
  return reduceDraft(runningDraft(id), { type: 'proposed', text: 'proposed\n', proof: null });
}
