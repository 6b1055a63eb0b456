import type { Locator, Page } from 'playwright-core';
import { poll } from '../../support/poll';
import type { PageElement } from './pageElement';
import { clean } from './quickInput';

/** Items of the status bar, named by the id that the extension gave them. */
export class StatusBar {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The item's text without its icons. */
  async text(id: string): Promise<string> {
    return clean(await this.item(id).innerText());
  }

  /** What a screen reader says of the item. */
  async label(id: string): Promise<string> {
    return (await this.button(id).getAttribute('aria-label')) ?? '';
  }

  /** The names of the icons in the item, `sync~spin` as `sync`. */
  async icons(id: string): Promise<string[]> {
    return this.item(id)
      .locator('.codicon')
      .evaluateAll((icons: PageElement[]) =>
        icons.flatMap((icon) =>
          [...icon.classList]
            .filter((name) => name.startsWith('codicon-') && !name.startsWith('codicon-modifier'))
            .map((name) => name.slice('codicon-'.length)),
        ),
      );
  }

  async waitFor(id: string, pattern: RegExp, timeoutMs?: number): Promise<string> {
    return poll(
      `the status bar item ${id} like ${String(pattern)}`,
      async () => {
        const text = (await this.item(id).count()) === 1 ? await this.text(id) : '';
        return pattern.test(text) && { text };
      },
      {
        found: () => this.text(id),
        ...(timeoutMs !== undefined && { timeoutMs }),
      },
    ).then(({ text }) => text);
  }

  async click(id: string): Promise<void> {
    await this.button(id).click();
  }

  /** Points at the item and reads the hover above it. */
  async hover(id: string): Promise<string> {
    const button = this.button(id);
    await button.hover();
    const hovers = this.page.locator('.workbench-hover:visible, .monaco-hover:visible');
    return poll(`the hover of ${id}`, async () => {
      const item = await button.boundingBox();
      for (const hover of await hovers.all()) {
        const box = await hover.boundingBox();
        // Others may still be fading out elsewhere.
        if (!item || !box || Math.abs(box.y + box.height - item.y) > 40) continue;
        if (box.x > item.x + item.width || box.x + box.width < item.x) continue;
        const text = clean(await hover.innerText());
        if (text !== '') return text;
      }
      return null;
    });
  }

  private item(id: string): Locator {
    // The workbench puts the extension's id before the item's.
    return this.page.locator(`.statusbar-item[id$=".${id}"], .statusbar-item[id="${id}"]`);
  }

  private button(id: string): Locator {
    return this.item(id).locator('.statusbar-item-label').first();
  }
}
