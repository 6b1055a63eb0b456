import type { Node } from '@vscode/tree-sitter-wasm';
import { lineStyle } from '../commentRules';
import type { Language } from '../language';
import type { DeclarationReader, InnerDocumentation, LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readPythonGaps } from '../layout/python';
import {
  fieldText,
  firstOfType,
  listedParameters,
  namedChildren,
  returnsExpression,
} from './nodes';

const FUNCTIONS: ReadonlySet<string> = new Set(['function_definition', 'lambda']);
const RETURNS: ReadonlySet<string> = new Set(['return_statement']);
const IDENTIFIER: ReadonlySet<string> = new Set(['identifier']);
const SEPARATORS: ReadonlySet<string> = new Set(['positional_separator', 'keyword_separator']);

function isMethod(node: Node): boolean {
  const definition = node.parent?.type === 'decorated_definition' ? node.parent : node;
  return definition.parent?.parent?.type === 'class_definition';
}

function parameterName(node: Node): string | null {
  if (SEPARATORS.has(node.type)) return null;
  return fieldText(node, 'name') || (firstOfType(node, IDENTIFIER)?.text ?? null);
}

const readFunction: DeclarationReader = (node) => {
  const names = listedParameters(node, parameterName);
  const stated = fieldText(node, 'return_type');
  const isBound = names[0] === 'self' || names[0] === 'cls';
  return {
    name: fieldText(node, 'name'),
    kind: isMethod(node) || isBound ? 'method' : 'function',
    parameters: isBound ? names.slice(1) : names,
    returnsValue:
      stated !== ''
        ? !['None', 'NoReturn', 'Never'].includes(stated)
        : returnsExpression(node.childForFieldName('body'), RETURNS, FUNCTIONS),
  };
};

const readAssignment: DeclarationReader = (node, { insideFunction }) => {
  const left = node.childForFieldName('left');
  if (insideFunction || left?.type !== 'identifier') return null;
  const { text: name } = left;
  return { name, nameNode: left, kind: 'variable', parameters: [], returnsValue: false };
};

/** A text, perhaps in pieces or in brackets, which the language puts together when it reads them. */
function isText(node: Node): boolean {
  if (node.type === 'string') return !/^[A-Za-z]*[bBfF]/.test(node.text);
  if (node.type !== 'concatenated_string' && node.type !== 'parenthesized_expression') return false;
  const parts = namedChildren(node);
  return parts.length > 0 && parts.every(isText);
}

/** The first statement that is a bare string in a module, class or function. */
function isDocString(node: Node): boolean {
  if (node.type !== 'expression_statement') return false;
  const [only, ...others] = namedChildren(node);
  if (!only || others.length > 0 || !isText(only)) return false;
  const parent = node.parent;
  if (!parent || namedChildren(parent)[0]?.startIndex !== node.startIndex) return false;
  if (parent.type === 'module') return true;
  const owner = parent.type === 'block' ? parent.parent?.type : undefined;
  return owner === 'function_definition' || owner === 'class_definition';
}

function innerDocumentation(node: Node): InnerDocumentation {
  const body = node.childForFieldName('body');
  const first = body ? namedChildren(body)[0] : undefined;
  if (!first) return { documentation: null, bodyStart: null };
  return {
    documentation: isDocString(first) ? { start: first.startIndex, end: first.endIndex } : null,
    bodyStart: first.startIndex,
  };
}

/** Escapes that are errors: those that are cut, and names of characters that are not one. */
const BAD_ESCAPE =
  /(?<!\\)(?:\\\\)*\\(?:x(?![\da-fA-F][\da-fA-F])|u(?![\da-fA-F][\da-fA-F][\da-fA-F][\da-fA-F])|U(?!00(?:0[\da-fA-F]|10)[\da-fA-F][\da-fA-F][\da-fA-F][\da-fA-F])|N(?!\{[A-Z][A-Z\d -]*\}))/;

function isRefusedString(comment: string): boolean {
  return /^u?["']/i.test(comment) && BAD_ESCAPE.test(comment);
}

const pythonRules: LanguageRules = {
  layoutMatters: true,
  newlinesMatter: true,
  layout: { read: readPythonGaps, continuation: ' ' },
  misreadsComment: isRefusedString,
  comments: new Set(['comment']),
  atomic: new Set(['string']),
  cooked: new Map([['line_continuation', () => '']]),
  hasContinuations: true,
  isDocString,
  block: 'block',
  functions: FUNCTIONS,
  declarations: new Map<string, DeclarationReader>([
    ['function_definition', readFunction],
    [
      'class_definition',
      (node) => ({
        name: fieldText(node, 'name'),
        kind: 'class',
        parameters: [],
        returnsValue: false,
      }),
    ],
    ['assignment', readAssignment],
  ]),
  containers: new Set(['decorated_definition', 'expression_statement']),
  leadingSiblings: new Set(),
  innerDocumentation,
  wrappers: () => [NO_WRAPPER],
};

export const pythonLanguages: readonly Language[] = [
  {
    ids: ['python'],
    grammar: { wasm: 'tree-sitter-python.wasm', rules: pythonRules },
    comments: {
      documentation: { kind: 'docstring' },
      plain: lineStyle('#'),
      signatureComment: /^#\s*type:\s*\(/,
      // A notebook's cell is read by what its first line names.
      codeBelow: /^\s*%%/,
      directive: /^#\s*(?:pylint:\s*disable-next|noinspection |fmt:\s*(?:off|skip)|isort:|%%)/,
      orderLines:
        /^(?:(?:type|mypy|pyright|pylint|ruff|flake8|fmt|isort|yapf|autopep8|pragma|pytype|doctest|cython|distutils):|noqa\b|NOQA\b|nopep8\b|nosec\b|pyre-|lint-fixme|noinspection |!|%%)/,
      orders: /#\s*(?:noqa\b|NOQA\b|type:\s*ignore|pylint:|pragma:\s*no|nosec\b|fmt:\s*skip)/,
      firstLineOrders: /coding[:=][ \t]*[-\w.]/,
      hasBlockOrders: (documentation) =>
        /^\s*(?:[rRuU]?(?:"""|'''|"|'))?\s*>>> |^# \/\/\/ script\s*$/m.test(documentation),
      leadingLines: /^#!/,
    },
    hasEqualQuotes: true,
  },
];
