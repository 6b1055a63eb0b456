import path from 'node:path';
import * as vscode from 'vscode';
import type * as helpersModule from './recipeHelpers';
import { onSettingsChange } from '../settings/settings';

type Helpers = typeof helpersModule;

const SELECTOR: vscode.DocumentSelector = {
  language: 'markdown',
  pattern: '**/.vscode/delegate/*.md',
};

/**
 * Completion, hover and diagnostics of recipes. What does the work is a chunk of its own that only
 * windows with an open recipe load. Nothing runs, so it helps in untrusted workspaces as well.
 */
export function registerRecipeHelp(): vscode.Disposable {
  const { languages, workspace } = vscode;
  let helpers: Promise<Helpers> | null = null;
  const load = (): Promise<Helpers> => (helpers ??= import('./recipeHelpers.js'));
  const diagnostics = languages.createDiagnosticCollection('delegate-recipe');
  const check = async (document: vscode.TextDocument): Promise<void> => {
    if (!isRecipe(document)) return;
    const { diagnosticsOf } = await load();
    // It may have been closed meanwhile.
    if (!document.isClosed) diagnostics.set(document.uri, diagnosticsOf(document));
  };
  const checkAll = (): void => {
    for (const document of workspace.textDocuments) void check(document);
  };
  checkAll();
  return vscode.Disposable.from(
    diagnostics,
    workspace.onDidOpenTextDocument((document) => void check(document)),
    workspace.onDidChangeTextDocument(({ document }) => void check(document)),
    workspace.onDidCloseTextDocument(({ uri }) => diagnostics.delete(uri)),
    onSettingsChange(
      [
        'worker.maxCompletionTokens',
        'worker.maxToolCalls',
        'worker.reasoningEffort',
        'worker.reasoningMaxTokens',
        'worker.tools',
      ],
      checkAll,
    ),
    languages.registerCompletionItemProvider(
      SELECTOR,
      {
        provideCompletionItems: async (document, position) =>
          isRecipe(document) ? (await load()).completionsAt(document, position) : [],
      },
      ':',
      ' ',
    ),
    languages.registerHoverProvider(SELECTOR, {
      provideHover: async (document, position) =>
        isRecipe(document) ? (await load()).hoverAt(document, position) : null,
    }),
  );
}

/** Only where recipes are read from: a copy elsewhere, or an older version in a diff, is not one. */
function isRecipe(document: vscode.TextDocument): boolean {
  if (vscode.languages.match(SELECTOR, document) === 0) return false;
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (!folder) return false;
  const relative = path.posix.relative(folder.uri.path, document.uri.path);
  return path.posix.dirname(relative) === '.vscode/delegate';
}
