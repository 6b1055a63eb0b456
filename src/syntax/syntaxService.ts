import type { Language, Tree } from '@vscode/tree-sitter-wasm';
import { readDeclarations } from './declarations';
import { markDirectiveLines } from './directiveLines';
import type { CommentRules } from './commentRules';
import type { LanguageRules, Wrapper } from './languageRules';
import { NO_WRAPPER } from './languageRules';
import { languageOf } from './languages/languages';
import { hasOnlyComments } from './layout/commentPlaces';
import { readGaps } from './layout/readGaps';
import { LineIndex } from './lineIndex';
import type { Declaration, SyntaxService, SyntaxToken, SyntaxTree } from './syntax';
import { startTreeSitter } from './treeSitterRuntime';
import type { TreeSitterRuntime } from './treeSitterRuntime';
import { walkTree } from './treeWalk';

export interface SyntaxServiceOptions {
  /** Bytes of one of the files named by `SHIPPED_WASM`. */
  loadWasm(name: string): Promise<Uint8Array>;
}

/**
 * A syntax service that loads parser and grammars on first use and keeps them.
 *
 * `parse` rejects when a shipped file cannot be read or loaded; the next call tries again.
 */
export function createSyntaxService(options: SyntaxServiceOptions): SyntaxService {
  let runtime: Promise<TreeSitterRuntime> | null = null;
  const start = (): Promise<TreeSitterRuntime> => {
    if (runtime) return runtime;
    runtime = startTreeSitter((name) => options.loadWasm(name));
    runtime.catch(() => (runtime = null));
    return runtime;
  };
  return {
    async parse(languageId, text) {
      const { grammar, comments } = languageOf(languageId) ?? {};
      if (!grammar || !comments) return null;
      const treeSitter = await start();
      const language = await treeSitter.language(grammar.wasm);
      return parseText({ treeSitter, language, rules: grammar.rules, comments }, text);
    },
  };
}

interface Grammar {
  readonly treeSitter: TreeSitterRuntime;
  readonly language: Language;
  readonly rules: LanguageRules;
  readonly comments: CommentRules;
}

/** Parses as a whole file first, then as the fragments that the language knows. */
function parseText(grammar: Grammar, text: string): SyntaxTree {
  const [first = NO_WRAPPER, ...others] = grammar.rules.wrappers(text);
  const plain = parseWrapped(grammar, text, first);
  if (!plain.hasErrors) return plain;
  for (const wrapper of others) {
    const wrapped = parseWrapped(grammar, text, wrapper);
    if (!wrapped.hasErrors) return wrapped;
  }
  return plain;
}

function parseWrapped(grammar: Grammar, text: string, wrapper: Wrapper): SyntaxTree {
  const parser = new grammar.treeSitter.module.Parser();
  let tree: Tree | null = null;
  try {
    parser.setLanguage(grammar.language);
    const source = wrapper.prefix + text + wrapper.suffix;
    tree = parser.parse(source);
    if (!tree) throw new Error('The parser gave no tree.');
    return readTree(tree, { source, grammar, wrapper });
  } finally {
    tree?.delete();
    parser.delete();
  }
}

interface Parsed {
  readonly source: string;
  readonly grammar: Grammar;
  readonly wrapper: Wrapper;
}

function readTree(tree: Tree, { source, grammar, wrapper }: Parsed): SyntaxTree {
  const { rules } = grammar;
  const cursor = tree.walk();
  try {
    const walk = walkTree(cursor, source, rules);
    const lines = new LineIndex(source, wrapper.prefix.length);
    const comments = walk.tokens.filter((token) => token.kind === 'comment');
    const text = { source, lines, comments, rules: grammar.comments, grammarRules: rules };
    const all = readDeclarations(text, walk.candidates);
    const tokens = rules.directives
      ? markDirectiveLines(source, walk.tokens, rules.directives)
      : walk.tokens;
    // A fragment that closes its wrapper, or makes members of statements, is not for that wrapper.
    const last = tree.rootNode.lastNamedChild;
    const isFit =
      wrapper.suffix === '' ||
      ((last?.startIndex ?? 0) < wrapper.prefix.length &&
        !all.some(({ kind, name }) => kind !== 'member' && rules.reserved?.has(name)));
    const range = { start: wrapper.prefix.length, end: source.length - wrapper.suffix.length };
    const unwrapped = unwrap(all, range);
    const kept = tokens.map((token) => isWithin(token, range));
    let gaps: readonly string[] | null = null;
    return {
      tokens: tokens.filter((_, index) => kept[index]).map((token) => shift(token, range.start)),
      declarations: unwrapped.filter(({ kind }) => kind !== 'member'),
      members: unwrapped.filter(({ kind }) => kind === 'member'),
      // Only a proof of layout asks for them.
      get gaps() {
        gaps ??= readGaps(source, walk, rules.layout).filter((_, index) => kept[index]);
        return gaps;
      },
      hasErrors: tree.rootNode.hasError || !isFit || !hasOnlyComments(source, walk, rules),
      layoutMatters: rules.layoutMatters,
      blockDepths: walk.blockDepths.filter((_, index) => kept[index]),
      newlinesMatter: rules.newlinesMatter,
      structure: walk.structure,
    };
  } finally {
    cursor.delete();
  }
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function isWithin(token: SyntaxToken, range: Range): boolean {
  return token.start >= range.start && token.end <= range.end;
}

function shift<T extends Range>(item: T, offset: number): T {
  return offset === 0 ? item : { ...item, start: item.start - offset, end: item.end - offset };
}

/** Declarations of the text itself, as if the wrapper were not there. */
function unwrap(declarations: readonly Declaration[], range: Range): Declaration[] {
  const inside = declarations.filter(({ start, end }) => start >= range.start && end <= range.end);
  const isOuter = ({ kind, start, end }: Declaration): boolean =>
    kind !== 'member' && !(start >= range.start && end <= range.end);
  const outerDepth = declarations.some(isOuter) ? 1 : 0;
  return inside.map((declaration) => ({
    ...shift(declaration, range.start),
    nameStart: declaration.nameStart - range.start,
    headEnd: declaration.headEnd - range.start,
    depth: Math.max(0, declaration.depth - outerDepth),
    documentation: declaration.documentation && shift(declaration.documentation, range.start),
  }));
}
