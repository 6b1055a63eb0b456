import type { Locator, Page } from 'playwright-core';
import { poll } from '../../support/poll';
import type { PageElement } from './pageElement';
import { clean } from './quickInput';

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

  /** Opens a step. The first one that is not done is open already. */
  async select(title: string): Promise<void> {
    await this.steps().filter({ hasText: title }).first().click();
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
