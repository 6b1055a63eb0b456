import { JAVADOC } from '../commentRules';
import type { Language } from '../language';
import type { DeclarationReader, LanguageRules, Wrapper } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readPhpGaps } from '../layout/braces';
import {
  fieldText,
  firstOfType,
  listedParameters,
  namedBy,
  readMember,
  readNamed,
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

function readFunction(kind: 'function' | 'method'): DeclarationReader {
  return (node) => {
    const stated = fieldText(node, 'return_type');
    return {
      name: fieldText(node, 'name'),
      kind,
      parameters: listedParameters(node, (each) => fieldText(each, 'name')),
      returnsValue:
        stated !== ''
          ? stated !== 'void' && stated !== 'never'
          : returnsExpression(node.childForFieldName('body'), RETURNS, FUNCTIONS),
    };
  };
}

function readVariable(names: ReadonlySet<string>): DeclarationReader {
  return (node) => namedBy(firstOfType(node, names), 'variable');
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

const phpRules: LanguageRules = {
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
    ['class_declaration', readNamed('class')],
    ['trait_declaration', readNamed('class')],
    ['interface_declaration', readNamed('interface')],
    ['enum_declaration', readNamed('enum')],
    ['property_declaration', readVariable(VARIABLE_NAME)],
    ['const_declaration', readVariable(CONSTANT_NAME)],
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
