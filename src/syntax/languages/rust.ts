import type { Node } from '@vscode/tree-sitter-wasm';
import type { DeclarationFacts, DeclarationReader, LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readRustGaps } from '../layout/braces';
import { ancestorOfType, fieldText, namedChildren, present } from './nodes';

const SCOPES: ReadonlySet<string> = new Set([
  'impl_item',
  'trait_item',
  'mod_item',
  'function_item',
]);

function parameterName(node: Node): string | null {
  const pattern = node.childForFieldName('pattern');
  return pattern?.type === 'identifier' ? pattern.text : null;
}

const readFunction: DeclarationReader = (node) => {
  const list = node.childForFieldName('parameters');
  const scope = ancestorOfType(node, SCOPES)?.type;
  const result = fieldText(node, 'return_type');
  return {
    name: fieldText(node, 'name'),
    kind: scope === 'impl_item' || scope === 'trait_item' ? 'method' : 'function',
    parameters: list ? present(namedChildren(list).map(parameterName)) : [],
    returnsValue: result !== '' && result !== '()' && result !== '!',
  };
};

function plain(kind: DeclarationFacts['kind']): DeclarationReader {
  return (node, { insideFunction }) =>
    insideFunction && kind === 'variable'
      ? null
      : { name: fieldText(node, 'name'), kind, parameters: [], returnsValue: false };
}

export const rustRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: false,
  layout: { read: readRustGaps },
  comments: new Set(['line_comment', 'block_comment']),
  atomic: new Set(['string_literal', 'raw_string_literal', 'char_literal']),
  functions: new Set(['function_item', 'closure_expression']),
  declarations: new Map([
    ['function_item', readFunction],
    ['function_signature_item', readFunction],
    ['struct_item', plain('class')],
    ['union_item', plain('class')],
    ['enum_item', plain('enum')],
    ['trait_item', plain('interface')],
    ['type_item', plain('type')],
    ['mod_item', plain('module')],
    ['const_item', plain('variable')],
    ['static_item', plain('variable')],
    ['macro_definition', plain('function')],
  ]),
  containers: new Set(),
  leadingSiblings: new Set(['attribute_item']),
  isDocComment: (comment) => /^(?:\/\/\/(?!\/)|\/\*\*(?![*/]))/.test(comment),
  isDirective: () => false,
  wrappers: () => [
    NO_WRAPPER,
    { prefix: 'impl _X {', suffix: '\n}' },
    { prefix: 'match x {', suffix: '\n}' },
  ],
};
