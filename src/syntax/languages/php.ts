import type { Node } from '@vscode/tree-sitter-wasm';
import { JAVADOC } from '../commentRules';
import type { Language } from '../language';
import type { DeclarationFacts, DeclarationReader, LanguageRules, Wrapper } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readPhpGaps } from '../layout/braces';
import {
  fieldText,
  firstOfType,
  namedChildren,
  present,
  readMember,
  returnsExpression,
} from './nodes';

const FUNCTIONS: ReadonlySet<string> = new Set([
  'function_definition',
  'method_declaration',
  'anonymous_function',
  'arrow_function',
]);
const RETURNS: ReadonlySet<string> = new Set(['return_statement']);
const VARIABLE_NAME: ReadonlySet<string> = new Set(['variable_name']);
const CONSTANT_NAME: ReadonlySet<string> = new Set(['name']);

function parametersOf(node: Node): string[] {
  const list = node.childForFieldName('parameters');
  return list ? present(namedChildren(list).map((each) => fieldText(each, 'name'))) : [];
}

function readFunction(kind: 'function' | 'method'): DeclarationReader {
  return (node) => {
    const stated = fieldText(node, 'return_type');
    return {
      name: fieldText(node, 'name'),
      kind,
      parameters: parametersOf(node),
      returnsValue:
        stated !== ''
          ? stated !== 'void' && stated !== 'never'
          : returnsExpression(node.childForFieldName('body'), RETURNS, FUNCTIONS),
    };
  };
}

function plain(kind: DeclarationFacts['kind']): DeclarationReader {
  return (node) => ({
    name: fieldText(node, 'name'),
    kind,
    parameters: [],
    returnsValue: false,
  });
}

function readNamed(names: ReadonlySet<string>): DeclarationReader {
  return (node) => {
    const nameNode = firstOfType(node, names);
    return nameNode
      ? { name: nameNode.text, nameNode, kind: 'variable', parameters: [], returnsValue: false }
      : null;
  };
}

/** Code is read as code also when the selection is below the opening tag. */
function wrappers(text: string): readonly Wrapper[] {
  if (/<\?/.test(text)) return [NO_WRAPPER];
  return [
    { prefix: '<?php ', suffix: '' },
    { prefix: '<?php class _ {', suffix: '\n}' },
    NO_WRAPPER,
  ];
}

export const phpRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: false,
  layout: { read: readPhpGaps },
  // The closing tag ends a comment to the end of the line.
  misreadsComment: (comment) => !comment.startsWith('/*') && comment.includes('?>'),
  comments: new Set(['comment']),
  atomic: new Set([
    'string',
    'encapsed_string',
    'heredoc',
    'nowdoc',
    'shell_command_expression',
    'text',
    'text_interpolation',
  ]),
  indented: new Set(['text']),
  functions: FUNCTIONS,
  declarations: new Map([
    ['function_definition', readFunction('function')],
    ['method_declaration', readFunction('method')],
    ['class_declaration', plain('class')],
    ['trait_declaration', plain('class')],
    ['interface_declaration', plain('interface')],
    ['enum_declaration', plain('enum')],
    ['property_declaration', readNamed(VARIABLE_NAME)],
    ['const_declaration', readNamed(CONSTANT_NAME)],
    ['enum_case', readMember('name')],
  ]),
  containers: new Set(),
  leadingSiblings: new Set(),
  wrappers,
};

export const phpLanguages: readonly Language[] = [
  {
    ids: ['php'],
    grammar: { wasm: 'tree-sitter-php.wasm', rules: phpRules },
    comments: {
      documentation: JAVADOC,
      docComment: /^\/\*\*(?!\/)/,
      directive:
        /^(?:\/\/|#|\/\*+)\s*(?:phpcs:|@phpstan-ignore|@psalm-suppress|@phan-|@codingStandards|@noinspection|@codeCoverageIgnore|@infection-|php-cs-fixer)/,
      // Libraries read annotations in documentation: those are code, and PHPUnit's run as such.
      orderLines:
        /^(?:@(?:[A-Z]|\w+\\)|phpcs:|@phpstan-ignore|@psalm-suppress|@phan-|@noinspection|@codeCoverageIgnore|@codingStandards|@infection-|php-cs-fixer|(?:Plugin|Theme|Template) Name:|@(?:test|dataProvider|depends|group|covers\w*|before\w*|after\w*|runIn\w+|runTests\w+|backup\w+|preserveGlobalState|testWith|doesNotPerformAssertions|expectedException\w*)\b)/,
      leadingLines: /^(?:#!|<\?)/,
    },
  },
];
