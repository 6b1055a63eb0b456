import type { Locator, Page } from 'playwright-core';
import { poll } from '../../support/poll';
import { clean } from './quickInput';

const CLICK_TIMEOUT_MS = 3_000;

/** Notification toasts and modal dialogs. */
export class Notifications {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The messages of all toasts in view. */
  async messages(): Promise<string[]> {
    const texts = await this.toasts().locator('.notification-list-item-message').allInnerTexts();
    return texts.map(clean);
  }

  /** How many links the messages of all toasts in view have. */
  async linkCount(): Promise<number> {
    return this.toasts().locator('.notification-list-item-message a').count();
  }

  /** Waits for a toast whose message matches. @returns the message. */
  async waitFor(pattern: RegExp, timeoutMs?: number): Promise<string> {
    return poll(
      `a notification like ${String(pattern)}`,
      async () => (await this.messages()).find((message) => pattern.test(message)),
      {
        found: async () => (await this.messages()).join(' | '),
        ...(timeoutMs !== undefined && { timeoutMs }),
      },
    );
  }

  /**
   * Watches, from now on, how long a toast stays after screen readers were told of its end.
   *
   * @param toast begins the toast's message.
   * @param end is in what is told of the end.
   * @returns how to wait for the time in milliseconds.
   */
  async watchLingering(toast: string, end: string): Promise<() => Promise<number>> {
    const texts = JSON.stringify([toast, end]);
    await this.page.evaluate(`(() => {
      const [toast, end] = ${texts};
      const isThere = (selector, text) =>
        [...document.querySelectorAll(selector)].some(({ textContent }) => textContent.replaceAll('\u00a0', ' ').includes(text));
      let toldAt = null;
      globalThis.lingeringMs = null;
      const observer = new MutationObserver(() => {
        if (isThere('.monaco-aria-container > div', end)) toldAt ??= performance.now();
        if (toldAt === null || isThere('.notifications-toasts .notification-list-item', toast)) return;
        globalThis.lingeringMs = performance.now() - toldAt;
        observer.disconnect();
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    })()`);
    return () =>
      poll('the end of the toast', () =>
        this.page.evaluate<number | null>('globalThis.lingeringMs'),
      );
  }

  /** Waits until no toast's message matches. */
  async waitGone(pattern: RegExp): Promise<void> {
    await poll(`no notification like ${String(pattern)}`, async () =>
      (await this.messages()).every((message) => !pattern.test(message)),
    );
  }

  /** The buttons of the toast whose message matches. */
  async buttons(pattern: RegExp): Promise<string[]> {
    const toast = await this.toast(pattern);
    return (await toast.locator('.monaco-button').allInnerTexts()).map(clean);
  }

  /**
   * Clicks a button of the notification whose message matches. A toast goes away after some ten seconds,
   * which may have passed on a busy machine; then it is in the list behind the bell.
   */
  async click(pattern: RegExp, button: string): Promise<void> {
    await this.waitFor(pattern);
    const list = this.page.locator('.notifications-center.visible');
    await poll(`the button "${button}" of a notification like ${String(pattern)}`, async () => {
      const place = (await list.count()) > 0 ? list : this.page.locator('.notifications-toasts');
      const items = place.locator('.notification-list-item');
      const texts = await items.locator('.notification-list-item-message').allInnerTexts();
      const index = texts.map(clean).findIndex((text) => pattern.test(text));
      if (index >= 0) {
        const choice = items.nth(index).getByRole('button', { name: button, exact: true });
        await choice.click({ timeout: CLICK_TIMEOUT_MS });
        return true;
      }
      if (place !== list) await this.page.locator('[id="status.notifications"] a').click();
      return false;
    });
    // What is left in the list would lie over the editor.
    if ((await list.count()) > 0) await this.page.locator('[id="status.notifications"] a').click();
  }

  /** Waits for a toast whose message matches and that has this button. @returns the message. */
  async waitForButton(pattern: RegExp, button: string): Promise<string> {
    return poll(
      `a notification like ${String(pattern)} with the button "${button}"`,
      async () => {
        const toast = this.toasts().filter({
          has: this.page.getByRole('button', { name: button, exact: true }),
        });
        const texts = await toast.locator('.notification-list-item-message').allInnerTexts();
        return texts.map(clean).find((text) => pattern.test(text));
      },
      { found: async () => (await this.messages()).join(' | ') },
    );
  }

  /** The open modal dialog's message and detail. */
  async dialogText(): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    return clean(await dialog.locator('.dialog-message-container').innerText());
  }

  async clickDialog(button: string): Promise<void> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  private toasts(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  private async toast(pattern: RegExp): Promise<Locator> {
    await this.waitFor(pattern);
    const index = (await this.messages()).findIndex((message) => pattern.test(message));
    return this.toasts().nth(index);
  }
}
