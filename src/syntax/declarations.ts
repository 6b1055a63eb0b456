import type { Node } from '@vscode/tree-sitter-wasm';
import { documentationAbove } from './documentation';
import type { DocumentedText } from './documentation';
import type { DeclarationFacts } from './languageRules';
import { namedChildren } from './languages/nodes';
import type { Declaration } from './syntax';
import type { WalkResult } from './treeWalk';

/** Makes declarations of the nodes that the walk found; positions are those of the parsed text. */
export function readDeclarations(
  text: DocumentedText,
  candidates: WalkResult['candidates'],
): Declaration[] {
  const found: Declaration[] = [];
  const enclosing: Declaration[] = [];
  for (const { node, insideFunction } of candidates) {
    const facts = text.rules.declarations.get(node.type)?.(node, { insideFunction });
    if (!facts || facts.name === '') continue;
    const start = outerStart(text, node);
    while ((enclosing.at(-1)?.end ?? Infinity) <= start) enclosing.pop();
    const declaration = describe(text, { node, facts, start, depth: enclosing.length });
    found.push(declaration);
    enclosing.push(declaration);
  }
  return found;
}

interface Located {
  readonly node: Node;
  readonly facts: DeclarationFacts;
  readonly start: number;
  readonly depth: number;
}

function describe(text: DocumentedText, { node, facts, start, depth }: Located): Declaration {
  const { lines } = text;
  const end = Math.max(start, trimmedEnd(text.source, outermost(text, node).endIndex));
  return {
    ...facts,
    start,
    end,
    startLine: lines.lineAt(start),
    endLine: lines.lineAt(Math.max(start, end - 1)),
    depth,
    ...place(text, { node, facts, start }),
  };
}

type Place = Pick<Declaration, 'documentation' | 'documentationLine' | 'indentationLine'>;

function place(
  text: DocumentedText,
  {
    node,
    start,
  }: { readonly node: Node; readonly facts: DeclarationFacts; readonly start: number },
): Place {
  const { lines, rules } = text;
  if (!rules.innerDocumentation) {
    const above = documentationAbove(text, start);
    return {
      documentation: above.documentation,
      documentationLine: lines.isFirstOnLine(above.start) ? lines.lineAt(above.start) : null,
      indentationLine: lines.lineAt(start),
    };
  }
  const { documentation, bodyStart } = rules.innerDocumentation(node);
  const bodyLine =
    bodyStart !== null && lines.isFirstOnLine(bodyStart) ? lines.lineAt(bodyStart) : null;
  return {
    documentation,
    documentationLine: bodyLine,
    indentationLine: bodyLine ?? lines.lineAt(start),
  };
}

/** The declaration with what belongs to it: `export`, decorators, a template's head. */
function outermost({ rules }: DocumentedText, node: Node): Node {
  let outer = node;
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (!rules.containers.has(parent.type) || !isOnlyMember(parent)) break;
    outer = parent;
  }
  return outer;
}

/** Whether a container holds one declaration, not a list of which each has its own documentation. */
function isOnlyMember(container: Node): boolean {
  const isGroup = container.children.some((child) => child?.type === '(');
  const declarators = namedChildren(container).filter(
    (child) => child.type === 'variable_declarator',
  );
  return !isGroup && declarators.length <= 1;
}

function outerStart(text: DocumentedText, node: Node): number {
  const outer = outermost(text, node);
  let start = outer.startIndex;
  // Looking back among siblings takes time that grows with their number.
  if (text.rules.leadingSiblings.size === 0) return start;
  for (let before = outer.previousSibling; before; before = before.previousSibling) {
    if (text.rules.leadingSiblings.has(before.type)) start = before.startIndex;
    else if (!text.rules.comments.has(before.type)) break;
  }
  return start;
}

function trimmedEnd(source: string, end: number): number {
  let last = end;
  while (last > 0 && /\s/.test(source.charAt(last - 1))) last--;
  return last;
}
