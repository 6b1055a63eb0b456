import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import { RUNTIME_WASM } from './grammars';

type TreeSitterModule = typeof TreeSitter;

/** The parser module and its grammars, each loaded once, on first use. */
export interface TreeSitterRuntime {
  readonly module: TreeSitterModule;
  language(wasm: string): Promise<TreeSitter.Language>;
}

interface ParserClass {
  init(options: { readonly wasmBinary: Uint8Array }): Promise<void>;
}

/**
 * Starts the parser. It is one per process in any case: the module keeps its WebAssembly instance
 * to itself, so a second call shares the first one's.
 *
 * @param loadWasm - Bytes of a file of `SHIPPED_WASM`; the module itself reads no files.
 * @throws what `loadWasm` throws, or when the bytes are not what they should be.
 */
export async function startTreeSitter(
  loadWasm: (name: string) => Promise<Uint8Array>,
): Promise<TreeSitterRuntime> {
  // It is a CommonJS module without named exports that a static analysis would find.
  const imported = (await import('@vscode/tree-sitter-wasm')) as TreeSitterModule & {
    readonly default?: TreeSitterModule;
  };
  const module = imported.default ?? imported;
  // The typings know only `locateFile`; the bytes make it unnecessary to read a file at all.
  const parserClass = module.Parser as unknown as ParserClass;
  await parserClass.init({ wasmBinary: await loadWasm(RUNTIME_WASM) });
  const languages = new Map<string, Promise<TreeSitter.Language>>();
  return {
    module,
    language(wasm) {
      const known = languages.get(wasm);
      if (known) return known;
      const loading = loadWasm(wasm).then((bytes) => module.Language.load(bytes));
      languages.set(wasm, loading);
      // A failure is not kept: the file may be readable the next time.
      loading.catch(() => languages.delete(wasm));
      return loading;
    },
  };
}
