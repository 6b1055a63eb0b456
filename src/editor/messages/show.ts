import * as vscode from 'vscode';
import { shown, shownLines } from '../../common/shown';

/**
 * The one way to the user: messages, questions, pickers, boxes and progress. All of them make links
 * of `[label](command:…)`, so whatever goes into them is made plain here, and lint forbids the
 * editor's own functions everywhere else.
 */

/** Buttons, perhaps after options of the editor's, such as `{ modal: true }`. */
type Rest = readonly (vscode.MessageOptions | string)[];

/** @returns the button that was picked. */
export function showInformation(message: string, ...rest: Rest): Promise<string | undefined> {
  return tell(vscode.window.showInformationMessage, message, rest);
}

/** @returns the button that was picked. */
export function showWarning(message: string, ...rest: Rest): Promise<string | undefined> {
  return tell(vscode.window.showWarningMessage, message, rest);
}

/** Words of an error as they are; `showError` finds them for an error. */
export function showErrorWords(message: string, ...rest: Rest): Promise<string | undefined> {
  return tell(vscode.window.showErrorMessage, message, rest);
}

type Show = (
  message: string,
  options: vscode.MessageOptions,
  ...buttons: string[]
) => Thenable<string | undefined>;

async function tell(show: Show, message: string, rest: Rest): Promise<string | undefined> {
  const [first] = rest;
  const { detail, ...options } = typeof first === 'object' ? first : {};
  const buttons = rest.filter((each): each is string => typeof each === 'string');
  const titles = buttons.map((title) => shown(title));
  const picked = await show(
    shown(message),
    { ...options, ...(detail !== undefined && { detail: shownLines(detail) }) },
    ...titles,
  );
  return picked === undefined ? undefined : buttons[titles.indexOf(picked)];
}

/** An item of a picker as it is shown; what else it carries stays. An icon is its `iconPath`. */
export function shownItem<T extends vscode.QuickPickItem>(item: T): T {
  return {
    ...item,
    label: shown(item.label),
    ...(item.description !== undefined && { description: shown(item.description) }),
    ...(item.detail !== undefined && { detail: shown(item.detail) }),
    ...(item.buttons !== undefined && { buttons: item.buttons.map(shownButton) }),
  };
}

function shownButton(button: vscode.QuickInputButton): vscode.QuickInputButton {
  const { tooltip } = button;
  return tooltip === undefined ? button : { ...button, tooltip: shown(tooltip) };
}

interface PickWords {
  readonly title: string;
  readonly placeHolder?: string;
  readonly matchOnDescription?: boolean;
  /** Whether it stays open while the user looks at something else. */
  readonly ignoreFocusOut?: boolean;
}

/** @returns the item, with its words as they are shown. */
export async function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[],
  words: PickWords,
): Promise<T | undefined> {
  return vscode.window.showQuickPick(items.map(shownItem), shownWords(words));
}

/** @returns what was ticked; undefined when the user closed the list. */
export async function pickMany<T extends vscode.QuickPickItem>(
  items: readonly T[],
  words: PickWords,
): Promise<T[] | undefined> {
  return vscode.window.showQuickPick(items.map(shownItem), {
    ...shownWords(words),
    canPickMany: true,
  });
}

/** The title, prompt, placeholder and complaints are made plain; the value is the user's. */
export async function askText(options: vscode.InputBoxOptions): Promise<string | undefined> {
  return vscode.window.showInputBox({
    ...shownWords(options),
    ...(options.validateInput && {
      validateInput: async (value: string) => {
        const problem = await options.validateInput?.(value);
        return typeof problem === 'string' ? shown(problem) : null;
      },
    }),
  });
}

/** A picker whose words can only be set through here. */
export interface Picker<T extends vscode.QuickPickItem> {
  readonly pick: Omit<vscode.QuickPick<T>, 'items' | 'title' | 'placeholder'> & {
    readonly items: readonly T[];
  };
  readonly setItems: (items: readonly T[]) => void;
  readonly setPlaceholder: (words: string) => void;
}

/** A picker that stays under the caller's hand, for lists that change while they are open. */
export function createPicker<T extends vscode.QuickPickItem>(title: string): Picker<T> {
  const pick = vscode.window.createQuickPick<T>();
  pick.title = shown(title);
  return {
    pick,
    setItems: (items) => {
      pick.items = items.map(shownItem);
    },
    setPlaceholder: (words) => {
      pick.placeholder = shown(words);
    },
  };
}

/** A box whose words can only be set through here. */
export interface TextBox {
  readonly box: Omit<vscode.InputBox, 'title' | 'prompt' | 'placeholder' | 'validationMessage'>;
  readonly setProblem: (words: string | undefined) => void;
}

/** A box that stays under the caller's hand. */
export function createTextBox(words: { readonly title: string; readonly prompt: string }): TextBox {
  const box = vscode.window.createInputBox();
  box.title = shown(words.title);
  box.prompt = shown(words.prompt);
  return {
    box,
    setProblem: (problem) => {
      box.validationMessage = problem === undefined ? undefined : shown(problem);
    },
  };
}

/** Shows a notification with Cancel while `task` runs; `report` changes its message. */
export async function showProgress<T>(
  title: string,
  task: (report: (message: string) => void, token: vscode.CancellationToken) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: shown(title, { maxLength: 200 }),
      cancellable: true,
    },
    (progress, token) =>
      task((message) => progress.report({ message: shown(message, { maxLength: 200 }) }), token),
  );
}

/** Shows words in the status bar for some milliseconds. */
export function showForMoment(words: string, milliseconds: number): void {
  void vscode.window.setStatusBarMessage(shown(words), milliseconds);
}

function shownWords<T extends { title?: string; prompt?: string; placeHolder?: string }>(
  words: T,
): T {
  const { title, prompt, placeHolder } = words;
  return {
    ...words,
    ...(title !== undefined && { title: shown(title) }),
    ...(prompt !== undefined && { prompt: shown(prompt) }),
    ...(placeHolder !== undefined && { placeHolder: shown(placeHolder) }),
  };
}
