import type { Declaration } from '../../syntax/syntax';
import type { Code } from './code';
import { documentedPurpose } from './documentationText';
import { functionPurpose, isVerb, splitWords, thing, typePurpose } from './words';

const CONSTRUCTORS: ReadonlySet<string> = new Set([
  'constructor',
  '__init__',
  'initialize',
  '__construct',
]);

/** What a declaration is for: its own documentation's first sentence, else told from its name. */
export function purposeOf(code: Code, declaration: Declaration): string {
  const documented = documentedPurpose(code, declaration).replace(/\.$/, '');
  return documented === '' ? purposeByName(code, declaration) : documented;
}

function purposeByName(code: Code, declaration: Declaration): string {
  const { name, kind } = declaration;
  if (!isCallable(declaration)) return typePurpose(name, kind);
  const owner = enclosing(code, declaration);
  if (CONSTRUCTORS.has(name) || owner?.name === name) {
    return `Creates ${owner ? thing(splitWords(owner.name)) : 'an instance'}`;
  }
  if (name.startsWith('~')) return `Destroys ${thing(splitWords(name))}`;
  return functionPurpose(declaration);
}

export function isCallable({ kind }: Declaration): boolean {
  return kind === 'function' || kind === 'method';
}

/** The declaration directly around another one. */
function enclosing(code: Code, { start, end, depth }: Declaration): Declaration | undefined {
  return code.tree?.declarations.find(
    (outer) => outer.depth === depth - 1 && outer.start <= start && outer.end >= end,
  );
}

/** What a function gives back, told from its name. */
export function resultOf(name: string): string {
  const [first = '', ...rest] = splitWords(name).filter((word) => word !== 'async');
  if (/^(?:is|has|can|should|are|needs)$/.test(first)) return 'Whether it is so.';
  const isPlain =
    isVerb(first) && rest.length > 0 && !/^(?:all|from|to|by|for|in|with)$/.test(rest[0] ?? '');
  return isPlain ? `The ${rest.join(' ')}.` : 'The result.';
}

/** The language's own word for a type: `struct`, `record`, `trait`. */
export function writtenKind(code: Code, { kind, start, end, name }: Declaration): string {
  if (!['class', 'interface', 'type', 'enum'].includes(kind)) return kind;
  const words = code.tokens.filter((token) => token.start >= start && token.end <= end);
  const position = words.findIndex(({ raw }) => raw === name);
  const around = code.languageId === 'go' ? words.slice(position + 1, position + 2) : words;
  return around.find(({ raw }) => KIND_WORDS.test(raw))?.raw ?? kind;
}

const KIND_WORDS = /^(?:class|interface|struct|record|trait|enum|union|type)$/;
