import type { Node } from '@vscode/tree-sitter-wasm';
import { lineStyle } from '../commentRules';
import type { Language } from '../language';
import type { DeclarationFacts, DeclarationReader, LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readCsharpGaps } from '../layout/braces';
import { fieldText, firstOfType, namedBy, namedChildren, present, readMember } from './nodes';

const PARAMETER_LIST: ReadonlySet<string> = new Set(['parameter_list']);
const DECLARATOR: ReadonlySet<string> = new Set(['variable_declarator']);
const WITHOUT_RESULT: ReadonlySet<string> = new Set(['', 'void', 'Task', 'ValueTask']);

function parametersOf(node: Node): string[] {
  const list =
    node.childForFieldName('parameters') ??
    namedChildren(node).find((child) => PARAMETER_LIST.has(child.type));
  if (!list) return [];
  // The grammar leaves a `params` array's name in the list itself.
  const names = namedChildren(list).map((child) =>
    child.type === 'parameter' ? fieldText(child, 'name') : null,
  );
  return present([...names, fieldText(list, 'name')]);
}

function plain(kind: DeclarationFacts['kind']): DeclarationReader {
  return (node) => ({
    name: fieldText(node, 'name'),
    kind,
    parameters: parametersOf(node),
    returnsValue: false,
  });
}

function readFunction(kind: 'function' | 'method'): DeclarationReader {
  return (node) => ({
    name: fieldText(node, 'name'),
    kind,
    parameters: parametersOf(node),
    returnsValue: !WITHOUT_RESULT.has(fieldText(node, 'returns') || fieldText(node, 'type')),
  });
}

function readField(kind: 'variable' | 'member'): DeclarationReader {
  return (node) => namedBy(firstOfType(node, DECLARATOR)?.childForFieldName('name'), kind);
}

const csharpRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: true,
  layout: { read: readCsharpGaps },
  // Lines end at more characters than the grammar knows.
  misreadsComment: (comment) => comment.startsWith('//') && /[\u0085\u2028\u2029]/.test(comment),
  comments: new Set(['comment']),
  atomic: new Set([
    'string_literal',
    'verbatim_string_literal',
    'raw_string_literal',
    'interpolated_string_expression',
    'character_literal',
  ]),
  cooked: new Map([['preproc_arg', (text) => text.trim()]]),
  directives: 'alone',
  functions: new Set([
    'method_declaration',
    'constructor_declaration',
    'local_function_statement',
    'lambda_expression',
    'anonymous_method_expression',
    'accessor_declaration',
  ]),
  declarations: new Map([
    ['class_declaration', plain('class')],
    ['struct_declaration', plain('class')],
    ['record_declaration', plain('class')],
    ['interface_declaration', plain('interface')],
    ['enum_declaration', plain('enum')],
    ['delegate_declaration', readFunction('function')],
    ['namespace_declaration', plain('module')],
    ['method_declaration', readFunction('method')],
    ['constructor_declaration', plain('method')],
    ['local_function_statement', readFunction('function')],
    ['property_declaration', plain('variable')],
    ['field_declaration', readField('variable')],
    ['event_field_declaration', readField('member')],
    ['event_declaration', readMember('name')],
    ['indexer_declaration', readMember('')],
    ['operator_declaration', readMember('')],
    ['conversion_operator_declaration', readMember('')],
    ['destructor_declaration', readMember('name')],
    ['enum_member_declaration', readMember('name')],
  ]),
  containers: new Set(['global_statement']),
  leadingSiblings: new Set(),
  wrappers: () => [NO_WRAPPER, { prefix: 'class _ {', suffix: '\n}' }],
};

export const csharpLanguages: readonly Language[] = [
  {
    ids: ['csharp'],
    grammar: { wasm: 'tree-sitter-c-sharp.wasm', rules: csharpRules },
    comments: {
      documentation: lineStyle('///'),
      // The grammar joins lines at a backslash; the language does not.
      plain: { kind: 'line', prefix: '//', mayJoinLines: true },
      docComment: /^(?:\/\/\/|\/\*\*)/,
      directive: /^\/\/\s*(?:ReSharper\b|csharpier-ignore|language=)/,
      orderLines: /^(?:ReSharper (?:disable|restore)|csharpier-ignore|language=)/,
      // Documentation is read from a file, and generated code is not looked at by analyzers.
      orders: /<include\b|<auto-?generated/i,
      isXml: true,
    },
  },
];
