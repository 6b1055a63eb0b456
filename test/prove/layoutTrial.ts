import { proveReformat } from '../../src/drafts/proof/proof';
import type { SyntaxService } from '../../src/syntax/syntax';
import type { Random } from '../support/mutate';
import type { CorpusFile } from './corpus';
import { mutateGaps } from './gapMutants';
import type { Judge } from './judges/judge';

/** A verified mutant that the judge refuses or reads as something else. */
export interface Miss {
  readonly file: string;
  readonly kind: 'refused' | 'different';
  readonly base: string;
  readonly proposed: string;
}

export interface LayoutTrial {
  /** Files that judge and grammar can read. */
  readonly files: number;
  readonly mutants: number;
  readonly verified: number;
  /** Mutants that mean the same to the judge, and those of them that are verified. */
  readonly harmless: number;
  readonly harmlessVerified: number;
  readonly misses: readonly Miss[];
}

export interface TrialOptions {
  readonly languageId: string;
  readonly syntax: SyntaxService;
  readonly judge: Judge | null;
  readonly random: Random;
  readonly mutants: number;
}

/** Every how many mutants that are not verified the judge is asked whether they are harmless. */
const ASKED = 4;

/** Proves texts whose white space was changed at random, and asks the judge about those verified. */
export async function tryLayouts(
  files: readonly CorpusFile[],
  options: TrialOptions,
): Promise<LayoutTrial> {
  const readable: (CorpusFile & { readonly reading: string })[] = [];
  for (const file of files) {
    const reading = (await options.judge?.read(file.text, false)) ?? (options.judge ? null : '');
    const tree = await options.syntax.parse(options.languageId, file.text);
    if (reading !== null && tree && !tree.hasErrors && tree.tokens.length > 2) {
      readable.push({ ...file, reading });
    }
  }
  const counts = { mutants: 0, verified: 0, harmless: 0, harmlessVerified: 0 };
  const misses: Miss[] = [];
  for (let index = 0; index < options.mutants && readable.length > 0; index++) {
    const file = readable[Math.floor((index / options.mutants) * readable.length)];
    if (!file) break;
    const kind = await tryOne(file, options, counts);
    if (kind) misses.push({ file: file.path, base: file.text, ...kind });
  }
  return { files: readable.length, ...counts, misses };
}

async function tryOne(
  file: CorpusFile & { readonly reading: string },
  options: TrialOptions,
  counts: { mutants: number; verified: number; harmless: number; harmlessVerified: number },
): Promise<Pick<Miss, 'kind' | 'proposed'> | null> {
  const { languageId, syntax, judge, random } = options;
  const tree = await syntax.parse(languageId, file.text);
  if (!tree) return null;
  const proposed = mutateGaps(file.text, tree, random);
  if (proposed === file.text) return null;
  counts.mutants++;
  const proof = await proveReformat({ base: file.text, proposed, languageId, syntax });
  const isVerified = proof.verdict === 'verified';
  if (isVerified) counts.verified++;
  if (!judge || (!isVerified && counts.mutants % ASKED !== 0)) return null;
  const reading = await judge.read(proposed, false);
  if (reading === file.reading) {
    // Each that was asked about stands for as many as were not.
    counts.harmless += isVerified ? 1 : ASKED;
    if (isVerified) counts.harmlessVerified++;
    return null;
  }
  if (!isVerified) return null;
  return { kind: reading === null ? 'refused' : 'different', proposed };
}
