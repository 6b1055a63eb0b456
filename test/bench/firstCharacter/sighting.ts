import type { Page } from 'playwright-core';

/**
 * Watches the output view from now on.
 *
 * @param word without white space.
 * @returns what waits until the word is drawn there and gives that moment, in milliseconds since
 *   the epoch: the start of the frame that paints it.
 */
export async function watchFor(page: Page, word: string): Promise<() => Promise<number>> {
  await page.evaluate(`
    globalThis.benchSighting = new Promise((resolve) => {
      const isThere = () =>
        [...document.querySelectorAll('.output-view .view-line, .output-view-container .view-line')]
          .some((line) => line.textContent.includes(${JSON.stringify(word)}));
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(Date.now()));
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    undefined`);
  return () => page.evaluate<number>('globalThis.benchSighting');
}
