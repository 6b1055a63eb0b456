import * as vscode from 'vscode';

const KIND = vscode.CodeActionKind.RefactorRewrite;

/** The tasks that end in an edit, under Refactor… of a selection. */
export function registerCodeActions(): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(_document, range, context) {
      // Without a request of the user's own, a light bulb at every selection would be noise.
      const isAsked = context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
      return isAsked && !range.isEmpty ? draftActions() : [];
    },
  };
  const selector = ['file', 'untitled', 'vscode-remote', 'vscode-notebook-cell'].map((scheme) => ({
    scheme,
  }));
  return vscode.languages.registerCodeActionsProvider(selector, provider, {
    providedCodeActionKinds: [KIND],
  });
}

function draftActions(): vscode.CodeAction[] {
  const { l10n } = vscode;
  return [
    draftAction(l10n.t('Draft refactor with Delegate…'), 'delegate.draftRefactor'),
    draftAction(l10n.t('Draft docstring with Delegate'), 'delegate.draftDocstring'),
    draftAction(l10n.t('Reformat with Delegate'), 'delegate.reformatSelection'),
  ];
}

function draftAction(title: string, command: string): vscode.CodeAction {
  const action = new vscode.CodeAction(title, KIND);
  action.command = { title, command };
  return action;
}
