import { createSyntaxService } from '../../syntax/syntaxService';
import { loadGrammarFile } from '../../syntax/grammarFiles';
import { readCode } from './code';
import { frequentName } from './frequentName';
import { refactorCode } from './refactor';
import { CannotDoError, type WorkerJob } from './workerJob';

/** A refactor that the simulator can carry out on a text. */
export type DemoWish =
  | { readonly kind: 'early-returns' | 'constant' | 'debug-output' | 'const' }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string };

const FIXED = [
  ['early-returns', 'use early returns'],
  ['constant', 'extract the repeated string into a constant'],
  ['debug-output', 'remove debug output'],
  ['const', 'use const instead of var'],
] as const;

/** The refactors that change this text, tried out; a rename is among them wherever there is a name. */
export async function demoWishes(text: string, languageId: string): Promise<DemoWish[]> {
  const syntax = createSyntaxService({ loadWasm: loadGrammarFile });
  const code = await readCode(jobFor(text, languageId, ''), syntax);
  const works = (words: string): boolean => {
    try {
      return refactorCode(code, jobFor(text, languageId, words)) !== text;
    } catch (error) {
      if (error instanceof CannotDoError) return false;
      throw error;
    }
  };
  const wishes: DemoWish[] = FIXED.flatMap(([kind, words]) => (works(words) ? [{ kind }] : []));
  const from = frequentName(text);
  const to = from === null ? '' : newName(from);
  if (from !== null && works(`rename ${from} to ${to}`)) wishes.push({ kind: 'rename', from, to });
  return wishes;
}

/** In the style of the old one: `newTotal`, `new_total`, `NewTotal`. */
function newName(name: string): string {
  if (/^[A-Z]/.test(name)) return `New${name}`;
  return /[a-z]_[a-z]/.test(name)
    ? `new_${name}`
    : `new${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function jobFor(selection: string, languageId: string, instruction: string): WorkerJob {
  return {
    job: 'refactor',
    languageId,
    answer: 'replacement',
    instruction,
    schema: null,
    selection,
    firstLineNumber: 1,
    taskDescription: '',
  };
}
