import * as vscode from 'vscode';
import { delay, systemClock } from '../common/clock';
import type { Selection, SelectionSymbol } from '../delegation/task';

const SYMBOLS_TIMEOUT_MS = 1500;

/** A selection with where it came from, taken at one version of its document. */
export interface SelectionSource {
  readonly document: vscode.TextDocument;
  readonly uri: vscode.Uri;
  readonly version: number;
  readonly range: vscode.Range;
  /** UTF-16 offsets of the range in the document at `version`. */
  readonly startOffset: number;
  readonly endOffset: number;
  readonly selection: Selection;
}

/**
 * Takes the editor's selection; with an empty one the symbol around the cursor, and without such a
 * symbol the whole file after asking.
 *
 * @returns null when there is nothing to take or the user declined; a message was shown.
 */
export async function takeSelection(
  editor: vscode.TextEditor | undefined,
): Promise<SelectionSource | null> {
  if (!editor) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file and select the text that the task is for, then run it again.'),
    );
    return null;
  }
  const { document } = editor;
  const symbols = await documentSymbols(document.uri);
  const range = await chooseRange(document, editor, symbols);
  if (!range) return null;
  const source = sourceAt(document, range, symbols);
  if (source.selection.text.trim() !== '') return source;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The selection has no text. Select the text that the task is for.'),
  );
  return null;
}

/** The same selection with its start moved up, as to take in a comment that belongs to it. */
export function withEarlierStart(source: SelectionSource, startLine: number): SelectionSource {
  const { document, range, selection } = source;
  const moved = range.start.line - startLine;
  const symbols = selection.symbols.map((symbol) => ({
    ...symbol,
    startLine: symbol.startLine + moved,
    endLine: symbol.endLine + moved,
  }));
  const extended = sourceAt(document, range.with(new vscode.Position(startLine, 0)), []);
  return { ...extended, selection: { ...extended.selection, symbols } };
}

function sourceAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  symbols: readonly vscode.DocumentSymbol[],
): SelectionSource {
  return {
    document,
    uri: document.uri,
    version: document.version,
    range,
    startOffset: document.offsetAt(range.start),
    endOffset: document.offsetAt(range.end),
    selection: {
      text: document.getText(range),
      languageId: document.languageId,
      startLine: range.start.line + 1,
      symbols: symbolsWithin(symbols, range),
    },
  };
}

async function chooseRange(
  document: vscode.TextDocument,
  editor: vscode.TextEditor,
  symbols: readonly vscode.DocumentSymbol[],
): Promise<vscode.Range | null> {
  const chosen = editor.selections.filter((selection) => !selection.isEmpty);
  // Several selections are taken as the one stretch of text from the first to the last.
  const [first, ...others] = chosen;
  if (first)
    return wholeLines(
      document,
      others.reduce<vscode.Range>((all, one) => all.union(one), first),
    );
  const symbol = enclosingSymbol(symbols, editor.selection.active);
  if (symbol) return wholeLines(document, symbol.range);
  const wholeFile = vscode.l10n.t('Use the whole file');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Nothing is selected and no symbol encloses the cursor.'),
    { modal: true },
    wholeFile,
  );
  if (answer !== wholeFile) return null;
  return document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
}

/**
 * Extends a range of several lines to whole lines: indentation and line ends belong to a job on
 * code. A selection within one line is left as it is.
 */
function wholeLines(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
  if (range.isSingleLine) return range;
  // A selection that ends at the start of a line was meant to end with the line before.
  if (range.end.character === 0) return new vscode.Range(range.start.line, 0, range.end.line, 0);
  return new vscode.Range(
    range.start.line,
    0,
    range.end.line,
    document.lineAt(range.end.line).text.length,
  );
}

async function documentSymbols(uri: vscode.Uri): Promise<readonly vscode.DocumentSymbol[]> {
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
function enclosingSymbol(
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

function symbolsWithin(
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
