import type { Node } from '@vscode/tree-sitter-wasm';
import { cookMacroBody } from '../cookedText';
import { type CommentRules, JAVADOC } from '../commentRules';
import type { Language } from '../language';
import type { DeclarationFacts, DeclarationReader, LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readCGaps } from '../layout/braces';
import { C_LEXIS } from './lexes';
import {
  fieldText,
  firstOfType,
  listedParameters,
  namedBy,
  namedChildren,
  readMember,
  readNamed,
} from './nodes';

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
function declaredNode(declarator: Node | null): Node | null {
  for (let node = declarator; node; node = innerDeclarator(node)) {
    if (NAMES.has(node.type)) return node;
    if (node.type === 'qualified_identifier') return lastName(node);
  }
  return null;
}

function declaredName(declarator: Node | null): string {
  return declaredNode(declarator)?.text ?? '';
}

function innerDeclarator(node: Node): Node | null {
  return node.childForFieldName('declarator') ?? namedChildren(node).at(-1) ?? null;
}

function lastName(node: Node): Node | null {
  const name = node.childForFieldName('name');
  return name?.type === 'qualified_identifier' ? lastName(name) : name;
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
  const nameNode = declaredNode(declarator.childForFieldName('declarator'));
  const result = fieldText(node, 'type');
  const isMember = node.parent?.type === MEMBERS || declarator.text.includes('::');
  return {
    name: nameNode?.text ?? '',
    nameNode,
    kind: isMember ? 'method' : 'function',
    parameters: listedParameters(declarator, (each) =>
      declaredName(each.childForFieldName('declarator')),
    ),
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
  const kind = node.parent?.type === MEMBERS ? 'member' : 'variable';
  return namedBy(declaredNode(node.childForFieldName('declarator')), kind);
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
    return namedBy(node.childForFieldName('name') ?? alias?.childForFieldName('declarator'), kind);
  };
}

const readTypedef: DeclarationReader = (node) => {
  if (node.childForFieldName('type')?.childForFieldName('body')) return null;
  return namedBy(
    declaredNode(node.childForFieldName('declarator')) ?? node.childForFieldName('name'),
    'type',
  );
};

const readMacro: DeclarationReader = (node) => ({
  name: fieldText(node, 'name'),
  kind: 'function',
  parameters: listedParameters(node, (parameter) => parameter.text),
  returnsValue: false,
});

/** Rules for the C++ grammar, by which C is read as well. */
const cRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: true,
  layout: { read: readCGaps, continuation: '' },
  // Another way to write a backslash, in older standards, which joins the next line to the comment.
  misreadsComment: (comment) => comment.startsWith('//') && comment.endsWith('??/'),
  comments: new Set(['comment']),
  atomic: new Set(['string_literal', 'raw_string_literal', 'char_literal', 'system_lib_string']),
  cooked: new Map([['preproc_arg', cookMacroBody]]),
  hasContinuations: true,
  directives: 'commented',
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
    ['namespace_definition', readNamed('module')],
    ['concept_definition', readTypedef],
    ['enumerator', readMember('name')],
    ['preproc_def', readMember('name')],
  ]),
  containers: new Set(['template_declaration', 'type_definition', 'friend_declaration']),
  leadingSiblings: new Set(),
  wrappers: () => [NO_WRAPPER, { prefix: 'class _ {', suffix: '\n};' }],
};

const cComments: CommentRules = {
  documentation: JAVADOC,
  directive:
    /^\/[/*]\s*(?:NOLINT|clang-format |cppcheck-suppress|coverity\[|LCOV_|GCOVR?_|IWYU |lint |PRQA |fall\s?thr)/i,
  orderLines: /^(?:clang-format (?:off|on)\b|cppcheck-suppress|coverity\[|IWYU pragma)/i,
  orders: /\bNOLINT(?:NEXTLINE|BEGIN|END)?\b|\b(?:LCOV|GCOVR?)_EXCL/,
};

// The C++ grammar reads C as well, but for names like `class` that only C allows.
export const cLanguages: readonly Language[] = [
  {
    ids: ['c', 'cpp', 'cuda-cpp'],
    grammar: { wasm: 'tree-sitter-cpp.wasm', rules: cRules },
    comments: cComments,
  },
  { ids: ['objective-c', 'objective-cpp'], comments: { ...cComments, lexis: C_LEXIS } },
];
