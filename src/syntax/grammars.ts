import { LANGUAGES } from './languages/languages';

/** The parser's own WebAssembly module, needed by every grammar. */
export const RUNTIME_WASM = 'tree-sitter.wasm';

const parsed = LANGUAGES.filter((language) => language.grammar !== undefined);

/** Languages that can be parsed, by VS Code's identifiers. */
export const PARSED_LANGUAGES: readonly string[] = parsed.flatMap(({ ids }) => ids);

/** File names of all WebAssembly modules that the package must contain. */
export const SHIPPED_WASM: readonly string[] = [
  RUNTIME_WASM,
  ...new Set(parsed.flatMap(({ grammar }) => (grammar ? [grammar.wasm] : []))),
];
