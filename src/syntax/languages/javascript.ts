import type { Node } from '@vscode/tree-sitter-wasm';
import { cookJsxText } from '../cookedText';
import { type CommentRules, JAVADOC, lineStyle } from '../commentRules';
import type { Language } from '../language';
import type { DeclarationFacts, DeclarationReader, LanguageRules, Wrapper } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readJavascriptGaps, readJsonGaps } from '../layout/javascript';
import {
  fieldText,
  listedParameters,
  namedChildren,
  present,
  readMember,
  returnsExpression,
} from './nodes';

const FUNCTION_VALUES: ReadonlySet<string> = new Set([
  'arrow_function',
  'function_expression',
  'generator_function',
]);

const FUNCTIONS: ReadonlySet<string> = new Set([
  ...FUNCTION_VALUES,
  'function_declaration',
  'generator_function_declaration',
  'method_definition',
  'class_static_block',
]);

const RETURNS: ReadonlySet<string> = new Set(['return_statement']);

const WITHOUT_RESULT =
  /^(?:void|never|undefined|Promise<\s*(?:void|never|undefined)\s*>|asserts\b.*)$/s;

/** The name of a parameter; none for a pattern and for the `this` of a signature. */
function parameterName(node: Node): string | null {
  const pattern =
    node.childForFieldName('pattern') ?? node.childForFieldName('left') ?? namedChildren(node)[0];
  if (node.type === 'identifier') return node.text;
  if (!pattern) return null;
  return pattern.type === 'identifier' || parameterWrappers.has(pattern.type)
    ? parameterName(pattern)
    : null;
}

const parameterWrappers: ReadonlySet<string> = new Set(['rest_pattern', 'assignment_pattern']);

function parametersOf(node: Node): string[] {
  const single = node.childForFieldName('parameter');
  if (single) return present([parameterName(single)]);
  return listedParameters(node, parameterName);
}

function returnsValue(node: Node): boolean {
  const stated = fieldText(node, 'return_type').replace(/^:\s*/, '').trim();
  if (stated !== '') return !WITHOUT_RESULT.test(stated);
  const body = node.childForFieldName('body');
  if (!body) return false;
  return body.type !== 'statement_block' || returnsExpression(body, RETURNS, FUNCTIONS);
}

function functionFacts(node: Node, name: string, kind: 'function' | 'method'): DeclarationFacts {
  return { name, kind, parameters: parametersOf(node), returnsValue: returnsValue(node) };
}

function plain(kind: DeclarationFacts['kind']): DeclarationReader {
  return (node) => {
    const name = fieldText(node, 'name') || (isDefaultExport(node) ? 'default' : '');
    return name === '' ? null : { name, kind, parameters: [], returnsValue: false };
  };
}

function isDefaultExport(node: Node): boolean {
  return node.parent?.type === 'export_statement';
}

const readFunction: DeclarationReader = (node) => {
  const name = fieldText(node, 'name');
  return name === '' ? null : functionFacts(node, name, 'function');
};

/** A function without a place of its own is a declaration only as a module's default. */
const readFunctionValue: DeclarationReader = (node) =>
  isDefaultExport(node)
    ? functionFacts(node, fieldText(node, 'name') || 'default', 'function')
    : null;

const readMethod: DeclarationReader = (node) => {
  const name = fieldText(node, 'name');
  if (name === '') return null;
  const isSetter = node.children.some((child) => child?.type === 'set');
  const facts = functionFacts(node, name, 'method');
  return name === 'constructor' || isSetter ? { ...facts, returnsValue: false } : facts;
};

const readField: DeclarationReader = (node) => {
  const name = fieldText(node, 'name') || fieldText(node, 'property');
  const value = node.childForFieldName('value');
  if (name === '') return null;
  const nameNode = node.childForFieldName('name') ?? node.childForFieldName('property');
  return value && FUNCTION_VALUES.has(value.type)
    ? { ...functionFacts(value, name, 'method'), nameNode }
    : { name, nameNode, kind: 'variable', parameters: [], returnsValue: false };
};

const readVariable: DeclarationReader = (node, { insideFunction }) => {
  const name = node.childForFieldName('name');
  const value = node.childForFieldName('value');
  if (name?.type !== 'identifier') return null;
  if (value && FUNCTION_VALUES.has(value.type)) return functionFacts(value, name.text, 'function');
  if (insideFunction) return null;
  const kind = value?.type === 'class' ? 'class' : 'variable';
  return { name: name.text, kind, parameters: [], returnsValue: false };
};

/** `exports.name = function …`, `Type.prototype.name = function …` and `module.exports = {…}`. */
const readAssignment: DeclarationReader = (node, { insideFunction }) => {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (left?.type !== 'member_expression' || !right) return null;
  const nameNode = left.childForFieldName('property');
  if (right.type === 'object' && left.text === 'module.exports' && !insideFunction) {
    return { name: 'exports', nameNode, kind: 'variable', parameters: [], returnsValue: false };
  }
  if (!FUNCTION_VALUES.has(right.type)) return null;
  return { ...functionFacts(right, nameNode?.text ?? '', 'function'), nameNode };
};

/** A member of a type that has no name. */
function readUnnamed(name: string): DeclarationReader {
  return (node) => ({ name, nameNode: node, kind: 'member', parameters: [], returnsValue: false });
}

