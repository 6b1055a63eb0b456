import * as vscode from 'vscode';
import { delay, systemClock } from '../../common/clock';
import type { SelectionSymbol } from '../../tasks/task';

const SYMBOLS_TIMEOUT_MS = 1500;

/** The symbols that a language extension sees in a document; none when it fails or takes long. */
export async function documentSymbols(uri: vscode.Uri): Promise<readonly vscode.DocumentSymbol[]> {
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
    // A language extension that fails must not fail the run; the outline does without symbols.
    return [];
  }
}

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
