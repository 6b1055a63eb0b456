import * as vscode from 'vscode';
import { delay, systemClock } from '../../common/clock';
import { type NestedDeclaration, nestedDeclarations } from '../../syntax/nestedDeclarations';
import type { Declaration, SyntaxService } from '../../syntax/syntax';
import type { SelectionSymbol } from '../../tasks/task';
import { languageOfDocument } from './partLanguages';

const SYMBOLS_TIMEOUT_MS = 1500;

/**
 * The symbols of a document: those that a language extension sees, or, where none is installed or it
 * fails or takes long, the declarations that the grammar of the language finds.
 */
export async function documentSymbols(
  document: vscode.TextDocument,
  syntax: SyntaxService,
): Promise<readonly vscode.DocumentSymbol[]> {
  const provided = await providedSymbols(document.uri);
  return provided.length > 0 ? provided : declaredSymbols(document, syntax);
}

async function providedSymbols(uri: vscode.Uri): Promise<readonly vscode.DocumentSymbol[]> {
  try {
    const asked = vscode.commands.executeCommand<
      (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
    >('vscode.executeDocumentSymbolProvider', uri);
    // A language server that is still starting must not hold up the run.
    const symbols = await Promise.race([asked, delay(systemClock, SYMBOLS_TIMEOUT_MS)]);
    // Old providers answer flat symbol information, which has no extent worth using.
    return (symbols ?? []).filter(
      (symbol): symbol is vscode.DocumentSymbol => 'children' in symbol,
    );
  } catch {
    // A language extension that fails must not fail the run; the grammar may know more.
    return [];
  }
}

/** Longer texts take longer to parse than an outline is worth. */
const MAX_PARSED_LENGTH = 1_000_000;
/** How often a text that changes while it is parsed is parsed again. */
const MAX_TRIES = 3;

async function declaredSymbols(
  document: vscode.TextDocument,
  syntax: SyntaxService,
): Promise<readonly vscode.DocumentSymbol[]> {
  for (let count = 0; count < MAX_TRIES; count += 1) {
    const { version } = document;
    const text = document.getText();
    if (text.length > MAX_PARSED_LENGTH) return [];
    const tree = await syntax.parse(languageOfDocument(document), text).catch(() => null);
    if (!tree) return [];
    // Positions are those of the text that was parsed.
    if (document.version === version) {
      return nestedDeclarations(tree.declarations).map((each) => symbolOf(document, each));
    }
  }
  return [];
}

function symbolOf(
  document: vscode.TextDocument,
  { declaration, start, end, children }: NestedDeclaration,
): vscode.DocumentSymbol {
  const { name, kind, nameStart } = declaration;
  const range = rangeIn(document, start, end);
  const named = Math.min(Math.max(nameStart, start), end);
  const nameRange = rangeIn(document, named, Math.min(named + name.length, end));
  const symbol = new vscode.DocumentSymbol(name, '', SYMBOL_KINDS[kind], range, nameRange);
  symbol.children = children.map((child) => symbolOf(document, child));
  return symbol;
}

function rangeIn(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

const SYMBOL_KINDS: Readonly<Record<Declaration['kind'], vscode.SymbolKind>> = {
  function: vscode.SymbolKind.Function,
  method: vscode.SymbolKind.Method,
  class: vscode.SymbolKind.Class,
  interface: vscode.SymbolKind.Interface,
  type: vscode.SymbolKind.Struct,
  enum: vscode.SymbolKind.Enum,
  module: vscode.SymbolKind.Namespace,
  variable: vscode.SymbolKind.Variable,
  member: vscode.SymbolKind.Field,
};

/** The smallest symbol around the cursor that a job is usually about. */
export function enclosingSymbol(
  symbols: readonly vscode.DocumentSymbol[],
  position: vscode.Position,
): vscode.DocumentSymbol | null {
  for (const symbol of symbols) {
    if (!symbol.range.contains(position)) continue;
    const inner = enclosingSymbol(symbol.children, position);
    if (inner) return inner;
    if (OUTLINE_KINDS.has(symbol.kind)) return symbol;
  }
  return null;
}

const OUTLINE_KINDS: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Module,
  vscode.SymbolKind.Namespace,
  vscode.SymbolKind.Struct,
  // Headings of Markdown files.
  vscode.SymbolKind.String,
]);

/** The declarations inside a range, with lines relative to it. */
export function symbolsWithin(
  symbols: readonly vscode.DocumentSymbol[],
  range: vscode.Range,
  depth = 0,
): SelectionSymbol[] {
  return symbols.flatMap((symbol) => {
    if (!range.intersection(symbol.range)) return [];
    const children = symbolsWithin(symbol.children, range, depth + 1);
    if (!range.contains(symbol.selectionRange) || !OUTLINE_KINDS.has(symbol.kind)) return children;
    return [
      {
        name: symbol.name,
        kind: vscode.SymbolKind[symbol.kind].toLowerCase(),
        startLine: Math.max(symbol.range.start.line, range.start.line) - range.start.line + 1,
        endLine: Math.min(symbol.range.end.line, range.end.line) - range.start.line + 1,
        depth,
      },
      ...children,
    ];
  });
}
