import type { FrameLocator, Locator, Page } from 'playwright-core';
import { poll } from '../../support/poll';
import type { PageElement } from './pageElement';

/** The page "Show cost", inside the two frames that the editor puts around a webview. */
export class CostPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the page shows numbers. */
  async waitOpen(): Promise<void> {
    await this.frame().locator('main:not([aria-busy]) #counters .amount').first().waitFor();
  }

  locator(selector: string): Locator {
    return this.frame().locator(selector);
  }

  /** What a part of the page reads, the words that only a screen reader hears included. */
  async text(id: string): Promise<string> {
    const text = await this.locator(`#${id}`).innerText();
    return text.replace(/\s+/g, ' ').trim();
  }

  async waitFor(id: string, pattern: RegExp): Promise<string> {
    return poll(
      `the part "${id}" of the cost page like ${String(pattern)}`,
      async () => {
        const text = await this.text(id);
        return pattern.test(text) && text;
      },
      { found: () => this.text(id) },
    );
  }

  /** Presses Tab until the element with this id has the focus, as a user without a mouse would. */
  async tabTo(id: string): Promise<void> {
    for (let presses = 0; presses < 40; presses++) {
      if ((await this.focusedId()) === id) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach #${id}; it is at "${await this.focusedId()}".`);
  }

  focusedId(): Promise<string> {
    return this.locator('body').evaluate(
      (body: PageElement) => body.ownerDocument.activeElement?.id ?? '',
    );
  }

  async waitFocused(id: string): Promise<void> {
    await poll(`the focus on #${id}`, async () => (await this.focusedId()) === id, {
      found: () => this.focusedId(),
    });
  }

  /** Whether the focused element is drawn with an outline. */
  hasFocusRing(): Promise<boolean> {
    return this.locator('body').evaluate((body: PageElement) => {
      const { activeElement, defaultView } = body.ownerDocument;
      if (!activeElement || !defaultView) return false;
      return defaultView.getComputedStyle(activeElement).outlineStyle !== 'none';
    });
  }

  private frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview:not(.hidden)').frameLocator('#active-frame');
  }
}
