import type { Declaration } from '../../syntax/syntax';
import type { Code } from './code';
import { docStyleOf, type DocumentedItem } from './docStyles';
import { isCallable, purposeOf, resultOf } from './purpose';
import type { WorkerJob } from './workerJob';
import { wordsOf } from './workerJob';
import { parameterPurpose } from './words';

/** A declaration and what its documentation should say, comment characters aside. */
export interface DocumentedDeclaration {
  readonly declaration: Declaration;
  readonly text: string;
}

/** Documentation for what has none, or for everything when the words ask for an update. */
export function documentCode(code: Code, job: WorkerJob): string {
  return JSON.stringify(
    documentedDeclarations(code, job).map(({ declaration, text }) => [
      code.lineNumber(declaration.start),
      text,
    ]),
  );
}

export function documentedDeclarations(code: Code, job: WorkerJob): DocumentedDeclaration[] {
  const style = docStyleOf(code.languageId);
  const updates = /\b(?:update|rewrite|redo|improve|replace)\b/i.test(wordsOf(job));
  const declarations = code.tree?.declarations ?? [];
  return declarations
    .filter((declaration) => isDocumentable(declaration, declarations))
    .filter(({ documentation }) => updates || documentation === null)
    .map((declaration) => ({ declaration, text: style(describe(code, declaration)) }));
}

/** Functions and types that others see; variables and what is local to a function need nothing. */
function isDocumentable(declaration: Declaration, all: readonly Declaration[]): boolean {
  const { kind, documentationLine, depth, start, end } = declaration;
  if (kind === 'variable' || kind === 'module' || documentationLine === null) return false;
  return !all.some(
    (outer) =>
      outer.depth < depth &&
      outer.start <= start &&
      outer.end >= end &&
      (outer.kind === 'function' || outer.kind === 'method'),
  );
}

function describe(code: Code, declaration: Declaration): DocumentedItem {
  const { name, parameters, returnsValue } = declaration;
  const callable = isCallable(declaration);
  return {
    name,
    summary: purposeOf(code, declaration),
    parameters: callable
      ? parameters.map((parameter) => ({
          name: parameter,
          text: `${parameterPurpose(parameter)}.`,
        }))
      : [],
    returns: returnsValue ? resultOf(name) : null,
    errors: callable ? errorsOf(code, declaration) : [],
  };
}

/** Names of what the body throws, in order, each once. */
function errorsOf(code: Code, { start, end }: Declaration): string[] {
  const words = code.tokens
    .filter((token) => token.kind === 'code' && token.start >= start && token.end <= end)
    .map(({ raw }) => raw);
  const names = words.flatMap((word, index) => {
    if (word !== 'throw' && word !== 'raise') return [];
    const next = words[index + 1] === 'new' ? words[index + 2] : words[index + 1];
    return next !== undefined && /^[A-Z]\w*$/.test(next) ? [next] : [];
  });
  return [...new Set(names)];
}
