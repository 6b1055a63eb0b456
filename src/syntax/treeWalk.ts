import { createHash } from 'node:crypto';
import type { Node, TreeCursor } from '@vscode/tree-sitter-wasm';
import { cookComment, cookDocString } from './cookedText';
import type { LanguageRules } from './languageRules';
import type { TokenPlace } from './layout/readGaps';
import type { SyntaxToken } from './syntax';

/** What one pass over a tree finds. Offsets are those of the parsed text. */
export interface WalkResult {
  readonly tokens: readonly SyntaxToken[];
  /** Where in the tree each token stands. */
  readonly places: readonly TokenPlace[];
  readonly blockDepths: readonly number[];
  readonly structure: string;
  /** Nodes of types that the rules know as declarations, outer ones first. */
  readonly candidates: readonly { readonly node: Node; readonly insideFunction: boolean }[];
}

/** Left out of the structure: what they separate says as much, and formatters add and drop them. */
const SEPARATORS: ReadonlySet<string> = new Set([';', ',']);

interface WalkState {
  readonly source: string;
  readonly hasCarriageReturns: boolean;
  readonly rules: LanguageRules;
  readonly cursor: TreeCursor;
  readonly tokens: SyntaxToken[];
  readonly places: OpenPlace[];
  /** Nodes that began since the last token of code. */
  opening: string[];
  readonly blockDepths: number[];
  readonly shape: string[];
  readonly candidates: { readonly node: Node; readonly insideFunction: boolean }[];
  /** End of the last token or of skipped text: every character before it is accounted for. */
  position: number;
  blockDepth: number;
  functionDepth: number;
  /** Nodes whose children are being visited. */
  readonly opened: OpenNode[];
}

/** A place whose last nodes may not have ended yet. */
interface OpenPlace extends TokenPlace {
  readonly closes: string[];
}

interface OpenNode {
  readonly type: string;
  /** How many tokens there were when it began. */
  readonly firstToken: number;
  readonly isNamed: boolean;
  readonly isBlock: boolean;
  readonly isFunction: boolean;
}

/** Visits every node of the cursor's tree once. */
export function walkTree(cursor: TreeCursor, source: string, rules: LanguageRules): WalkResult {
  const state: WalkState = {
    source,
    hasCarriageReturns: source.includes('\r'),
    rules,
    cursor,
    tokens: [],
    places: [],
    opening: [],
    blockDepths: [],
    shape: [],
    candidates: [],
    position: 0,
    blockDepth: 0,
    functionDepth: 0,
    opened: [],
  };
  visitAll(state);
  takeGap(state, source.length);
  return {
    tokens: state.tokens,
    places: state.places,
    blockDepths: rules.layoutMatters ? state.blockDepths : [],
    structure: createHash('sha256').update(state.shape.join(' ')).digest('hex').slice(0, 32),
    candidates: state.candidates,
  };
}

/** Depth first and without recursion: a long sum nests deeper than the stack is high. */
function visitAll(state: WalkState): void {
  const { cursor } = state;
  for (;;) {
    if (visit(state) && enter(state)) continue;
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return;
      leave(state);
    }
  }
}

/** Takes the cursor's node, or says that its children are to be visited. */
function visit(state: WalkState): boolean {
  const { cursor, rules } = state;
  const type = cursor.nodeType;
  if (rules.comments.has(type)) return takeToken(state, 'comment');
  if (type === 'expression_statement' && rules.isDocString?.(cursor.currentNode)) {
    return takeToken(state, 'doc');
  }
  if (rules.declarations.has(type)) {
    state.candidates.push({ node: cursor.currentNode, insideFunction: state.functionDepth > 0 });
  }
  const cook = rules.cooked?.get(type);
  if (cook) return takeCooked(state, cook);
  if (!rules.atomic.has(type)) return true;
  state.shape.push(type);
  return takeAtom(state);
}

/** Goes to the first child, or takes the cursor's node as a leaf and stays. */
function enter(state: WalkState): boolean {
  const { cursor, rules } = state;
  const type = cursor.nodeType;
  const isNamed = cursor.nodeIsNamed;
  if (cursor.nodeIsMissing) state.shape.push('missing');
  if (!cursor.gotoFirstChild()) {
    if (isNamed || (!SEPARATORS.has(type) && type.trim() !== '')) state.shape.push(type);
    return takeToken(state, 'code');
  }
  const opened = {
    type,
    firstToken: state.tokens.length,
    isNamed,
    isBlock: type === rules.block,
    isFunction: rules.functions.has(type),
  };
  state.opened.push(opened);
  if (isNamed) state.opening.push(type);
  if (opened.isBlock) state.blockDepth++;
  if (opened.isFunction) state.functionDepth++;
  if (isNamed) state.shape.push(`(${type}`);
  return true;
}

