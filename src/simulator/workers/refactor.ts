import { type Refactor } from './refactors/refactor';
import type { Code } from './code';
import { extractConstant } from './refactors/extractConstant';
import { guardClauses } from './refactors/guardClauses';
import { modernVariables } from './refactors/modernVariables';
import { removeDebugOutput } from './refactors/removeDebugOutput';
import { rename } from './refactors/rename';
import { tidy } from './refactors/tidy';
import type { WorkerJob } from './workerJob';
import { wordsOf } from './workerJob';

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
 * Words that are not understood get a selection whose lines have no white space at their ends: a
 * change that is safe everywhere, and nothing else.
 *
 * @throws CannotDoError when the refactor is understood and impossible here.
 */
export function refactorCode(code: Code, job: WorkerJob): string {
  const words = wordsOf(job);
  for (const refactor of REFACTORS) {
    const result = refactor(code, words);
    if (result !== null) return result;
  }
  return tidy(code);
}