const declarations: ReadonlyMap<string, DeclarationReader> = new Map([
  ['function_declaration', readFunction],
  ['generator_function_declaration', readFunction],
  ['function_signature', readFunction],
  ['function_expression', readFunctionValue],
  ['arrow_function', readFunctionValue],
  ['method_definition', readMethod],
  ['method_signature', readMethod],
  ['abstract_method_signature', readMethod],
  ['public_field_definition', readField],
  ['field_definition', readField],
  ['variable_declarator', readVariable],
  ['assignment_expression', readAssignment],
  ['class_declaration', plain('class')],
  ['abstract_class_declaration', plain('class')],
  ['interface_declaration', plain('interface')],
  ['type_alias_declaration', plain('type')],
  ['enum_declaration', plain('enum')],
  ['internal_module', plain('module')],
  ['module', plain('module')],
  ['property_signature', readMember('name')],
  ['index_signature', readUnnamed('index')],
  ['call_signature', readUnnamed('call')],
  ['construct_signature', readUnnamed('new')],
  ['pair', readMember('key')],
  ['enum_assignment', readMember('name')],
]);

const FRAGMENTS: readonly Wrapper[] = [
  NO_WRAPPER,
  // Members of a class, of an object or an interface, and cases of a switch.
  { prefix: 'class _ {', suffix: '\n}' },
  { prefix: '({', suffix: '\n})' },
  { prefix: 'switch (_) {', suffix: '\n}' },
];

/** Rules for the JavaScript, TypeScript and TSX grammars, which share their node types. */
const javascriptRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: true,
  layout: { read: readJavascriptGaps },
  // The old comments of web pages are operators in modules.
  misreadsComment: (comment) =>
    !/^\/[/*]/.test(comment) || (comment.startsWith('//') && /[\u2028\u2029]/.test(comment)),
  comments: new Set(['comment', 'html_comment']),
  atomic: new Set([
    'string',
    'template_string',
    'template_literal_type',
    'regex',
    'hash_bang_line',
  ]),
  cooked: new Map([['jsx_text', cookJsxText]]),
  functions: FUNCTIONS,
  declarations,
  containers: new Set([
    'export_statement',
    'ambient_declaration',
    'lexical_declaration',
    'variable_declaration',
    'expression_statement',
  ]),
  leadingSiblings: new Set(['decorator']),
  reserved: new Set([
    'if',
    'else',
    'for',
    'while',
    'do',
    'switch',
    'try',
    'catch',
    'with',
    'return',
  ]),
  wrappers: () => FRAGMENTS,
};

/** JSON is read as a JavaScript value, so that one grammar serves both. */
const jsonRules: LanguageRules = {
  ...javascriptRules,
  newlinesMatter: false,
  layout: { read: readJsonGaps },
  declarations: new Map(),
  wrappers: () => [
    { prefix: '(', suffix: '\n)' },
    { prefix: '({', suffix: '\n})' },
  ],
};

const comments: CommentRules = {
  documentation: JAVADOC,
  docComment: /^\/\*\*(?!\/)/,
  directive:
    /^\/[/*]+\s*(?:(?:eslint|oxlint|tslint:|stylelint|cspell:)-?disable-next-line\b|@ts-(?:ignore|expect-error)\b|(?:prettier|dprint|biome|deno-lint|rome|svelte)-ignore|(?:istanbul|[cv]8) ignore|node:coverage|jscs:|jshint |noinspection |\$Flow|@vite-ignore|@vue-|[#@]__[A-Z_]+__|webpack\w+:)/,
  orderLines:
    /^(?:@ts-(?:ignore|expect-error|check|nocheck)\b|@(?:deno-types|refresh|flow|noflow|format|noformat|prettier|noprettier|internal|vite-ignore)\b|@(?:jest|vitest|vue)-|eslint-(?:disable|enable|env)\b|eslint\s+[\w@/-]+\s*:|(?:oxlint|tslint:|stylelint)-?(?:disable|enable)|(?:prettier|dprint|biome|deno-lint|rome)-ignore|(?:istanbul|[cv]8) ignore|node:coverage|jshint |jscs:|webpack\w+:|[#@]__[A-Z_]+__)/,
  orders:
    /(?:^|[\s*])@jsx(?:Frag|Runtime|ImportSource)?(?![\w-])|^\/\/\/\s*<(?:reference|amd-)|^\/\*\s*(?:(?:globals?|exported|jslint)\s|(?:GraphQL|HTML)\s*\*\/$)/,
  leadingLines: /^#!/,
};

const wasm = {
  typescript: 'tree-sitter-typescript.wasm',
  tsx: 'tree-sitter-tsx.wasm',
  javascript: 'tree-sitter-javascript.wasm',
};

export const javascriptLanguages: readonly Language[] = [
  {
    ids: ['typescript'],
    grammar: { wasm: wasm.typescript, rules: javascriptRules },
    comments,
    hasEqualQuotes: true,
  },
  {
    ids: ['typescriptreact'],
    grammar: { wasm: wasm.tsx, rules: javascriptRules },
    comments,
    hasEqualQuotes: true,
  },
  {
    ids: ['javascript', 'javascriptreact'],
    grammar: { wasm: wasm.javascript, rules: javascriptRules },
    // Types stand in comments here.
    comments: {
      ...comments,
      keptDocumentation:
        /@(?:type|satisfies|typedef|callback|template|overload|this|enum|import)\b/,
    },
    hasEqualQuotes: true,
  },
  {
    ids: ['json'],
    grammar: { wasm: wasm.javascript, rules: jsonRules },
    comments: { documentation: null },
  },
  {
    ids: ['jsonc'],
    grammar: { wasm: wasm.javascript, rules: jsonRules },
    comments: { documentation: lineStyle('//') },
  },
];
