import { PROOFS } from '../drafts/proof/proof';
import type { ProofResult } from '../drafts/proof/proofResult';
import type { ProofTexts } from '../drafts/proof/proofThread';
import type { SyntaxService } from '../syntax/syntax';
import type { TaskClaim, TaskDefinition } from '../tasks/task';

type ProofInput = Parameters<(typeof PROOFS)['comments-added']>[0];

/** A syntax service that proves as well, in a thread of its own. */
export interface ProvingSyntax extends SyntaxService {
  prove(claim: TaskClaim, texts: ProofTexts): Promise<ProofResult>;
}

export function isProving(syntax: SyntaxService): syntax is ProvingSyntax {
  return 'prove' in syntax && typeof syntax.prove === 'function';
}

/** Tries to prove what a task claims of its edits; null for a task that claims nothing. */
export async function proveClaim(
  { claim }: TaskDefinition,
  input: ProofInput,
): Promise<ProofResult | null> {
  if (claim === undefined) return null;
  const { syntax, ...texts } = input;
  return isProving(syntax) ? syntax.prove(claim, texts) : PROOFS[claim](input);
}
