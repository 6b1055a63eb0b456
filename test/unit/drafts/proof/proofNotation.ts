import { syntax } from '../../syntax/service';
import type { proveDocstring } from '../../../../src/drafts/proof/proof';
import type { ProofResult } from '../../../../src/drafts/proof/proofResult';

/** The verdict with its claim or reason, then each difference: `changed; 2 code x -> y`. */
export function writeProof(result: ProofResult): string {
  const why = result.verdict === 'unverified' ? result.reason : result.claim;
  const differences = result.differences.map(
    ({ kind, line, before, after }) =>
      `${String(line)} ${kind} ${before || 'nothing'} -> ${after || 'nothing'}`,
  );
  return [why ? `${result.verdict} ${why}` : result.verdict, ...differences].join('; ');
}

export interface ProofCase {
  readonly name: string;
  readonly languageId: string;
  readonly base: string;
  readonly proposed: string;
  /** As `writeProof` writes it. */
  readonly result: string;
}

/** Proves a case and writes the result. */
export async function checkProof(prove: typeof proveDocstring, given: ProofCase): Promise<string> {
  const { base, proposed, languageId } = given;
  return writeProof(await prove({ base, proposed, languageId, syntax }));
}
