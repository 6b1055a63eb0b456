import type { Node } from '@vscode/tree-sitter-wasm';
import type { DeclarationFacts, DeclarationReader, LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readRubyGaps } from '../layout/ruby';
import {
  ancestorOfType,
  fieldText,
  firstOfType,
  namedChildren,
  present,
  returnsExpression,
} from './nodes';

const METHODS: ReadonlySet<string> = new Set(['method', 'singleton_method']);
const RETURNS: ReadonlySet<string> = new Set(['return']);
const IDENTIFIER: ReadonlySet<string> = new Set(['identifier']);
const CLASS_LIKE: ReadonlySet<string> = new Set(['class', 'module', 'singleton_class']);

const readMethod: DeclarationReader = (node) => {
  const list = node.childForFieldName('parameters');
  return {
    name: fieldText(node, 'name'),
    kind: ancestorOfType(node, CLASS_LIKE) ? 'method' : 'function',
    parameters: list ? present(namedChildren(list).map(parameterName)) : [],
    returnsValue: returnsExpression(node.childForFieldName('body'), RETURNS, METHODS),
  };
};

function parameterName(node: Node): string | null {
  return fieldText(node, 'name') || (firstOfType(node, IDENTIFIER)?.text ?? null);
}

function plain(kind: DeclarationFacts['kind']): DeclarationReader {
  return (node) => {
    const name = fieldText(node, 'name');
    return name === '' ? null : { name, kind, parameters: [], returnsValue: false };
  };
}

const readConstant: DeclarationReader = (node) => {
  const left = node.childForFieldName('left');
  if (left?.type !== 'constant') return null;
  return { name: left.text, kind: 'variable', parameters: [], returnsValue: false };
};

export const rubyRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: true,
  layout: { read: readRubyGaps, continuation: ' ' },
  misreadsComment: (comment, before) => comment.startsWith('=') && before !== '',
  comments: new Set(['comment']),
  atomic: new Set([
    'string',
    'heredoc_body',
    'regex',
    'subshell',
    'delimited_symbol',
    'character',
    'uninterpreted',
  ]),
  hasContinuations: true,
  functions: METHODS,
  declarations: new Map([
    ['method', readMethod],
    ['singleton_method', readMethod],
    ['class', plain('class')],
    ['module', plain('module')],
    ['assignment', readConstant],
  ]),
  containers: new Set(),
  leadingSiblings: new Set(),
  isDocComment: (comment) => comment.startsWith('#') && !isDirective(comment),
  isDirective,
  wrappers: () => [NO_WRAPPER],
};

/** Magic comments and linter switches. */
function isDirective(comment: string): boolean {
  return /^#(?:!|\s*(?:-\*-|frozen_string_literal:|encoding:|rubocop:|typed:|:nocov:))/.test(
    comment,
  );
}
