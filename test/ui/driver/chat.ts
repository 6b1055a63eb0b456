import type { Locator, Page } from 'playwright-core';
import { poll } from '../../support/poll';
import type { PageElement } from './pageElement';
import { type QuickInput, clean } from './quickInput';

/** The chat view in the side bar. */
export class Chat {
  private readonly page: Page;
  private readonly quickInput: QuickInput;

  constructor(page: Page, quickInput: QuickInput) {
    this.page = page;
    this.quickInput = quickInput;
  }

  /** Opens the view and puts the focus into it. */
  async open(): Promise<void> {
    await this.quickInput.openPalette('>Chat: Focus on Chat View');
    await this.quickInput.pick('Chat: Focus on Chat View');
    await this.input().waitFor();
  }

  /** Newer versions take no request before they have found the companion's model. */
  async waitForModel(): Promise<void> {
    await this.waitForText(/Companion mo/);
  }

  /** Types a request and sends it. @returns once the view shows it. */
  async send(request: string): Promise<void> {
    const before = await this.lastRow();
    await this.input().click();
    await this.page.keyboard.insertText(request);
    // The list of suggestions would take the Enter.
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('Enter');
    await poll('the request in the chat', async () => (await this.lastRow()) > before);
  }

  /** What the last answer shows. */
  async answer(): Promise<string> {
    return clean(await this.lastAnswer().innerText());
  }

  /** Waits until the last answer matches. @returns its text. */
  async waitForAnswer(pattern: RegExp, timeoutMs = 60_000): Promise<string> {
    return poll(
      `an answer in chat like ${String(pattern)}`,
      async () => {
        const text = await this.answer();
        return pattern.test(text) && text;
      },
      { timeoutMs, found: () => this.answer() },
    );
  }

  /** Waits until the view shows a text, such as in a question before a tool runs. */
  async waitForText(pattern: RegExp): Promise<void> {
    const found = this.page.locator('.interactive-session').getByText(pattern);
    await found.locator('visible=true').first().waitFor();
  }

  /** Stops the answer that is under way. */
  async stop(): Promise<void> {
    const send = this.page.locator('.interactive-session .chat-execute-toolbar');
    await send.locator('a[aria-label^="Cancel"], a[aria-label^="Stop"]').first().click();
  }

  /** Lets a tool run for which the view asks. */
  async allow(): Promise<void> {
    const session = this.page.locator('.interactive-session');
    await session
      .getByRole('button', { name: /^Allow/ })
      .first()
      .click();
  }

  /** Clicks a button of the last answer. */
  async click(title: string): Promise<void> {
    await this.lastAnswer().getByRole('button', { name: title, exact: true }).click();
  }

  lastAnswer(): Locator {
    return this.page.locator('.interactive-session .chat-most-recent-response');
  }

  /** Number of the last row; the list draws only what is in view, in any order, and follows it. */
  private async lastRow(): Promise<number> {
    const rows = this.page.locator('.interactive-session .monaco-list-row[data-index]');
    const numbers = await rows.evaluateAll((all: PageElement[]) =>
      all.map((row) => Number(row.getAttribute('data-index'))),
    );
    return Math.max(-1, ...numbers);
  }

  private input(): Locator {
    return this.page.locator('.interactive-session .interactive-input-part .monaco-editor').first();
  }
}
