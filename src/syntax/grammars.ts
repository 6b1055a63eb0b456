/**
 * The grammars that ship, by VS Code's language identifiers. The packaging step copies exactly the
 * files named here from `@vscode/tree-sitter-wasm`; sizes are in ARCHITECTURE.md.
 */

/** The parser's own WebAssembly module, needed by every grammar. */
export const RUNTIME_WASM = 'tree-sitter.wasm';

export type RulesName =
  | 'javascript'
  | 'json'
  | 'python'
  | 'go'
  | 'java'
  | 'c'
  | 'rust'
  | 'csharp'
  | 'php'
  | 'ruby'
  | 'bash'
  | 'css';

export interface Grammar {
  readonly wasm: string;
  /** Which rules read the grammar's trees. */
  readonly rules: RulesName;
}

const typescript: Grammar = { wasm: 'tree-sitter-typescript.wasm', rules: 'javascript' };
const tsx: Grammar = { wasm: 'tree-sitter-tsx.wasm', rules: 'javascript' };
const javascript: Grammar = { wasm: 'tree-sitter-javascript.wasm', rules: 'javascript' };
const json: Grammar = { wasm: 'tree-sitter-javascript.wasm', rules: 'json' };
// The C++ grammar reads C as well, but for names like `class` that only C allows.
const cpp: Grammar = { wasm: 'tree-sitter-cpp.wasm', rules: 'c' };
const bash: Grammar = { wasm: 'tree-sitter-bash.wasm', rules: 'bash' };

const GRAMMARS: ReadonlyMap<string, Grammar> = new Map([
  ['typescript', typescript],
  ['typescriptreact', tsx],
  ['javascript', javascript],
  ['javascriptreact', javascript],
  ['json', json],
  ['jsonc', json],
  ['python', { wasm: 'tree-sitter-python.wasm', rules: 'python' }],
  ['go', { wasm: 'tree-sitter-go.wasm', rules: 'go' }],
  ['java', { wasm: 'tree-sitter-java.wasm', rules: 'java' }],
  ['c', cpp],
  ['cpp', cpp],
  ['cuda-cpp', cpp],
  ['rust', { wasm: 'tree-sitter-rust.wasm', rules: 'rust' }],
  ['csharp', { wasm: 'tree-sitter-c-sharp.wasm', rules: 'csharp' }],
  ['php', { wasm: 'tree-sitter-php.wasm', rules: 'php' }],
  ['ruby', { wasm: 'tree-sitter-ruby.wasm', rules: 'ruby' }],
  ['shellscript', bash],
  ['css', { wasm: 'tree-sitter-css.wasm', rules: 'css' }],
]);

/** The grammar for a language, or null when none ships. */
export function grammarFor(languageId: string): Grammar | null {
  return GRAMMARS.get(languageId) ?? null;
}

/** Languages that can be parsed, by VS Code's identifiers. */
export const PARSED_LANGUAGES: readonly string[] = [...GRAMMARS.keys()];

/** File names of all WebAssembly modules that the package must contain. */
export const SHIPPED_WASM: readonly string[] = [
  RUNTIME_WASM,
  ...new Set([...GRAMMARS.values()].map((grammar) => grammar.wasm)),
];
