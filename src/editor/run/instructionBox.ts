import * as vscode from 'vscode';
import { createPicker } from '../messages/show';

/** How many earlier instructions a box offers. */
const MAX_RECENT = 10;

/**
 * Asks for an instruction and offers the ones given before.
 *
 * They are kept in memory only: an instruction is content, and content is not stored.
 */
export class InstructionBox {
  readonly #recent: string[] = [];

  /** @returns the instruction, or null when the user closed the box. */
  async ask(options: {
    readonly title: string;
    readonly placeholder: string;
    readonly suggestions?: readonly string[];
  }): Promise<string | null> {
    const { pick, setItems, setPlaceholder } = createPicker<InstructionItem>(options.title);
    setPlaceholder(options.placeholder);
    pick.ignoreFocusOut = true;
    const offers = [...this.#recent, ...(options.suggestions ?? [])];
    const update = (): void => setItems(instructionItems(pick.value, offers));
    update();
    const instruction = await new Promise<string | null>((resolve) => {
      pick.onDidChangeValue(update);
      pick.onDidAccept(() => {
        resolve(acceptedWords(pick.value.trim(), pick.selectedItems[0]?.instruction.trim()));
        pick.hide();
      });
      pick.onDidHide(() => resolve(null));
      pick.show();
    });
    pick.dispose();
    if (instruction) this.#remember(instruction);
    return instruction === '' ? null : instruction;
  }

  #remember(instruction: string): void {
    const at = this.#recent.indexOf(instruction);
    if (at >= 0) this.#recent.splice(at, 1);
    this.#recent.unshift(instruction);
    this.#recent.length = Math.min(this.#recent.length, MAX_RECENT);
  }
}

/**
 * What Enter takes: the chosen row, or what was typed. Rows are told by their number, and the list may
 * change between a key and the next, so a row that does not fit what was typed was not meant.
 */
function acceptedWords(typed: string, chosen: string | undefined): string | null {
  if (chosen === undefined) return typed || null;
  return chosen.toLowerCase().includes(typed.toLowerCase()) ? chosen : typed;
}

/** The label is the instruction as it can be shown. */
interface InstructionItem extends vscode.QuickPickItem {
  readonly instruction: string;
}

/** What was typed comes first, so that Enter takes it; the offers follow. */
function instructionItems(value: string, offers: readonly string[]): InstructionItem[] {
  const typed = value.trim();
  const others = [...new Set(offers)].filter((offer) => offer !== typed);
  return [
    ...(typed === '' ? [] : [{ label: typed, instruction: typed, alwaysShow: true }]),
    ...others.map((instruction) => ({
      label: instruction,
      instruction,
      iconPath: new vscode.ThemeIcon('history'),
    })),
  ];
}

/** The boxes that words are asked for in, each with what was typed into it before. */
export interface TaskBoxes {
  readonly box: InstructionBox;
  readonly languages: InstructionBox;
}
