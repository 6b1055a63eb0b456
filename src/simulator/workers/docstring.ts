import type { Declaration } from '../../syntax/syntax';
import type { Code } from './code';
import { docStyleOf, type DocumentedItem } from './docStyles';
import { documentedPurpose } from './documentationText';
import type { WorkerJob } from './workerJob';
import { wordsOf } from './workerJob';
import { functionPurpose, parameterPurpose, splitWords, typePurpose } from './words';

export interface DocInsertion {
  readonly line: number;
  readonly text: string;
}

/** Documentation for what has none, or for everything when the words ask for an update. */
export function documentCode(code: Code, job: WorkerJob): string {
  return JSON.stringify({ insertions: insertionsFor(code, job) });
}

export function insertionsFor(code: Code, job: WorkerJob): DocInsertion[] {
  const style = docStyleOf(code.languageId);
  const updates = /\b(?:update|rewrite|redo|improve|replace)\b/i.test(wordsOf(job));
  const declarations = code.tree?.declarations ?? [];
  return declarations
    .filter((declaration) => isDocumentable(declaration, declarations))
    .filter(({ documentation }) => updates || documentation === null)
    .map((declaration) => ({
      line: code.lineNumber(declaration.start),
      text: style(describe(code, declaration)),
    }));
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
  const { name, kind, parameters, returnsValue } = declaration;
  const isCallable = kind === 'function' || kind === 'method';
  const known = documentedPurpose(code, declaration).replace(/\.$/, '');
  return {
    name,
    summary: known === '' ? summaryOf(declaration, code) : known,
    parameters: isCallable
      ? parameters.map((parameter) => ({
          name: parameter,
          text: `${parameterPurpose(parameter)}.`,
        }))
      : [],
    returns: returnsValue ? resultOf(name) : null,
    errors: isCallable ? errorsOf(code, declaration) : [],
  };
}

const CONSTRUCTORS: ReadonlySet<string> = new Set([
  'constructor',
  '__init__',
  'initialize',
  '__construct',
]);

function summaryOf(declaration: Declaration, code: Code): string {
  const { name, kind, returnsValue } = declaration;
  if (kind !== 'function' && kind !== 'method') return typePurpose(name, kind);
  const owner = enclosing(code, declaration);
  if (CONSTRUCTORS.has(name) || owner?.name === name) {
    return `Creates ${owner ? `the ${splitWords(owner.name).join(' ')}` : 'an instance'}`;
  }
  return functionPurpose(name.replace(/^[_~]+/, ''), returnsValue);
}

function enclosing(code: Code, { start, end, depth }: Declaration): Declaration | undefined {
  return code.tree?.declarations.find(
    (outer) => outer.depth === depth - 1 && outer.start <= start && outer.end >= end,
  );
}

function resultOf(name: string): string {
  const words = splitWords(name);
  if (/^(?:is|has|can|should|are|needs)$/.test(words[0] ?? '')) return 'Whether it is so.';
  const thing = words.slice(1).join(' ');
  return thing === '' ? 'The result.' : `The ${thing}.`;
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
