import type { DirectiveRule } from './directiveLines';
import type { Node } from '@vscode/tree-sitter-wasm';
import type { CommentNeighbours, LanguageLayout } from './layout/gap';
import type { Declaration } from './syntax';

/** What a declaration says about itself, before it is known where its documentation is. */
export interface DeclarationFacts {
  readonly name: string;
  readonly kind: Declaration['kind'];
  readonly parameters: readonly string[];
  readonly returnsValue: boolean;
  /** The node of the name, where it is not the child in the field `name`. */
  readonly nameNode?: Node | null;
}

export interface DeclarationContext {
  /** Whether the declaration is local to a function. */
  readonly insideFunction: boolean;
}

/** Reads a node that may be a declaration; null when it cannot be documented. */
export type DeclarationReader = (
  node: Node,
  context: DeclarationContext,
) => DeclarationFacts | null;

/** Text put around a fragment so that the grammar reads it in the place where it stands. */
export interface Wrapper {
  /** Without line breaks, so that lines keep their numbers. */
  readonly prefix: string;
  readonly suffix: string;
}

export const NO_WRAPPER: Wrapper = { prefix: '', suffix: '' };

/** Where a docstring that is written inside of the body goes. */
export interface InnerDocumentation {
  readonly documentation: { readonly start: number; readonly end: number } | null;
  /** Offset of the body's first token, or null when there is no place for a docstring. */
  readonly bodyStart: number | null;
}

/** How trees of one grammar become tokens and declarations. Sets hold names of node types. */
export interface LanguageRules {
  readonly layoutMatters: boolean;
  readonly newlinesMatter: boolean;
  readonly layout: LanguageLayout;
  /**
   * Whether the language reads a comment of the grammar as something else, even in part.
   *
   * @param before - What stands before the comment on its line.
   */
  readonly misreadsComment?: (comment: string, before: string) => boolean;
  /** Whether the language takes no such comment where it stands, as documentation of nothing. */
  readonly refusesComment?: (comment: string, around: CommentNeighbours) => boolean;
  readonly comments: ReadonlySet<string>;
  /** Nodes that are one token, with all the white space in them. */
  readonly atomic: ReadonlySet<string>;
  /** Atomic nodes that begin after the white space that is theirs as well, as a heredoc's body. */
  readonly indented?: ReadonlySet<string>;
  /** Types of nodes of which not the source text counts, and what of them does; empty for nothing. */
  readonly cooked?: ReadonlyMap<string, (text: string) => string>;
  /** Whether a backslash before a line break is layout. */
  readonly hasContinuations?: boolean;
  /** Where lines that begin with `#` are directives, so that their ends matter. */
  readonly directives?: DirectiveRule;
  /** Whether a node is a documentation string that is not a comment. */
  readonly isDocString?: (node: Node) => boolean;
  /** The type of nodes that indentation makes, where layout matters. */
  readonly block?: string;
  readonly functions: ReadonlySet<string>;
  readonly declarations: ReadonlyMap<string, DeclarationReader>;
  /** Nodes around a declaration that belong to it, such as `export` or a decorated definition. */
  readonly containers: ReadonlySet<string>;
  /** Nodes before a declaration that belong to it, such as attributes. */
  readonly leadingSiblings: ReadonlySet<string>;
  /** As `leadingSiblings`, of those nodes only for which it holds. */
  readonly isLeadingSibling?: (node: Node) => boolean;
  /** Present where documentation stands inside of the body. */
  readonly innerDocumentation?: (node: Node) => InnerDocumentation;
  /** Names that no member has: a wrapper that makes them members misreads statements. */
  readonly reserved?: ReadonlySet<string>;
  /** Ways to read a text, tried in order until one is free of errors. */
  wrappers(text: string): readonly Wrapper[];
}
