/** What core code asks of a grammar. Offsets are UTF-16 code units, lines are zero-based. */

export interface SyntaxToken {
  /** `doc` is a documentation string that is not a comment, as in Python. */
  readonly kind: 'code' | 'comment' | 'doc';
  readonly start: number;
  readonly end: number;
  /**
   * What counts of the token where that is not its source text: a comment or docstring without its
   * indentation, JSX text and macro bodies with the white space that matters. A leading newline says
   * that the token must begin a line, as around preprocessor directives. Read it by `tokenText`.
   */
  readonly text?: string;
}

/** What must be equal of two tokens for them to mean the same; `source` is the text parsed. */
export function tokenText(token: SyntaxToken, source: string): string {
  return token.text ?? source.slice(token.start, token.end);
}

/** A declaration that a docstring can belong to. */
export interface Declaration {
  readonly name: string;
  readonly kind:
    | 'function'
    | 'method'
    | 'class'
    | 'interface'
    | 'type'
    | 'enum'
    | 'module'
    | 'variable'
    /** What is listed in another declaration: a field of a struct, a case, an entry of an object. */
    | 'member';
  readonly start: number;
  readonly end: number;
  readonly startLine: number;
  readonly endLine: number;
  /** Where its name stands. */
  readonly nameStart: number;
  /** Where its body or value begins: what is before, signature and all, is the declaration's head. */
  readonly headEnd: number;
  /** Nesting among declarations; 0 at the top. */
  readonly depth: number;
  readonly parameters: readonly string[];
  /**
   * Whether the signature states a result, so that a docstring may describe it; in a language whose
   * signatures do not say, whether the body returns a value.
   */
  readonly returnsValue: boolean;
  /** Where the declaration's documentation is now, comment characters included; null when none. */
  readonly documentation: { readonly start: number; readonly end: number } | null;
  /**
   * Zero-based line before which a new docstring goes: the declaration's own first line, decorators,
   * modifiers and linter directives above counted, or in Python the first line of the body. Null when
   * there is no such line, as for a body on the signature's line.
   */
  readonly documentationLine: number | null;
  /** Zero-based line whose indentation a new docstring takes. */
  readonly indentationLine: number;
}

export interface SyntaxTree {
  /** All leaves in order, without white space; in layout-sensitive languages see `layoutMatters`. */
  readonly tokens: readonly SyntaxToken[];
  readonly declarations: readonly Declaration[];
  /** What else may be documented, of the kind `member`. */
  readonly members: readonly Declaration[];
  /**
   * For each token what the white space before it means to the language; empty where nothing depends
   * on it, and for comments. A text with the same tokens and the same marks is the same program.
   */
  readonly gaps: readonly string[];
  /** Whether the grammar met something that it does not understand. */
  readonly hasErrors: boolean;
  /** Whether indentation has meaning (Python): then equal tokens alone prove nothing. */
  readonly layoutMatters: boolean;
  /** In a language in which indentation matters, the block depth of each token; else empty. */
  readonly blockDepths: readonly number[];
  /**
   * Whether a line break alone can end a statement or a directive (JavaScript, Go, Python, Ruby,
   * shell, the C preprocessor): then equal tokens prove nothing without equal structure.
   */
  readonly newlinesMatter: boolean;
  /**
   * Fingerprint of the tree's shape: node types and their nesting, without positions, comments and
   * docstrings. Separators (`;` and `,`) are left out, as what they separate is in the tree.
   * Comparable only between trees of the same language, and of no worth when `hasErrors`.
   */
  readonly structure: string;
}

/** Parses text by a real grammar. */
export interface SyntaxService {
  /** @returns null when there is no grammar for the language: the caller says "not verified". */
  parse(languageId: string, text: string): Promise<SyntaxTree | null>;
}
