import * as vscode from 'vscode';

const kinds = ['showErrorMessage', 'showWarningMessage', 'showInformationMessage'] as const;

/** What the extension under test tells the user while a suite runs; `answer` may pick a button. */
export function useMessages(answer?: (message: string) => string | undefined): string[] {
  const messages: string[] = [];
  const window = vscode.window as unknown as Record<string, unknown>;
  const saved = kinds.map((kind) => [kind, window[kind]] as const);
  suiteSetup(() => {
    for (const kind of kinds) {
      window[kind] = (
        message: string,
        ...rest: readonly unknown[]
      ): Promise<string | undefined> => {
        // Addresses of the environment are asked for once each; here they are the tests' own.
        if (message.startsWith('The environment sends requests to ')) {
          return Promise.resolve(rest.find((item) => typeof item === 'string'));
        }
        // A run's end is told where its panel is not seen, which the editor says in its own time.
        if (rest.includes('Open answer')) return Promise.resolve(undefined);
        messages.push([message, ...rest.map((item) => JSON.stringify(item))].join(' '));
        return Promise.resolve(answer?.(message));
      };
    }
  });
  suiteTeardown(() => {
    for (const [kind, original] of saved) window[kind] = original;
  });
  return messages;
}
