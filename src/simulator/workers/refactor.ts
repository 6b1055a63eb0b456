import { type Refactor } from './refactors/refactor';
import type { Code } from './code';
import { extractConstant } from './refactors/extractConstant';
import { guardClauses } from './refactors/guardClauses';
import { modernVariables } from './refactors/modernVariables';
import { removeDebugOutput } from './refactors/removeDebugOutput';
import { rename } from './refactors/rename';
import { tidy } from './refactors/tidy';
import type { WorkerJob } from './workerJob';
import { CannotDoError, wordsOf } from './workerJob';

const REFACTORS: readonly Refactor[] = [
  rename,
  extractConstant,
  modernVariables,
  guardClauses,
  removeDebugOutput,
];

/**
 * Carries out the refactor that the words ask for.
 *
 * A recipe's words that are not understood get a selection whose lines have no white space at their
 * ends: a change that is safe everywhere, and nothing else.
 *
 * @throws CannotDoError when the refactor is impossible here, or not understood.
 */
export function refactorCode(code: Code, job: WorkerJob): string {
  const words = wordsOf(job);
  for (const refactor of REFACTORS) {
    const result = refactor(code, words);
    if (result !== null) return result;
  }
  if (job.job === 'refactor') {
    throw new CannotDoError(
      'This is a scripted answer without a language model. It knows: rename NAME to NAME, use early returns, extract the repeated string into a constant, use const instead of var, remove debug output.',
    );
  }
  return tidy(code);
}
