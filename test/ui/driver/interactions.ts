import type { Page } from 'playwright-core';

/**
 * Counts what a user does in the window, from now on: each click, and each key that is pressed
 * alone or as a shortcut. Letters typed one after the other count as one.
 *
 * @returns how to ask for the number so far.
 */
export async function countInteractions(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`(() => {
    globalThis.interactionCount = 0;
    let isTyping = false;
    const count = (letter) => {
      if (!letter || !isTyping) globalThis.interactionCount += 1;
      isTyping = letter;
    };
    addEventListener('mousedown', (event) => event.isTrusted && count(false), true);
    addEventListener('keydown', ({ isTrusted, key, ctrlKey, altKey, metaKey }) => {
      if (!isTrusted || /^(?:Shift|Control|Alt|Meta)$/.test(key)) return;
      count(key.length === 1 && !ctrlKey && !altKey && !metaKey);
    }, true);
  })()`);
  return () => page.evaluate<number>('globalThis.interactionCount');
}
