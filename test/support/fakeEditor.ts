import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { plainEnglish } from '../../src/common/translate';
import { projectRoot } from './projectFiles';

/** Every text that was handed to the editor to be shown. */
export type Told = string[];

/** An editor that shows nothing, takes the first of everything, and writes down what it is told. */
function fakeEditor(told: Told): object {
  const note = (...values: readonly unknown[]): void => {
    for (const value of values) {
      if (typeof value === 'string') told.push(value);
      else if (typeof value === 'object' && value !== null)
        note(...(Object.values(value) as unknown[]));
    }
  };
  const message = (...args: readonly unknown[]): Promise<unknown> => {
    note(...args);
    return Promise.resolve(args.at(-1));
  };
  const token = { isCancellationRequested: false, onCancellationRequested: () => undefined };
  const window = {
    showInformationMessage: message,
    showWarningMessage: message,
    showErrorMessage: message,
    showQuickPick: (items: readonly unknown[], options: object) => {
      note(items, options);
      return Promise.resolve(items[0]);
    },
    showInputBox: async (options: { validateInput?: (value: string) => unknown }) => {
      note(options, await options.validateInput?.('x'));
      return 'x';
    },
    createQuickPick: () => watched(note),
    createInputBox: () => watched(note),
    setStatusBarMessage: note,
    withProgress: (options: object, task: (progress: object, given: object) => unknown) => {
      note(options);
      return task({ report: note }, token);
    },
  };
  return { window, l10n: plainEnglish, ProgressLocation: { Notification: 15 } };
}

/** An object of which whatever is set is written down. */
function watched(note: (value: unknown) => void): object {
  return new Proxy(
    {},
    {
      set: (_, __, value: unknown) => {
        note(value);
        return true;
      },
    },
  );
}

/**
 * Loads a file that talks to the editor, with one that writes down what it is told.
 *
 * @param file its path below `src`, without an ending.
 */
export function withFakeEditor(file: string): { readonly loaded: unknown; readonly told: Told } {
  const told: Told = [];
  const editor = fakeEditor(told);
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
  const original = loader._load;
  loader._load = (name, ...rest) =>
    name === 'vscode' ? editor : original.call(loader, name, ...rest);
  try {
    const loaded = createRequire(__filename)(path.join(projectRoot, 'out/src', file)) as unknown;
    return { loaded, told };
  } finally {
    loader._load = original;
  }
}
