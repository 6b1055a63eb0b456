import type { Page } from 'playwright-core';
import { poll } from '../../support/poll';

/** What has the focus, as a screen reader would name it. */
export interface Focus {
  readonly label: string;
  /** Ids of the element and all around it. */
  readonly path: readonly string[];
}

/** More presses than any way through the window takes. */
const MOST_PRESSES = 60;

/** How long a box may take to open before its key is pressed again. */
const boxTimeoutMs = 2_000;

/** An expression for the page: whether what has the focus is in such an element. */
function hasFocusIn(selector: string): string {
  return `Boolean(document.activeElement?.closest(${JSON.stringify(selector)}))`;
}

/** A user with a keyboard and nothing else: there is no way to point at anything from here. */
export class KeyboardUser {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types into whatever has the focus, a key at a time. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Runs a command from the palette, by its title with category. */
  async command(title: string): Promise<void> {
    await this.outsideBox();
    await this.openBox('F1');
    await this.type(title);
    await this.waitForFocus(new RegExp(`^${escape(title)}(?:,|$)`));
    await this.press('Enter');
  }

  /** Opens a file by its name. */
  async open(name: string): Promise<void> {
    await this.openBox('Control+P');
    await this.type(name);
    await this.waitForFocus(new RegExp(`^${escape(name)}`));
    await this.press('Enter');
    await this.inEditor();
  }

  /** Presses a key until the box that it opens has the focus: a page that loads swallows some. */
  private async openBox(key: string): Promise<void> {
    await poll(`the box of ${key}`, async () => {
      await this.press(key);
      return this.page
        .waitForFunction(hasFocusIn('.quick-input-widget .quick-input-box'), null, {
          timeout: boxTimeoutMs,
        })
        .then(() => true);
    });
  }

  /** Waits until a text editor takes keys. */
  async inEditor(): Promise<void> {
    await this.isInside('.editor-group-container.active .monaco-editor');
  }

  /** Waits until a menu, which lives in a shadow root, takes keys. */
  async inMenu(): Promise<void> {
    await poll('the focus in a menu', () =>
      this.page.evaluate<boolean>('Boolean(document.activeElement?.shadowRoot?.activeElement)'),
    );
  }

  /** Waits until a side of a diff takes keys. */
  async inDiff(): Promise<void> {
    await this.isInside('.editor-group-container.active .monaco-diff-editor');
  }

  /** Waits until the box at the top of the window takes keys. */
  async inBox(): Promise<void> {
    await this.isInside('.quick-input-widget .quick-input-box');
  }

  /** Waits until a box that was just confirmed has given the focus back. */
  private async outsideBox(): Promise<void> {
    await poll('the focus outside of the box', () =>
      this.page.evaluate<boolean>(`!document.activeElement?.closest('.quick-input-widget')`),
    );
  }

  /** Waits until what has the focus is in such an element. */
  async isInside(selector: string): Promise<void> {
    await poll(
      `the focus in ${selector}`,
      () => this.page.evaluate<boolean>(hasFocusIn(selector)),
      { found: async () => (await this.focus()).label },
    );
  }

  /** Presses a key until something with such a label has the focus. */
  async pressUntil(key: string, label: RegExp): Promise<void> {
    const passed: string[] = [];
    for (let presses = 0; presses < MOST_PRESSES; presses++) {
      const focus = await this.focus();
      if (label.test(focus.label)) return;
      passed.push(focus.label.slice(0, 40));
      await this.press(key);
    }
    throw new Error(`${key} does not come to ${String(label)}, but to: ${passed.join(' | ')}`);
  }

  /** Presses a key until what has the focus is in such an element, or is one. */
  async pressUntilInside(key: string, selector: string): Promise<void> {
    const isThere = `Boolean(document.activeElement?.closest(${JSON.stringify(selector)}))`;
    for (let presses = 0; presses < MOST_PRESSES; presses++) {
      if (await this.page.evaluate<boolean>(isThere)) return;
      await this.press(key);
    }
    throw new Error(`${key} does not come to ${selector}.`);
  }

  async waitForFocus(label: RegExp): Promise<void> {
    await poll(
      `the focus on ${String(label)}`,
      async () => label.test((await this.focus()).label),
      { found: async () => (await this.focus()).label },
    );
  }

  /** A list tells its present row apart from what has the focus; the row counts. */
  async focus(): Promise<Focus> {
    return this.page.evaluate<Focus>(`(() => {
      let focused = document.activeElement;
      // Menus live in shadow roots.
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      const row = document.getElementById(focused?.getAttribute('aria-activedescendant') ?? '');
      const path = [];
      for (let part = focused; part; part = part.parentElement) if (part.id) path.push(part.id);
      const named = row ?? focused;
      const text = named?.getAttribute('aria-label') ?? named?.textContent ?? '';
      return { label: text.replaceAll('\u00a0', ' ').trim(), path };
    })()`);
  }

  /** Selects the whole text of an editor. */
  async selectAll(): Promise<void> {
    await this.press('Control+Home', 'Control+Shift+End');
  }

  /** What is selected, by way of the clipboard. */
  async copy(): Promise<string> {
    const mark = `nothing copied at ${String(Date.now())}`;
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(mark)})`);
    await this.press('Control+C');
    return poll('the clipboard', async () => {
      const text = await this.page.evaluate<string>('navigator.clipboard.readText()');
      return text !== mark && text;
    });
  }
}

function escape(text: string): string {
  return text.replaceAll(/[^\w ]/g, '\\$&');
}
