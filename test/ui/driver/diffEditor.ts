import type { Page } from 'playwright-core';
import { poll } from '../../support/poll';
import { copyAll } from './editor';
import type { PageElement } from './pageElement';

export type Side = 'original' | 'modified';

/** The active diff editor: `original` is the left side, `modified` the right one. */
export class DiffEditor {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async waitOpen(): Promise<void> {
    await this.side('modified').locator('.view-lines').first().waitFor();
  }

  async isOpen(): Promise<boolean> {
    return this.side('modified').isVisible();
  }

  /** One side's whole text, by way of the clipboard. */
  async text(side: Side): Promise<string> {
    await this.focus(side);
    return copyAll(this.page);
  }

  async focus(side: Side): Promise<void> {
    const editor = this.side(side);
    await poll(`the focus in the ${side} editor`, async () => {
      const classes = (await editor.locator('.monaco-editor').first().getAttribute('class')) ?? '';
      if (classes.split(' ').includes('focused')) return true;
      await editor.locator('.view-lines').first().click();
      return false;
    });
  }

  /** How many colours a side's text has that is in view. */
  async colourCount(side: Side): Promise<number> {
    const colours = await this.side(side)
      .locator('.view-line span[class*="mtk"]')
      .evaluateAll((spans: PageElement[]) => spans.map(({ classList }) => [...classList].join()));
    return new Set(colours).size;
  }

  private side(side: Side): ReturnType<Page['locator']> {
    return this.page.locator(`.editor-group-container.active .monaco-diff-editor .editor.${side}`);
  }
}
