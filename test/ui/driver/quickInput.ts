import type { Locator, Page } from 'playwright-core';
import { poll } from '../../support/poll';
import type { PageElement } from './pageElement';

const rowClickTimeoutMs = 2_000;
const fillTimeoutMs = 2_000;

/** The box at the top of the window: command palette, pickers and input boxes. */
export class QuickInput {
  private readonly page: Page;
  private readonly widget: Locator;

  constructor(page: Page) {
    this.page = page;
    this.widget = page.locator('.quick-input-widget:visible');
  }

  async waitOpen(): Promise<void> {
    await this.widget.waitFor();
    await poll('the focus in the quick input', () => this.hasFocus());
  }

  async waitClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  isOpen(): Promise<boolean> {
    return this.widget.isVisible();
  }

  /** Replaces what the box holds. It has the focus once it is complete; before, its text is its own. */
  async type(text: string): Promise<void> {
    await this.waitOpen();
    await this.input().fill(text);
  }

  /** Opens the palette and types into it. */
  async openPalette(text: string): Promise<void> {
    await this.openBy('F1', text);
  }

  /**
   * Opens a box by its key and types into it. It goes away by itself, or loses the focus, when
   * something else takes that, as a notice about the extension host or a page that has just been
   * drawn does; so it is opened until it stays.
   */
  async openBy(key: string, text: string): Promise<void> {
    await poll(`the box of ${key}`, async () => {
      await this.page.keyboard.press(key);
      return this.tryFill(text);
    });
  }

  /** Confirms the text or the focused row. */
  async accept(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  /** Types `text` into an input box and confirms it. */
  async submit(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  /** The labels of the rows that are drawn; a long list draws only what is in view. */
  async labels(): Promise<string[]> {
    const labels = this.rows().locator('.label-name:not(.quick-input-list-label-meta *)');
    return (await labels.allInnerTexts()).map(clean);
  }

  /** The labels of all rows, those out of view included; walks down the list once. */
  async allLabels(): Promise<string[]> {
    const size = await poll('rows', async () => {
      const first = this.rows().first();
      return (await first.count()) > 0 && Number(await first.getAttribute('aria-setsize'));
    });
    const found = new Set<string>();
    for (let steps = 0; steps <= size; steps++) {
      for (const label of await this.labels()) found.add(label);
      if (found.size >= size) break;
      await this.page.keyboard.press('ArrowDown');
    }
    return [...found];
  }

  /** Each drawn row in full: label, description and detail, as a screen reader hears it. */
  async rowTexts(): Promise<string[]> {
    return this.rows().evaluateAll((rows: PageElement[]) =>
      rows.map((row) => row.getAttribute('aria-label') ?? row.textContent ?? ''),
    );
  }

  /** Clicks the row with exactly this label if it can be clicked soon. @returns whether it could. */
  async tryPick(label: string): Promise<boolean> {
    try {
      await this.row(label).first().click({ timeout: rowClickTimeoutMs });
      return true;
    } catch {
      return false;
    }
  }

  private row(label: string): Locator {
    const exactly = new RegExp(`^\\s*${label.replace(/[^\w ]/g, '\\$&')}\\s*$`);
    return this.rows().filter({
      has: this.page.locator('.label-name').filter({ hasText: exactly }),
    });
  }

  /** Clicks the row with exactly this label, once it is drawn. */
  async pick(label: string): Promise<void> {
    await this.widget.waitFor();
    const row = this.row(label);
    let isTried = false;
    await poll(
      `the row "${label}"`,
      async () => {
        // Rows move while results still arrive, so it is looked for again at each try; a click may
        // have counted although it was reported as too slow.
        if ((await row.count()) === 0) return isTried;
        isTried = true;
        await row.first().click({ timeout: rowClickTimeoutMs });
        return true;
      },
      { found: async () => (await this.labels()).join(' | ') },
    );
  }

  /** Confirms the first row, once there is one. */
  async pickFirst(): Promise<void> {
    await this.waitOpen();
    await this.rows().first().click();
  }

  /** The text above or below the box: prompt, title, validation message. */
  async message(): Promise<string> {
    return clean(await this.widget.locator('.quick-input-message').innerText());
  }

  async title(): Promise<string> {
    return clean(await this.widget.locator('.quick-input-title').innerText());
  }

  /** Waits until the box that is open has this title. */
  async waitTitle(title: string | RegExp, timeoutMs?: number): Promise<void> {
    await poll(
      `the box "${String(title)}"`,
      async () => {
        if (!(await this.isOpen())) return false;
        const shown = await this.title();
        return typeof title === 'string' ? shown === title : title.test(shown);
      },
      {
        found: async () => ((await this.isOpen()) ? this.title() : 'no box'),
        ...(timeoutMs !== undefined && { timeoutMs }),
      },
    );
    await this.waitOpen();
  }

  /** Waits until a row is drawn whose label begins so. */
  async waitRow(label: string): Promise<void> {
    const isThere = async (): Promise<boolean> =>
      (await this.labels()).some((each) => each.startsWith(label.trim()));
    await poll(`the row "${label}"`, isThere, {
      found: async () => (await this.labels()).join(' | '),
    });
  }

  /** What the box holds. */
  value(): Promise<string> {
    return this.input().inputValue();
  }

  async placeholder(): Promise<string> {
    return (await this.input().getAttribute('placeholder')) ?? '';
  }

  /** @returns whether the box has the text and still the focus. */
  /** Replaces what the box holds. @returns whether it still has the focus. @throws without a box. */
  async tryFill(text: string): Promise<boolean> {
    await this.input().fill(text, { timeout: fillTimeoutMs });
    return this.hasFocus();
  }

  private async hasFocus(): Promise<boolean> {
    return (await this.widget.locator('input:focus').count()) > 0;
  }

  private input(): Locator {
    return this.widget.locator('.quick-input-box input').first();
  }

  private rows(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }
}

/** VS Code draws labels with no-break spaces. */
export function clean(text: string): string {
  return text.replaceAll('\u00a0', ' ').trim();
}
