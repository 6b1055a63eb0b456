import type { Node } from '@vscode/tree-sitter-wasm';
import { cookMacroBody } from '../cookedText';
import type { DeclarationFacts, DeclarationReader, LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readCGaps } from '../layout/braces';
import { fieldText, firstOfType, namedChildren, present } from './nodes';

const FUNCTION_DECLARATOR: ReadonlySet<string> = new Set(['function_declarator']);
const NAMES: ReadonlySet<string> = new Set([
  'identifier',
  'field_identifier',
  'type_identifier',
  'operator_name',
  'destructor_name',
]);
const MEMBERS = 'field_declaration_list';

/** Follows declarators to the innermost one: `*(*name)(…)[…]` is about `name`. */
function declaredName(declarator: Node | null): string {
  for (let node = declarator; node; node = innerDeclarator(node)) {
    if (NAMES.has(node.type)) return node.text;
    if (node.type === 'qualified_identifier') return lastName(node);
  }
  return '';
}

function innerDeclarator(node: Node): Node | null {
  return node.childForFieldName('declarator') ?? namedChildren(node).at(-1) ?? null;
}

function lastName(node: Node): string {
  const name = node.childForFieldName('name');
  return name?.type === 'qualified_identifier' ? lastName(name) : (name?.text ?? '');
}

/** The declarator that has the parameters of the declared function, also below pointers. */
function functionDeclarator(node: Node): Node | null {
  const declarator = node.childForFieldName('declarator');
  if (!declarator) return null;
  let found = firstOfType(declarator, FUNCTION_DECLARATOR);
  // A function that returns a pointer to a function: the inner declarator is the function's own.
  for (let inner = found; inner;) {
    const next = inner.childForFieldName('declarator');
    inner = next ? firstOfType(next, FUNCTION_DECLARATOR) : null;
    if (inner) found = inner;
  }
  return found;
}

function readFunction(node: Node, declarator: Node): DeclarationFacts {
  const outer = node.childForFieldName('declarator');
  const name = declaredName(declarator.childForFieldName('declarator'));
  const list = declarator.childForFieldName('parameters');
  const result = fieldText(node, 'type');
  const isMember = node.parent?.type === MEMBERS || declarator.text.includes('::');
  return {
    name,
    kind: isMember ? 'method' : 'function',
    parameters: list
      ? present(
          namedChildren(list).map((each) => declaredName(each.childForFieldName('declarator'))),
        )
      : [],
    // Without a type it is a constructor or destructor; `void *` returns something, `void` does not.
    returnsValue: result !== '' && (result !== 'void' || outer?.type !== 'function_declarator'),
  };
}

const readDefinition: DeclarationReader = (node) => {
  const declarator = functionDeclarator(node);
  return declarator ? readFunction(node, declarator) : null;
};

const readDeclaration: DeclarationReader = (node, { insideFunction }) => {
  if (insideFunction) return null;
  const declarator = functionDeclarator(node);
  if (declarator && !isFunctionPointer(node)) return readFunction(node, declarator);
  if (node.parent?.type === MEMBERS) return null;
  const name = declaredName(node.childForFieldName('declarator'));
  return name === '' ? null : { name, kind: 'variable', parameters: [], returnsValue: false };
};

/** `int (*callback)(void);` declares a variable, `int *make(void);` a function. */
function isFunctionPointer(node: Node): boolean {
  const declarator = node.childForFieldName('declarator');
  return (
    declarator?.type === 'init_declarator' ||
    (declarator?.type === 'function_declarator' &&
      declarator.childForFieldName('declarator')?.type === 'parenthesized_declarator')
  );
}

function readTagged(kind: 'class' | 'enum'): DeclarationReader {
  return (node) => {
    if (!node.childForFieldName('body')) return null;
    const alias = node.parent?.type === 'type_definition' ? node.parent : null;
    const name = fieldText(node, 'name') || fieldText(alias ?? node, 'declarator');
    return name === '' ? null : { name, kind, parameters: [], returnsValue: false };
  };
}

const readTypedef: DeclarationReader = (node) => {
  if (node.childForFieldName('type')?.childForFieldName('body')) return null;
  const name = declaredName(node.childForFieldName('declarator')) || fieldText(node, 'name');
  return name === '' ? null : { name, kind: 'type', parameters: [], returnsValue: false };
};

const readMacro: DeclarationReader = (node) => {
  const list = node.childForFieldName('parameters');
  return {
    name: fieldText(node, 'name'),
    kind: 'function',
    parameters: list ? namedChildren(list).map((parameter) => parameter.text) : [],
    returnsValue: false,
  };
};

const readNamespace: DeclarationReader = (node) => {
  const name = fieldText(node, 'name');
  return name === '' ? null : { name, kind: 'module', parameters: [], returnsValue: false };
};

/** Rules for the C++ grammar, by which C is read as well. */
export const cRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: true,
  layout: { read: readCGaps, continuation: '' },
  comments: new Set(['comment']),
  atomic: new Set(['string_literal', 'raw_string_literal', 'char_literal', 'system_lib_string']),
  cooked: new Map([['preproc_arg', cookMacroBody]]),
  hasContinuations: true,
  hasDirectives: true,
  functions: new Set(['function_definition', 'lambda_expression']),
  declarations: new Map([
    ['function_definition', readDefinition],
    ['declaration', readDeclaration],
    ['field_declaration', readDeclaration],
    ['class_specifier', readTagged('class')],
    ['struct_specifier', readTagged('class')],
    ['union_specifier', readTagged('class')],
    ['enum_specifier', readTagged('enum')],
    ['type_definition', readTypedef],
    ['alias_declaration', readTypedef],
    ['preproc_function_def', readMacro],
    ['namespace_definition', readNamespace],
  ]),
  containers: new Set(['template_declaration', 'type_definition']),
  leadingSiblings: new Set(),
  isDocComment: (comment) => !isDirective(comment),
  isDirective,
  wrappers: () => [NO_WRAPPER, { prefix: 'class _ {', suffix: '\n};' }],
};

function isDirective(comment: string): boolean {
  return /^\/[/*]\s*(?:NOLINT|clang-format |cppcheck-|coverity\[|LCOV_|IWYU )/.test(comment);
}
