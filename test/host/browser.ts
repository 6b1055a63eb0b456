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

export interface ContextOptions {
  /** The user's language, which decides how the editor writes numbers and dates. */
  readonly locale?: string;
  /** Of the window, in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** A fresh browser profile that may use the clipboard, as a desktop's editor may. */
export async function newContext(
  browser: Browser,
  { locale = 'en-US', size = { width: 1400, height: 900 } }: ContextOptions = {},
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: size,
    permissions: ['clipboard-read', 'clipboard-write'],
    locale,
  });
}
