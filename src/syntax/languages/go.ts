import type { Node } from '@vscode/tree-sitter-wasm';
import { lineStyle } from '../commentRules';
import type { Language } from '../language';
import type { DeclarationFacts, DeclarationReader, LanguageRules } from '../languageRules';
import { NO_WRAPPER } from '../languageRules';
import { readGoGaps } from '../layout/go';
import { fieldText, namedChildren, readMember } from './nodes';

function parametersOf(node: Node): string[] {
  const list = node.childForFieldName('parameters');
  if (!list) return [];
  return namedChildren(list)
    .flatMap((declaration) => declaration.childrenForFieldName('name'))
    .map((name) => name?.text ?? '_')
    .filter((name) => name !== '_');
}

function readFunction(kind: 'function' | 'method'): DeclarationReader {
  return (node) => ({
    name: fieldText(node, 'name'),
    kind,
    parameters: parametersOf(node),
    returnsValue: node.childForFieldName('result') !== null,
  });
}

function typeKind(node: Node): DeclarationFacts['kind'] {
  const type = node.childForFieldName('type')?.type;
  if (type === 'struct_type') return 'class';
  return type === 'interface_type' ? 'interface' : 'type';
}

const readType: DeclarationReader = (node) => ({
  name: fieldText(node, 'name'),
  kind: typeKind(node),
  parameters: [],
  returnsValue: false,
});

const readVariable: DeclarationReader = (node, { insideFunction }) => {
  const name = fieldText(node, 'name');
  if (insideFunction || name === '' || name === '_') return null;
  return { name, kind: 'variable', parameters: [], returnsValue: false };
};

/** A field, or a type that is embedded, of which the name is the field's. */
const readField: DeclarationReader = (node, context) => {
  const type = node.childForFieldName('type');
  return node.childForFieldName('name') || !type
    ? readMember('name')(node, context)
    : { name: type.text, nameNode: type, kind: 'member', parameters: [], returnsValue: false };
};

/** It may be documented, in one file of the package, and so is not missed in the others. */
const readPackage: DeclarationReader = (node) => {
  const [name] = namedChildren(node);
  if (!name) return null;
  return { name: name.text, nameNode: name, kind: 'member', parameters: [], returnsValue: false };
};

const goRules: LanguageRules = {
  layoutMatters: false,
  newlinesMatter: true,
  layout: { read: readGoGaps },
  comments: new Set(['comment']),
  atomic: new Set(['interpreted_string_literal', 'raw_string_literal', 'rune_literal']),
  functions: new Set(['function_declaration', 'method_declaration', 'func_literal']),
  declarations: new Map<string, DeclarationReader>([
    ['function_declaration', readFunction('function')],
    ['method_declaration', readFunction('method')],
    ['method_elem', readFunction('method')],
    ['type_spec', readType],
    ['type_alias', readType],
    ['const_spec', readVariable],
    ['var_spec', readVariable],
    ['field_declaration', readField],
    ['package_clause', readPackage],
  ]),
  containers: new Set(['type_declaration', 'const_declaration', 'var_declaration']),
  leadingSiblings: new Set(),
  wrappers: () => [NO_WRAPPER],
};

export const goLanguages: readonly Language[] = [
  {
    ids: ['go'],
    grammar: { wasm: 'tree-sitter-go.wasm', rules: goRules },
    comments: {
      documentation: lineStyle('//'),
      // The comment above this import is C.
      codeBelow: /^\s*(?:import\s+)?"C"/,
      // Directives have no space after the slashes, which is how Go tells them from documentation.
      directive:
        /^\/\/(?:[a-z0-9]+:[a-z0-9]|\s*(?:nolint\b|#?nosec\b|\+build )|export |extern |line )|^\/\*line /,
      orderLines:
        /^(?:\+build\b|\+[\w-]+(?::[\w:-]+)?(?:=|$)|(?:Unordered output|Output|Deprecated):|Code generated .* DO NOT EDIT\.$|#nosec\b|nolint\b|go:[a-z]|#\s*(?:cgo|include|define)\b)/,
      fileDirective: /^\/\/(?:go:build |\s*\+build )/,
      // What an example prints is compared with the lines below this one.
      hasBlockOrders: (comments) => /^\s*\/[/*]\s*(?:unordered )?output:/im.test(comments),
    },
  },
];
