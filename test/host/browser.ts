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

/** What turns round or runs along for as long as something lasts; each of its frames is painted. */
const stillStyle =
  '.codicon-modifier-spin, .monaco-progress-container .progress-bit { animation: none !important; }';

/** Puts a style into each page as soon as it has a place for it. */
const addStyle = `addEventListener('DOMContentLoaded', () => {
  document.head.appendChild(document.createElement('style')).textContent = ${JSON.stringify(stillStyle)};
});`;

/** A fresh browser profile that may use the clipboard, as a desktop's editor may. */
export async function newContext(
  browser: Browser,
  { locale = 'en-US', size = { width: 1400, height: 900 } }: ContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: size,
    permissions: ['clipboard-read', 'clipboard-write'],
    locale,
  });
  await context.addInitScript(addStyle);
  return context;
}
