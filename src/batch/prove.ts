import { PROOFS } from '../drafts/proof/proof';
import type { ProofResult } from '../drafts/proof/proofResult';
import type { TaskDefinition } from '../tasks/task';

type ProofInput = Parameters<(typeof PROOFS)['comments-added']>[0];

/** Tries to prove what a task claims of its edits; null for a task that claims nothing. */
export async function proveClaim(
  { claim }: TaskDefinition,
  input: ProofInput,
): Promise<ProofResult | null> {
  if (claim === undefined) return null;
  return PROOFS[claim](input);
}
