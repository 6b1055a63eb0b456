import * as vscode from 'vscode';

const kinds = ['showErrorMessage', 'showWarningMessage', 'showInformationMessage'] as const;

/** What the extension under test tells the user while a suite runs; nobody answers. */
export function useMessages(): string[] {
  const messages: string[] = [];
  const window = vscode.window as unknown as Record<string, unknown>;
  const saved = kinds.map((kind) => [kind, window[kind]] as const);
  suiteSetup(() => {
    for (const kind of kinds) {
      window[kind] = (message: string, ...rest: readonly unknown[]): Promise<undefined> => {
        messages.push([message, ...rest.map((item) => JSON.stringify(item))].join(' '));
        return Promise.resolve(undefined);
      };
    }
  });
  suiteTeardown(() => {
    for (const [kind, original] of saved) window[kind] = original;
  });
  return messages;
}
