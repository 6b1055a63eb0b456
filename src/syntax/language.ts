import type { CommentRules } from './commentRules';
import type { LanguageRules } from './languageRules';

/** All that is known of a language; its one home is a file in `languages`. */
export interface Language {
  /** VS Code's identifiers. */
  readonly ids: readonly string[];
  readonly comments: CommentRules;
  /** Absent where no grammar ships: then texts are placed with care, and nothing is verified. */
  readonly grammar?: {
    /** A file of `@vscode/tree-sitter-wasm`; the packaging step finds it here. */
    readonly wasm: string;
    /** How its trees are read. */
    readonly rules: LanguageRules;
  };
  /** Whether a string means the same between single and double quotes. */
  readonly hasEqualQuotes?: boolean;
}
