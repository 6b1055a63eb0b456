import type { SyntaxService } from '../syntax/syntax';
import { sharedWords } from '../text/lexical';

/**
 * What speaks against an edit that no proof covers.
 *
 * - `unaccepted`: the orchestrator did not accept it.
 * - `syntax-errors`: the code had none before.
 * - `declarations-gone`: it declares fewer names than before.
 * - `much-missing`: much of the code is not there any more.
 * - `little-in-common`: it is hardly the same code.
 */
export const DOUBTS = [
  'unaccepted',
  'syntax-errors',
  'declarations-gone',
  'much-missing',
  'little-in-common',
] as const;
export type Doubt = (typeof DOUBTS)[number];

export interface InspectedEdit {
  readonly base: string;
  readonly proposed: string;
  readonly languageId: string;
  readonly syntax: SyntaxService;
}

/** Shorter code may well be replaced as a whole. */
const MIN_WORDS = 20;
const MISSING_SHARE = 0.6;
const COMMON_SHARE = 0.2;

/** Looks for signs that an edit lost or broke something. None of them is a proof. */
export async function inspectEdit(edit: InspectedEdit): Promise<readonly Doubt[]> {
  const doubts: Doubt[] = [...(await syntaxDoubts(edit))];
  const before = wordCount(edit.base);
  if (before < MIN_WORDS) return doubts;
  if (sharedWords(edit.base, edit.proposed) < COMMON_SHARE) doubts.push('little-in-common');
  else if (wordCount(edit.proposed) < before * MISSING_SHARE) doubts.push('much-missing');
  return doubts;
}

async function syntaxDoubts({
  base,
  proposed,
  languageId,
  syntax,
}: InspectedEdit): Promise<readonly Doubt[]> {
  const before = await syntax.parse(languageId, base).catch(() => null);
  const after = await syntax.parse(languageId, proposed).catch(() => null);
  // A stretch of code that does not stand alone has errors to begin with.
  if (!before || !after || before.hasErrors) return [];
  if (after.hasErrors) return ['syntax-errors'];
  return after.declarations.length < before.declarations.length ? ['declarations-gone'] : [];
}

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}_$]+/gu)?.length ?? 0;
}
