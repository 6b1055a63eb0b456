import { chromium, type Browser, type BrowserContext } from 'playwright-core';

/** Switches that keep Debian's chromium off the network and out of its sandbox (root may run it). */
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export async function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: switches, headless: true });
}

/**
 * A fresh browser profile that may use the clipboard, as a desktop's editor may.
 *
 * @param locale the user's language, which decides how the editor writes numbers and dates.
 */
export async function newContext(browser: Browser, locale = 'en-US'): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    locale,
  });
}
