import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { poll } from '../../support/poll';
import type { PageElement } from './pageElement';
import { clean, type QuickInput } from './quickInput';

/** Lines that stick to the editor's top may cover the text below them. */
const stickyHeight = 70;

/** The active text editor. */
export class Editor {
  private readonly page: Page;
  private readonly quickInput: QuickInput;

  constructor(page: Page, quickInput: QuickInput) {
    this.page = page;
    this.quickInput = quickInput;
  }

  /** Opens a file by its absolute path and waits until it has the focus. */
  async open(file: string): Promise<void> {
    await this.quickInput.openBy('Control+P', file);
    await this.quickInput.pick(path.basename(file));
    await this.quickInput.waitClosed();
    await this.waitForTab(path.basename(file));
    await this.focus();
  }

  async waitForTab(label: string): Promise<void> {
    await poll(`the tab "${label}"`, async () => (await this.activeTab()) === label, {
      found: () => this.activeTab(),
    });
  }

  /** The active tab's label; for a diff its title. */
  async activeTab(): Promise<string> {
    const labels = await this.tabLabels('.editor-group-container.active .tab.active');
    return labels[0] ?? '';
  }

  tabs(): Promise<string[]> {
    return this.tabLabels('.tabs-container .tab');
  }

  /** Whether the active tab shows the mark of unsaved changes. */
  async isDirty(): Promise<boolean> {
    const tab = this.page.locator('.editor-group-container.active .tab.active');
    return ((await tab.getAttribute('class')) ?? '').split(' ').includes('dirty');
  }

  async focus(): Promise<void> {
    await poll('the focus in the editor', async () => {
      if (await this.hasFocus()) return true;
      await this.page.locator('.editor-group-container.active .view-lines').last().click();
      return false;
    });
  }

  /** Puts the cursor at a line and column, both counted from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.quickInput.openBy('Control+G', `:${line}:${column}`);
    await this.quickInput.accept();
    await this.quickInput.waitClosed();
  }

  /** Selects whole lines, counted from 1, `last` included but not its line break. */
  async selectLines(first: number, last: number): Promise<void> {
    await this.goTo(first);
    await this.chord('Control+K', 'Control+B');
    // A column beyond the end of the line is its end.
    await this.goTo(last, 100_000);
    await this.chord('Control+K', 'Control+K');
    await poll('a selection', async () => (await this.position()).includes('selected'), {
      found: () => this.position(),
    });
  }