function leave(state: WalkState): void {
  const opened = state.opened.pop();
  if (!opened) return;
  if (opened.isNamed) {
    state.shape.push(')');
    closePlace(state, opened);
  }
  if (opened.isFunction) state.functionDepth--;
  if (opened.isBlock) state.blockDepth--;
}

/** Notes at the last token of code that a node ends with it. */
function closePlace(state: WalkState, { type, firstToken }: OpenNode): void {
  for (let index = state.tokens.length - 1; index >= firstToken; index--) {
    if (state.tokens[index]?.kind === 'comment') continue;
    state.places[index]?.closes.push(type);
    return;
  }
  // A node without code began nowhere.
  if (state.opening.at(-1) === type) state.opening.pop();
}

/** Takes the cursor's whole node, or what is visible of a leaf. */
function takeToken(state: WalkState, kind: SyntaxToken['kind']): false {
  const { startIndex: start, endIndex } = state.cursor;
  // Grammars count the line break that ends a comment or a marker to the node.
  const text = state.source.slice(start, endIndex).replace(/[ \t\r\n]+$/, '');
  takeGap(state, start);
  if (text === '') return false;
  const token: SyntaxToken = { kind, start, end: start + text.length };
  const type = state.cursor.nodeType;
  if (kind === 'code') push(state, token, type);
  else
    pushCooked(state, token, {
      type,
      text: kind === 'comment' ? cookComment(text) : cookDocString(text),
    });
  return false;
}

/** Takes the cursor's node with all its white space, which has meaning there. */
function takeAtom(state: WalkState): false {
  const { startIndex, endIndex, nodeType } = state.cursor;
  let start = startIndex;
  if (state.rules.indented?.has(nodeType)) {
    // What is indented begins in the line after the text before it.
    const lead = /^[ \t]*\r?\n?/.exec(state.source.slice(state.position, startIndex));
    start = Math.min(startIndex, state.position + (lead?.[0].length ?? 0));
  }
  takeGap(state, start);
  push(state, { kind: 'code', start, end: endIndex }, nodeType);
  return false;
}

function takeCooked(state: WalkState, cook: (text: string) => string): false {
  const { startIndex: start, endIndex: end, nodeType } = state.cursor;
  const cooked = cook(state.source.slice(start, end));
  takeGap(state, start);
  if (cooked === '') {
    state.position = Math.max(state.position, end);
    return false;
  }
  state.shape.push(nodeType);
  pushCooked(state, { kind: 'code', start, end }, { type: nodeType, text: cooked });
  return false;
}

function pushCooked(
  state: WalkState,
  token: SyntaxToken,
  { type, text }: { readonly type: string; readonly text: string },
): void {
  const isAsWritten = text === state.source.slice(token.start, token.end);
  push(state, isAsWritten ? token : { ...token, text }, type);
}

function push(state: WalkState, token: SyntaxToken, type: string): void {
  // A node may begin before the end of what was taken, as a heredoc's body does; no character twice.
  const start = Math.max(token.start, state.position);
  if (start >= token.end) return;
  state.tokens.push(withLineFeeds(state, start === token.start ? token : { ...token, start }));
  state.places.push({
    type,
    parent: state.opened.at(-1)?.type ?? '',
    opens: token.kind === 'comment' ? [] : state.opening,
    closes: [],
  });
  if (token.kind !== 'comment') state.opening = [];
  state.blockDepths.push(state.blockDepth);
  state.position = token.end;
}

/** A string over several lines means the same with either kind of line end. */
function withLineFeeds(state: WalkState, token: SyntaxToken): SyntaxToken {
  if (!state.hasCarriageReturns || token.text !== undefined) return token;
  const text = state.source.slice(token.start, token.end);
  return text.includes('\r') ? { ...token, text: text.replaceAll('\r\n', '\n') } : token;
}

/**
 * Takes the text between nodes: some grammars have no node for parts of the text, and a character
 * that no token has could be changed unseen.
 */
function takeGap(state: WalkState, end: number): void {
  const start = state.position;
  if (end <= start) return;
  const gap = state.source.slice(start, end);
  const visible = state.rules.hasContinuations
    ? gap.replace(/\\(\r?\n)/g, (_match, lineBreak: string) => ` ${lineBreak}`)
    : gap;
  // White space is what every language takes for it; any other character is one that counts.
  for (const match of visible.matchAll(/[^ \t\r\n]+/g)) {
    const at = start + match.index;
    push(state, { kind: 'code', start: at, end: at + match[0].length }, '');
  }
  state.position = end;
}
