import type { Locator, Page } from 'playwright-core';
import { poll } from '../../support/poll';
import { clean } from './quickInput';

/** The changes view of Source Control. */
export class SourceControl {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until a group is there with so many files. */
  async waitGroup(name: string, count: number): Promise<void> {
    const row = this.group(name);
    await poll(
      `${count} files in the group ${name}`,
      async () =>
        (await row.count()) === 1 &&
        clean(await row.locator('.monaco-count-badge').innerText()) === String(count),
      { found: async () => (await this.rows().allInnerTexts()).join(' | ') },
    );
  }

  /** Puts the focus on a file's row. */
  async focus(name: string): Promise<void> {
    await this.rows().filter({ hasText: name }).first().click();
    await poll('the focus in the view', async () => {
      const focused = this.page.locator('.scm-view .monaco-list-row.focused');
      return clean(await focused.innerText()).includes(name);
    });
  }

  /** Clicks an action at the end of a group's row. */
  async openGroup(name: string, action: string): Promise<void> {
    const row = this.group(name);
    await row.hover();
    await row.locator(`.action-label[aria-label="${action}"]`).click();
  }

  private rows(): Locator {
    return this.page.locator('.scm-view .monaco-list-row');
  }

  private group(name: string): Locator {
    return this.rows().filter({ has: this.page.locator('.resource-group', { hasText: name }) });
  }
}
