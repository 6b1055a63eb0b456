import * as vscode from 'vscode';

/** Knows whether the user is still where a run was started, and has typed nothing since. */
export class Attention implements vscode.Disposable {
  readonly #tab = tabInFront();
  readonly #version = vscode.window.activeTextEditor?.document.version ?? 0;
  readonly #subscription: vscode.Disposable;
  #hasTyped = false;

  constructor() {
    // Other extensions change documents as well; the cursor tells whose hands are on the keyboard.
    this.#subscription = vscode.window.onDidChangeTextEditorSelection(({ kind, textEditor }) => {
      const isByKey = kind === vscode.TextEditorSelectionChangeKind.Keyboard;
      if (isByKey && textEditor.document.version !== this.#version) this.#hasTyped = true;
    });
  }

  /** Whether an editor may come to the front without taking keys that are meant for another. */
  get isFree(): boolean {
    const tab = tabInFront();
    return tab === null || (tab === this.#tab && !this.#hasTyped);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** The tab in front, by what it shows: the editor makes new objects for old tabs. */
function tabInFront(): string | null {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  if (!tab) return null;
  const { input } = tab;
  if (input instanceof vscode.TabInputText) return input.uri.toString();
  if (input instanceof vscode.TabInputTextDiff) return input.modified.toString();
  if (input instanceof vscode.TabInputNotebook) return input.uri.toString();
  return tab.label;
}
