import type { Node } from '@vscode/tree-sitter-wasm';
import type { DeclarationFacts, DeclarationReader } from '../languageRules';

/** The text of the child in a field; empty when there is none. */
export function fieldText(node: Node, field: string): string {
  return node.childForFieldName(field)?.text ?? '';
}

/** Named children without comments and without nulls. */
export function namedChildren(node: Node): Node[] {
  return node.namedChildren.filter((child): child is Node => child !== null && !child.isExtra);
}

/** The first child, direct or not, reached only through the given fields or named children. */
export function firstOfType(node: Node, types: ReadonlySet<string>): Node | null {
  if (types.has(node.type)) return node;
  for (const child of namedChildren(node)) {
    const found = firstOfType(child, types);
    if (found) return found;
  }
  return null;
}

/** The nearest ancestor of one of the types. */
export function ancestorOfType(node: Node, types: ReadonlySet<string>): Node | null {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (types.has(parent.type)) return parent;
  }
  return null;
}

/** Whether a body has a `return` with a value that is its own, not that of a function in it. */
export function returnsExpression(
  body: Node | null,
  returnTypes: ReadonlySet<string>,
  functions: ReadonlySet<string>,
): boolean {
  if (!body) return false;
  const pending = namedChildren(body);
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (functions.has(node.type)) continue;
    if (returnTypes.has(node.type)) {
      if (namedChildren(node).length > 0) return true;
      continue;
    }
    pending.push(...namedChildren(node));
  }
  return false;
}

/** Names that are there, in order. */
export function present(names: readonly (string | null | undefined)[]): string[] {
  return names.filter((name): name is string => typeof name === 'string' && name !== '');
}

/** Names of the parameters that a declaration lists, each as `nameOf` reads it. */
export function listedParameters(node: Node, nameOf: (parameter: Node) => string | null): string[] {
  const list = node.childForFieldName('parameters');
  return list ? present(namedChildren(list).map(nameOf)) : [];
}

/** What a declaration says that has a name and nothing else; null without one. */
export function namedBy(
  nameNode: Node | null | undefined,
  kind: DeclarationFacts['kind'],
): DeclarationFacts | null {
  return nameNode && nameNode.text !== ''
    ? { name: nameNode.text, nameNode, kind, parameters: [], returnsValue: false }
    : null;
}

/** Reads a declaration by the name in a field. */
export function readNamed(kind: DeclarationFacts['kind'], field = 'name'): DeclarationReader {
  return (node) => namedBy(node.childForFieldName(field), kind);
}

/** Reads what is listed in a declaration by the name in a field, or as a whole. */
export function readMember(field: string): DeclarationReader {
  return (node) => namedBy(field === '' ? node : node.childForFieldName(field), 'member');
}
