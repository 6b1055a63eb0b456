import type { Node } from '@vscode/tree-sitter-wasm';
import { type CommentedText, documentationAbove, documentationBehind } from './documentation';
import type { DeclarationFacts, LanguageRules } from './languageRules';
import { namedChildren } from './languages/nodes';
import type { Declaration } from './syntax';
import type { WalkResult } from './treeWalk';

/** The text that declarations are read from. */
export interface DeclaringText extends CommentedText {
  readonly grammarRules: LanguageRules;
}

/** Makes declarations of the nodes that the walk found; positions are those of the parsed text. */
export function readDeclarations(
  text: DeclaringText,
  candidates: WalkResult['candidates'],
): Declaration[] {
  const found: Declaration[] = [];
  const enclosing: Declaration[] = [];
  for (const { node, insideFunction } of candidates) {
    const facts = text.grammarRules.declarations.get(node.type)?.(node, { insideFunction });
    if (!facts || facts.name === '') continue;
    const start = outerStart(text, node);
    while ((enclosing.at(-1)?.end ?? Infinity) <= start) enclosing.pop();
    const declaration = describe(text, { node, facts, start, depth: enclosing.length });
    found.push(declaration);
    if (facts.kind !== 'member') enclosing.push(declaration);
  }
  return found;
}

interface Located {
  readonly node: Node;
  readonly facts: DeclarationFacts;
  readonly start: number;
  readonly depth: number;
}

function describe(text: DeclaringText, { node, facts, start, depth }: Located): Declaration {
  const { lines } = text;
  const { nameNode, ...rest } = facts;
  const end = Math.max(start, trimmedEnd(text.source, outermost(text, node).endIndex));
  const name = nameNode ?? node.childForFieldName('name') ?? node;
  return {
    ...rest,
    start,
    end,
    nameStart: name.startIndex,
    headEnd: Math.min(end, Math.max(start, headEnd(node))),
    startLine: lines.lineAt(start),
    endLine: lines.lineAt(Math.max(start, end - 1)),
    depth,
    ...place(text, { node, start, end }),
  };
}

type Place = Pick<Declaration, 'documentation' | 'documentationLine' | 'indentationLine'>;

function place(
  text: DeclaringText,
  { node, start, end }: { readonly node: Node; readonly start: number; readonly end: number },
): Place {
  const { lines, grammarRules: rules } = text;
  if (!rules.innerDocumentation) {
    const above = documentationAbove(text, start);
    return {
      documentation: above.documentation ?? documentationBehind(text, end),
      documentationLine: lines.isFirstOnLine(above.start) ? lines.lineAt(above.start) : null,
      indentationLine: lines.lineAt(start),
    };
  }
  const { documentation, bodyStart } = rules.innerDocumentation(node);
  const bodyLine =
    bodyStart !== null && lines.isFirstOnLine(bodyStart) ? lines.lineAt(bodyStart) : null;
  // Before comments that follow the signature: they are about the body.
  const headLine = lines.lineAt(Math.max(start, headEnd(node) - 1));
  return {
    documentation,
    documentationLine: bodyLine === null ? null : Math.min(lineBelowHead(text, headLine), bodyLine),
    indentationLine: bodyLine ?? lines.lineAt(start),
  };
}

/** The line below a signature, and below a comment that is a part of it, such as one of its types. */
function lineBelowHead({ source, lines, rules }: DeclaringText, headLine: number): number {
  const start = lines.startOf(headLine + 1);
  const words = source.slice(start, start + SIGNATURE_COMMENT).trimStart();
  return rules.signatureComment?.test(words) ? headLine + 2 : headLine + 1;
}

/** Of a line, what is looked at for a comment that belongs to a signature. */
const SIGNATURE_COMMENT = 200;

/** The declaration with what belongs to it: `export`, decorators, a template's head. */
function outermost({ grammarRules: rules }: DeclaringText, node: Node): Node {
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

function outerStart(text: DeclaringText, node: Node): number {
  const outer = outermost(text, node);
  let start = outer.startIndex;
  // Looking back among siblings takes time that grows with their number.
  const { leadingSiblings, isLeadingSibling, comments } = text.grammarRules;
  if (leadingSiblings.size === 0 && !isLeadingSibling) return start;
  for (let before = outer.previousSibling; before; before = before.previousSibling) {
    if (leadingSiblings.has(before.type) || isLeadingSibling?.(before) === true) {
      start = before.startIndex;
    } else if (!comments.has(before.type)) break;
  }
  return start;
}

function trimmedEnd(source: string, end: number): number {
  let last = end;
  while (last > 0 && /\s/.test(source.charAt(last - 1))) last--;
  return last;
}

/** Where a body or a value begins, brace included; where there is none, the declaration's end. */
function headEnd(node: Node): number {
  const body = bodyOf(node, 0);
  if (!body) return node.endIndex;
  if (/^[{:(=]/.test(body.text.charAt(0))) return body.startIndex + 1;
  for (let before = body.previousSibling; before; before = before.previousSibling) {
    if (!before.isExtra) return before.endIndex;
  }
  return body.startIndex;
}

const BODY_FIELDS = ['body', 'value', 'right'] as const;
/** Fields and nodes between a declaration and what its body is a field of. */
const BETWEEN = ['declarator', 'type', 'value', 'right'] as const;
/** Bodies that no field names. */
const LISTS: ReadonlySet<string> = new Set(['field_declaration_list', 'enumerator_list']);
const MAX_DEPTH = 3;

function bodyOf(node: Node, depth: number): Node | null {
  for (const field of BODY_FIELDS) {
    const found = node.childForFieldName(field);
    if (!found) continue;
    // A function's body, not its parameters, is where the head of its variable ends.
    return (field === 'body' ? null : found.childForFieldName('body')) ?? found;
  }
  if (depth === MAX_DEPTH) return null;
  for (const field of BETWEEN) {
    const inner = node.childForFieldName(field);
    const found = inner && bodyOf(inner, depth + 1);
    if (found) return found;
  }
  return (
    node.children.find((child) => child !== null && LISTS.has(child.type)) ??
    (depth > 0 ? (node.children.find((child) => child?.type === '{') ?? null) : null)
  );
}
