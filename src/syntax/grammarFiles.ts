import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Reads a grammar's file: from `grammars/` beside the running bundle, as in the package, or else
 * from the development dependency.
 *
 * @throws when the file is in neither place.
 */
export async function loadGrammarFile(name: string): Promise<Uint8Array> {
  const packaged = join(__dirname, 'grammars', name);
  if (await exists(packaged)) return readFile(packaged);
  // The name is kept from the bundler, which would look for the package itself.
  const packageName: string = '@vscode/tree-sitter-wasm';
  const module = createRequire(__filename).resolve(packageName);
  return readFile(join(dirname(module), name));
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
