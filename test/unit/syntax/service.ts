import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tokenText } from '../../../src/syntax/syntax';
import type { Declaration, SyntaxTree } from '../../../src/syntax/syntax';
import { createSyntaxService } from '../../../src/syntax/syntaxService';

const WASM_FOLDER = dirname(require.resolve('@vscode/tree-sitter-wasm'));

export function loadWasm(name: string): Promise<Uint8Array> {
  return readFile(join(WASM_FOLDER, name));
}

/** One service for all tests, as in the extension. */
export const syntax = createSyntaxService({ loadWasm });

/** Parses in a language that must have a grammar. */
export async function parse(languageId: string, text: string): Promise<SyntaxTree> {
  const tree = await syntax.parse(languageId, text);
  if (!tree) throw new Error(`No grammar for ${languageId}`);
  return tree;
}

export interface Meaning {
  readonly tokens: readonly string[];
  readonly depths: readonly number[];
  /** Says nothing of a text that the grammar cannot read. */
  readonly structure: string;
}

/** Text and depth of all tokens that are not comments, and the shape of the tree. */
export async function meaning(languageId: string, text: string): Promise<Meaning> {
  const tree = await parse(languageId, text);
  const code = tree.tokens.filter((token) => token.kind === 'code');
  return {
    tokens: code.map((token) => tokenText(token, text)),
    depths: tree.blockDepths.filter((_, index) => tree.tokens[index]?.kind === 'code'),
    structure: tree.structure,
  };
}

/** `name(parameters)` of each declaration, indented by depth, with what a test asks for. */
export function outline(tree: SyntaxTree): string[] {
  return tree.declarations.map(
    ({ name, kind, parameters, returnsValue, depth }) =>
      `${'  '.repeat(depth)}${kind} ${name}(${parameters.join(', ')})${returnsValue ? ' returns' : ''}`,
  );
}

/** The declaration of a name. */
export function declared(tree: SyntaxTree, name: string): Declaration {
  const found = tree.declarations.find((declaration) => declaration.name === name);
  if (!found) throw new Error(`No declaration of ${name}`);
  return found;
}

/** The documentation's text of a declaration, or null. */
export function documentationOf(tree: SyntaxTree, text: string, name: string): string | null {
  const { documentation } = declared(tree, name);
  return documentation && text.slice(documentation.start, documentation.end);
}
