import type { Node } from '@vscode/tree-sitter-wasm';
import { commentWords, lineStyle } from '../commentRules';
import type { Language } from '../language';
import type { DeclarationReader, LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import type { CommentNeighbours } from '../layout/gap';
import { readRustGaps } from '../layout/braces';
import {
  ancestorOfType,
  fieldText,
  listedParameters,
  namedBy,
  readMember,
  readNamed,
} from './nodes';

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
  const scope = ancestorOfType(node, SCOPES)?.type;
  const result = fieldText(node, 'return_type');
  return {
    name: fieldText(node, 'name'),
    kind: scope === 'impl_item' || scope === 'trait_item' ? 'method' : 'function',
    parameters: listedParameters(node, parameterName),
    returnsValue: result !== '' && result !== '()' && result !== '!',
  };
};

const readVariable: DeclarationReader = (node, { insideFunction }) =>
  insideFunction ? null : namedBy(node.childForFieldName('name'), 'variable');

const rustRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: false,
  layout: { read: readRustGaps },
  refusesComment: documentsNothing,
  comments: new Set(['line_comment', 'block_comment']),
  atomic: new Set(['string_literal', 'raw_string_literal', 'char_literal']),
  functions: new Set(['function_item', 'closure_expression']),
  declarations: new Map([
    ['function_item', readFunction],
    ['function_signature_item', readFunction],
    ['struct_item', readNamed('class')],
    ['union_item', readNamed('class')],
    ['enum_item', readNamed('enum')],
    ['trait_item', readNamed('interface')],
    ['type_item', readNamed('type')],
    ['mod_item', readNamed('module')],
    ['const_item', readVariable],
    ['static_item', readVariable],
    ['macro_definition', readNamed('function')],
    ['impl_item', readMember('type')],
    ['field_declaration', readMember('name')],
    ['enum_variant', readMember('name')],
    ['associated_type', readMember('name')],
    ['use_declaration', readMember('argument')],
    ['extern_crate_declaration', readMember('name')],
    ['foreign_mod_item', readMember('')],
  ]),
  containers: new Set(),
  leadingSiblings: new Set(['attribute_item']),
  wrappers: () => [
    NO_WRAPPER,
    { prefix: 'impl _X {', suffix: '\n}' },
    { prefix: 'match x {', suffix: '\n}' },
  ],
};

export const rustLanguages: readonly Language[] = [
  {
    ids: ['rust'],
    grammar: { wasm: 'tree-sitter-rust.wasm', rules: rustRules },
    comments: {
      documentation: lineStyle('///'),
      // Documentation before anything but an item, a field or a variant is an error.
      plain: lineStyle('//'),
      docComment: /^(?:\/\/\/(?!\/)|\/\*\*(?![*/]))/,
      hasBlockOrders: hasTestedBlock,
      leadingLines: /^#!(?!\[)/,
    },
  },
];

const UNTESTED = /^(?:ignore|text|toml|json|sh|bash|console|c|cpp|python)\b|,\s*ignore\b/;

/**
 * Code blocks of documentation are compiled, unless their first line says otherwise. So is what is
 * indented below an empty line.
 */
function hasTestedBlock(documentation: string): boolean {
  if (!/^\s*(?:\/\/[/!]|\/\*[*!])/.test(documentation)) return false;
  if (INDENTED_BLOCK.test(documentation)) return true;
  let isInside = false;
  for (const line of commentWords(documentation)) {
    const fence = /^(?:```+|~~~+)\s*(.*)$/.exec(line);
    if (!fence) continue;
    if (!isInside && !UNTESTED.test(fence[1] ?? '')) return true;
    isInside = !isInside;
  }
  return false;
}

const INDENTED_BLOCK = /^[ \t]*(?:\/\/[/!]|\*)\s*\n\s*(?:\/\/[/!]|\*)(?: {5}| *\t)[ \t]*\S/m;

const DOCUMENTED =
  /_item$|^(?:field_declaration|enum_variant|macro_definition|use_declaration|extern_crate_declaration|associated_type)$/;

/** Documentation is an attribute of what follows, and an error where nothing can have one. */
function documentsNothing(comment: string, { previous, opens }: CommentNeighbours): boolean {
  if (/^\/(?:\/!|\*!)/.test(comment))
    return previous !== null && previous !== '{' && previous !== ']';
  if (!/^(?:\/\/\/(?!\/)|\/\*\*(?![*/]))/.test(comment)) return false;
  return !opens.some((type) => DOCUMENTED.test(type));
}
