import type { SyntaxService } from '../../syntax/syntax';
import type { TaskClaim } from '../../tasks/task';
import type { ProofInput } from './parsedVersions';
import { PROOFS } from './proof';
import type { ProofResult } from './proofResult';
import type { ProofTexts } from './proofThread';

/** A syntax service that proves as well, in a thread of its own. */
export interface ProvingSyntax extends SyntaxService {
  prove(claim: TaskClaim, texts: ProofTexts): Promise<ProofResult>;
}

export function isProving(syntax: SyntaxService): syntax is ProvingSyntax {
  return 'prove' in syntax && typeof syntax.prove === 'function';
}

/** Tries to prove what a task claims of its edits, in the thread of the grammars where they have one. */
export function proveClaim(claim: TaskClaim, input: ProofInput): Promise<ProofResult> {
  const { syntax, ...texts } = input;
  return isProving(syntax) ? syntax.prove(claim, texts) : PROOFS[claim](input);
}