  async selectAll(): Promise<void> {
    await this.page.keyboard.press('Control+A');
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** The whole text, by way of the clipboard; the cursor ends at the end of the selection. */
  async text(): Promise<string> {
    await this.focus();
    return copyAll(this.page);
  }

  /** Opens a file and reads its whole text as the editor has it, saved or not. */
  async textOf(file: string): Promise<string> {
    await this.open(file);
    return this.text();
  }

  /** Saves the active file, given by its path, and waits until the disk has its text. */
  async save(file: string): Promise<void> {
    const text = await this.text();
    await this.page.keyboard.press('Control+S');
    await poll(`${file} to be saved`, () => readFileSync(file, 'utf8') === text);
  }

  async undo(): Promise<void> {
    await this.page.keyboard.press('Control+Z');
  }

  /** Waits until the status bar names this language. */
  async waitForLanguage(name: string): Promise<void> {
    const language = this.page.locator('[id="status.editor.mode"]');
    await poll(`the language ${name}`, async () => clean(await language.innerText()) === name, {
      found: () => language.innerText(),
    });
  }

  /** What the status bar says of cursor and selection. */
  async position(): Promise<string> {
    return clean(await this.page.locator('[id="status.editor.selection"]').innerText());
  }

  /**
   * Right-clicks at the cursor, inside the selection if there is one, and clicks through the
   * labels: `rightClick('Delegate', 'Draft docstring')`.
   */
  async rightClick(...labels: readonly string[]): Promise<void> {
    const menu = await this.openContextMenu();
    for (const [depth, label] of labels.entries()) {
      await this.chooseMenuItem(menu.nth(depth), label);
    }
    await menu.first().waitFor({ state: 'hidden' });
  }

  /** The labels of the submenu `label` of the editor's context menu, which is closed again. */
  async contextSubmenu(label: string): Promise<string[]> {
    const menu = await this.openContextMenu();
    await this.chooseMenuItem(menu.first(), label);
    const labels = await poll('the submenu', async () => {
      const texts = await menu.nth(1).locator('.action-label:not(.separator)').allInnerTexts();
      return texts.length > 0 && texts.map(clean);
    });
    await poll('a closed menu', async () => {
      if (!(await menu.first().isVisible())) return true;
      // Each closes one level.
      await this.page.keyboard.press('Escape');
      return false;
    });
    return labels;
  }

  /** The actions that the active editor's title bar shows. */
  titleActions(): Promise<string[]> {
    return this.titleActionLabels().evaluateAll((labels: PageElement[]) =>
      labels.map((label) => label.getAttribute('aria-label') ?? label.textContent ?? ''),
    );
  }

  /** Waits for a title bar's action whose label begins with `label`. @returns its place. */
  async waitForTitleAction(label: string): Promise<number> {
    const index = await poll(
      `the title action "${label}"`,
      async () => {
        const found = (await this.titleActions()).findIndex((action) => action.startsWith(label));
        return found < 0 ? null : { found };
      },
      { found: async () => (await this.titleActions()).join(' | ') },
    );
    return index.found;
  }

  /** Clicks the title bar's action whose label begins with `label`. */
  async clickTitleAction(label: string): Promise<void> {
    const index = await this.waitForTitleAction(label);
    await this.titleActionLabels().nth(index).click();
  }

  /** A fresh menu ignores clicks for a moment, so the item is pointed at and confirmed by key. */
  private async chooseMenuItem(menu: Locator, label: string): Promise<void> {
    const item = menu.locator('.action-item', {
      has: this.page.getByRole('menuitem', { name: label, exact: true }),
    });
    await poll(`the focus on the menu item "${label}"`, async () => {
      await item.hover();
      return ((await item.getAttribute('class')) ?? '').split(' ').includes('focused');
    });
    await this.page.keyboard.press('Enter');
  }

  private async tabLabels(selector: string): Promise<string[]> {
    // The name, then its extension where that is drawn apart; a description is no part of it.
    const labels = this.page.locator(`${selector} .monaco-icon-label-container`);
    return labels.evaluateAll((elements: PageElement[]) =>
      elements.map((element) =>
        [...element.querySelectorAll('.label-name, .label-suffix')]
          .map((part) => part.textContent ?? '')
          .join('')
          .replaceAll('\u00a0', ' '),
      ),
    );
  }

  private titleActionLabels(): Locator {
    return this.page.locator('.editor-group-container.active .editor-actions .action-label');
  }

  private async openContextMenu(): Promise<Locator> {
    const { x, y } = await poll('a place to right-click', () => this.clickablePlace());
    await this.page.mouse.click(x, y, { button: 'right' });
    const menu = this.page.locator('.context-view .monaco-menu');
    await menu.first().waitFor();
    return menu;
  }

  /** In the selection, or at the cursor, as far as they are in view. */
  private async clickablePlace(): Promise<{ x: number; y: number } | null> {
    const group = this.page.locator('.editor-group-container.active');
    const frame = await group.locator('.monaco-editor').last().boundingBox();
    if (!frame) return null;
    const marks = group.locator('.cursors-layer .cursor, .view-overlays .selected-text');
    const boxes = await Promise.all((await marks.all()).map((mark) => mark.boundingBox()));
    const places = boxes
      .filter((box) => box !== null)
      .map((box) => ({ x: box.x + 1, y: box.y + box.height / 2 }))
      .filter(({ y }) => y > frame.y && y < frame.y + frame.height - 10);
    return places.find(({ y }) => y > frame.y + stickyHeight) ?? places[0] ?? null;
  }

  private async chord(first: string, second: string): Promise<void> {
    await this.page.keyboard.press(first);
    await this.page.keyboard.press(second);
  }

  private hasFocus(): Promise<boolean> {
    return this.page
      .locator('.editor-group-container.active .monaco-editor.focused')
      .count()
      .then((count) => count > 0);
  }
}

/** Copies everything in the focused editor. An empty editor copies nothing. */
export async function copyAll(page: Page): Promise<string> {
  const emptyMark = `empty ${String(Date.now())}`;
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(emptyMark)})`);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  return poll('the clipboard', async () => {
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    return text !== emptyMark && text;
  });
}
