import type { Node } from '@vscode/tree-sitter-wasm';
import { JAVADOC } from '../commentRules';
import type { Language } from '../language';
import type { DeclarationFacts, DeclarationReader, LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readJavaGaps } from '../layout/braces';
import { fieldText, firstOfType, listedParameters, namedBy, readMember } from './nodes';

const DECLARATOR: ReadonlySet<string> = new Set(['variable_declarator']);

function parameterName(node: Node): string | null {
  if (node.type === 'formal_parameter') return fieldText(node, 'name');
  if (node.type !== 'spread_parameter') return null;
  const declarator = firstOfType(node, DECLARATOR);
  return declarator ? fieldText(declarator, 'name') : null;
}

function type(kind: DeclarationFacts['kind']): DeclarationReader {
  return (node) => ({
    name: fieldText(node, 'name'),
    kind,
    parameters: listedParameters(node, parameterName),
    returnsValue: false,
  });
}

const readMethod: DeclarationReader = (node) => {
  const result = fieldText(node, 'type');
  return {
    name: fieldText(node, 'name'),
    kind: 'method',
    parameters: listedParameters(node, parameterName),
    returnsValue: result !== '' && result !== 'void',
  };
};

const readField: DeclarationReader = (node) =>
  namedBy(node.childForFieldName('declarator')?.childForFieldName('name'), 'variable');

const javaRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: false,
  layout: { read: readJavaGaps },
  misreadsComment: isEndedByEscape,
  comments: new Set(['line_comment', 'block_comment']),
  atomic: new Set(['string_literal', 'character_literal']),
  functions: new Set([
    'method_declaration',
    'constructor_declaration',
    'compact_constructor_declaration',
    'lambda_expression',
    'static_initializer',
  ]),
  declarations: new Map([
    ['class_declaration', type('class')],
    ['record_declaration', type('class')],
    ['interface_declaration', type('interface')],
    ['annotation_type_declaration', type('interface')],
    ['enum_declaration', type('enum')],
    ['method_declaration', readMethod],
    ['constructor_declaration', readMethod],
    ['compact_constructor_declaration', readMethod],
    ['field_declaration', readField],
    ['constant_declaration', readField],
    ['enum_constant', readMember('name')],
    ['annotation_type_element_declaration', readMember('name')],
  ]),
  containers: new Set(),
  leadingSiblings: new Set(),
  wrappers: () => [NO_WRAPPER, { prefix: 'class _ {', suffix: '\n}' }],
};

/** Escapes are read before comments are: one can end a comment, and a malformed one is an error. */
function isEndedByEscape(comment: string): boolean {
  if (/(?<!\\)(?:\\\\)*\\u(?!u*[\da-f]{4})/i.test(comment)) return true;
  const read = comment.replace(
    /(?<!\\)((?:\\\\)*)\\u+([\da-f]{4})/gi,
    (_, slashes: string, code: string) => slashes + String.fromCharCode(Number.parseInt(code, 16)),
  );
  return comment.startsWith('//') ? /[\r\n]/.test(read) : read.slice(2, -2).includes('*/');
}

export const javaLanguages: readonly Language[] = [
  {
    ids: ['java'],
    grammar: { wasm: 'tree-sitter-java.wasm', rules: javaRules },
    comments: {
      documentation: JAVADOC,
      docComment: /^\/\*\*(?!\/)/,
      directive: /^\/[/*]\s*(?:noinspection|CHECKSTYLE|@formatter|NOPMD|language=)/,
      orderLines: /^(?:noinspection\s|language=)/,
      orders: /\bCHECKSTYLE[.:]O|@formatter:o|\bNOPMD\b|\$NON-NLS/,
      // It reads \u escapes in comments too: they could end it, or be an error.
      escapeLine: (line) => line.replace(/(?<!\\)((?:\\\\)*)\\u/g, '$1\\\\u'),
    },
  },
];
