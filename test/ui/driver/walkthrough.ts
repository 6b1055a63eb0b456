import type { Locator, Page } from 'playwright-core';
import { poll } from '../../support/poll';
import type { PageElement } from './pageElement';
import { clean } from './quickInput';

/** A step's element in the page, which notes that a script has focused it. */
interface FocusSpy extends PageElement {
  focus: () => void;
  wasFocused?: boolean;
}

/** The welcome page with its walkthroughs, and the walkthrough that is open there. */
export class Walkthrough {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Clicks a walkthrough on the welcome page and waits until its first step shows. */
  async open(title: string): Promise<void> {
    const card = this.page.locator('button.getting-started-category', { hasText: title });
    await poll(`the walkthrough "${title}"`, async () => {
      if (await this.steps().first().isVisible()) return true;
      if (await card.first().isVisible()) await card.first().click();
      return false;
    });
  }

  /** The titles of all steps. */
  async titles(): Promise<string[]> {
    return (await this.steps().locator('.step-title').allInnerTexts()).map(clean);
  }

  /** The titles of the steps that are ticked off. */
  async done(): Promise<string[]> {
    const steps = this.steps().filter({ has: this.page.locator('.codicon.complete') });
    return (await steps.locator('.step-title').allInnerTexts()).map(clean);
  }

  /** Waits until a step is ticked off. */
  async waitDone(title: string): Promise<void> {
    await poll(`the step "${title}" to be done`, async () => (await this.done()).includes(title), {
      found: async () => (await this.done()).join(' | '),
    });
  }

  /**
   * Opens a step. The page gives it the focus by a timer, faster than a user goes on but slower than
   * a test: a box that is open by then would lose the focus. So this waits for that call.
   */
  async select(title: string): Promise<void> {
    const step = this.steps().filter({ hasText: title }).first();
    await step.evaluate((element: FocusSpy) => {
      const focus = element.focus.bind(element);
      element.wasFocused = false;
      element.focus = () => {
        focus();
        element.wasFocused = true;
      };
    });
    await step.click();
    await poll('the focus in the step', () =>
      step.evaluate((element: FocusSpy) => element.wasFocused === true),
    );
  }

  /** Clicks a button of the step that is open. */
  async click(button: string): Promise<void> {
    await this.expanded().getByRole('button', { name: button, exact: true }).click();
  }

  /** The buttons of the step that is open. */
  async buttons(): Promise<string[]> {
    return (await this.expanded().locator('.monaco-button').allInnerTexts()).map(clean);
  }

  /** The names of the elements that a screen reader finds as steps. */
  async stepLabels(): Promise<string[]> {
    return this.steps().evaluateAll((steps: PageElement[]) =>
      steps.map((step) => step.getAttribute('aria-label') ?? step.textContent ?? ''),
    );
  }

  private steps(): Locator {
    return this.page.locator('.getting-started-step');
  }

  private expanded(): Locator {
    return this.page.locator('.getting-started-step.expanded');
  }
}
