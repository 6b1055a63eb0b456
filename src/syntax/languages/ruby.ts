import type { Node } from '@vscode/tree-sitter-wasm';
import { lineStyle } from '../commentRules';
import type { Language } from '../language';
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

/** `sig { … }` says the types of the method below. */
function isSignature(node: Node): boolean {
  return node.type === 'call' && /^sig\b/.test(node.text);
}

const readConstant: DeclarationReader = (node) => {
  const left = node.childForFieldName('left');
  if (left?.type !== 'constant') return null;
  const { text: name } = left;
  return { name, nameNode: left, kind: 'variable', parameters: [], returnsValue: false };
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
  // `private def f` and its like.
  containers: new Set(['argument_list', 'call']),
  leadingSiblings: new Set(),
  isLeadingSibling: isSignature,
  wrappers: () => [NO_WRAPPER],
};

export const rubyLanguages: readonly Language[] = [
  {
    ids: ['ruby'],
    grammar: { wasm: 'tree-sitter-ruby.wasm', rules: rubyRules },
    comments: {
      documentation: lineStyle('#'),
      directive: /^#\s*(?:rubocop:|standard:|steep:|:nocov:|reek:)/,
      orderLines:
        /^(?:!|(?:frozen[_-]string[_-]literal|warn[_-]indent|shareable[_-]constant[_-]value|typed|rubocop|standard|reek|steep|brakeman):|@!|:(?:nocov|nodoc|doc|stopdoc|startdoc):|@rbs\b)/i,
      // Types.
      orders: /^#:(?![a-z]+:)/,
      firstLineOrders: /coding[:=][ \t]*[-\w.]/,
      leadingLines:
        /^#(?:!|\s*(?:frozen[_-]string[_-]literal|warn[_-]indent|shareable[_-]constant[_-]value|typed|(?:en)?coding):)/i,
    },
  },
];
