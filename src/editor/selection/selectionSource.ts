import path from 'node:path';
import * as vscode from 'vscode';
import { documentSymbols, enclosingSymbol, symbolsWithin } from './documentSymbols';
import type { JobSource } from './jobSource';
import type { SyntaxService } from '../../syntax/syntax';
import { editorIndentation } from './editorIndentation';
import { cellOf } from './notebookCells';
import { languageOfDocument } from './partLanguages';
import { showInformation } from '../messages/show';

/** A selection with where it came from, taken at one version of its document. */
export interface SelectionSource extends JobSource {
  readonly document: vscode.TextDocument;
  readonly uri: vscode.Uri;
  readonly version: number;
  readonly range: vscode.Range;
  /** UTF-16 offsets of the range in the document at `version`. */
  readonly startOffset: number;
  readonly endOffset: number;
}

/** A document and what is selected in it; a text editor is one. */
export interface Place {
  readonly document: vscode.TextDocument;
  readonly selections: readonly vscode.Selection[];
}

/**
 * Takes what is selected in these places, in order. Where nothing is, it takes the symbols around the cursors;
 * without such symbols a notebook's cell, or a whole file after asking.
 *
 * @returns null when there is nothing to take or the user declined; a message was shown.
 */
export async function takeSelections(
  places: readonly Place[],
  syntax: SyntaxService,
): Promise<readonly [SelectionSource, ...SelectionSource[]] | null> {
  const taken = await Promise.all(places.map((place) => takeFrom(place, syntax)));
  if (taken.some((each) => each === null)) return null;
  const [first, ...others] = taken
    .flatMap((each) => each ?? [])
    .filter(({ selection }) => selection.text.trim() !== '');
  if (first) return [first, ...others];
  void showInformation(
    vscode.l10n.t('The selection has no text. Select the text that the task is for.'),
  );
  return null;
}

/** The selections of one document; null when the user declined. */
async function takeFrom(
  { document, selections }: Place,
  syntax: SyntaxService,
): Promise<SelectionSource[] | null> {
  const symbols = await documentSymbols(document, syntax);
  const chosen = selections.filter((selection) => !selection.isEmpty);
  // Several cursors in one symbol give that symbol once.
  const ranges =
    chosen.length > 0
      ? chosen
      : selections.flatMap(({ active }) => enclosingSymbol(symbols, active)?.range ?? []);
  if (ranges.length > 0) {
    const whole = mergeOverlaps(ranges.map((range) => wholeLines(document, range)));
    return whole.map((range) => sourceAt(document, range, symbols));
  }
  const all = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  // A cell is small and stands for itself; a file is another matter.
  if (!cellOf(document) && !(await isWholeFileAccepted())) return null;
  return [sourceAt(document, all, symbols)];
}

/** A range of a document as a source, as it is now. */
export function sourceAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  symbols: readonly vscode.DocumentSymbol[],
): SelectionSource {
  const cell = cellOf(document);
  const indentation = editorIndentation(document);
  return {
    document,
    uri: document.uri,
    files: [cell?.notebook.uri ?? document.uri],
    version: document.version,
    range,
    location: locationOf(range, { uri: document.uri, cell }),
    startOffset: document.offsetAt(range.start),
    endOffset: document.offsetAt(range.end),
    selection: {
      text: document.getText(range),
      languageId: languageOfDocument(document),
      startLine: range.start.line + 1,
      symbols: symbolsWithin(symbols, range),
      ...(indentation ? { indentation } : {}),
    },
  };
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

async function isWholeFileAccepted(): Promise<boolean> {
  const wholeFile = vscode.l10n.t('Use the whole file');
  const answer = await showInformation(
    vscode.l10n.t('Nothing is selected and no symbol encloses the cursor.'),
    { modal: true },
    wholeFile,
  );
  return answer === wholeFile;
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

/** In the document's order; what overlaps becomes one, so that no line is worked on twice. */
function mergeOverlaps(ranges: readonly vscode.Range[]): vscode.Range[] {
  const merged: vscode.Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start.compareTo(b.start))) {
    const last = merged.at(-1);
    if (last && range.start.isBefore(last.end)) merged[merged.length - 1] = last.union(range);
    else merged.push(range);
  }
  return merged;
}

/** Such as `app.ts:10-52`, of a cell `report.ipynb · cell 3:1-4`. */
function locationOf(
  range: vscode.Range,
  { uri, cell }: { readonly uri: vscode.Uri; readonly cell: vscode.NotebookCell | null },
): string {
  const { start, end } = range;
  const lastLine = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  const name = path.posix.basename(uri.path);
  const place = cell ? vscode.l10n.t('{0} · cell {1}', name, cell.index + 1) : name;
  return `${place}:${start.line + 1}-${lastLine}`;
}
