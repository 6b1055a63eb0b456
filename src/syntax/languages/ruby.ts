import type { Node } from '@vscode/tree-sitter-wasm';
import { lineStyle } from '../commentRules';
import type { Language } from '../language';
import type { DeclarationReader, LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readRubyGaps } from '../layout/ruby';
import {
  ancestorOfType,
  fieldText,
  firstOfType,
  listedParameters,
  namedBy,
  readNamed,
  returnsExpression,
} from './nodes';

const METHODS: ReadonlySet<string> = new Set(['method', 'singleton_method']);
const RETURNS: ReadonlySet<string> = new Set(['return']);
const IDENTIFIER: ReadonlySet<string> = new Set(['identifier']);
const CLASS_LIKE: ReadonlySet<string> = new Set(['class', 'module', 'singleton_class']);

const readMethod: DeclarationReader = (node) => {
  return {
    name: fieldText(node, 'name'),
    kind: ancestorOfType(node, CLASS_LIKE) ? 'method' : 'function',
    parameters: listedParameters(node, parameterName),
    returnsValue: returnsExpression(node.childForFieldName('body'), RETURNS, METHODS),
  };
};

function parameterName(node: Node): string | null {
  return fieldText(node, 'name') || (firstOfType(node, IDENTIFIER)?.text ?? null);
}

/** `sig { … }` says the types of the method below. */
function isSignature(node: Node): boolean {
  return node.type === 'call' && /^sig\b/.test(node.text);
}

const readConstant: DeclarationReader = (node) => {
  const left = node.childForFieldName('left');
  return left?.type === 'constant' ? namedBy(left, 'variable') : null;
};

const rubyRules: LanguageRules = {
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
    ['class', readNamed('class')],
    ['module', readNamed('module')],
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
