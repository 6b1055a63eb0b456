import path from 'node:path';
import * as vscode from 'vscode';
import { shown } from '../../common/shown';
import { diagnoseRecipe } from '../../recipes/diagnostics';
import type { RecipeHelpPorts } from '../../recipes/fieldHelp';
import { completeRecipe, hoverRecipe } from '../../recipes/completion';
import { readRecipeLimits } from './recipes';

/** What the editor offers at a position of a recipe. */
export function completionsAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.CompletionItem[] {
  const offset = document.offsetAt(position);
  return completeRecipe(document.getText(), offset, portsFor(document)).map((suggestion, index) => {
    const { kind, label, insertText, start, end, help, hasMore } = suggestion;
    const item = new vscode.CompletionItem(
      label,
      kind === 'field' ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value,
    );
    item.insertText = insertText;
    item.range = rangeOf(document, { start, end });
    item.sortText = String(index).padStart(2, '0');
    if (help !== '') item.documentation = new vscode.MarkdownString(help);
    if (hasMore) {
      item.command = { command: 'editor.action.triggerSuggest', title: '' };
    }
    return item;
  });
}

/** What the field or the value at a position means. */
export function hoverAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | null {
  const offset = document.offsetAt(position);
  const found = hoverRecipe(document.getText(), offset, portsFor(document));
  return found && new vscode.Hover(new vscode.MarkdownString(found.help), rangeOf(document, found));
}

/** What is wrong in a recipe, in the words that a run of it would use. */
export function diagnosticsOf(document: vscode.TextDocument): vscode.Diagnostic[] {
  const name = path.posix.basename(document.uri.path, '.md');
  const { limits } = portsFor(document);
  return diagnoseRecipe({ name, text: document.getText(), limits }).map((found) => {
    const diagnostic = new vscode.Diagnostic(
      rangeOf(document, found),
      shown(found.message),
      found.isWarning ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Error,
    );
    diagnostic.source = 'Delegate';
    return diagnostic;
  });
}

function portsFor({ uri }: vscode.TextDocument): RecipeHelpPorts {
  return { limits: readRecipeLimits(uri), l10n: vscode.l10n };
}

function rangeOf(
  document: vscode.TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
