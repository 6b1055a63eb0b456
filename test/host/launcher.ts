/**
 * Makes VS Code from npm look like a downloaded one: takes the desktop's command-line flags, shows
 * the window in a headless browser, passes the suite's console output through and exits with the
 * suite's code. test-electron starts it as its `vscodeExecutablePath`.
 */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format, parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser, newContext } from './browser';
import { suiteStartLine } from '../support/suiteStart';
import { ensureNpmHost } from './npmHost';
import { localFolder } from './paths';
import { startServer } from './vscodeServer';
import { workbenchUrl } from './workbenchUrl';

/** A suite that has not ended by then hangs; its own time limits are far below. */
const suiteTimeoutMs = 20 * 60_000;

/** Nobody looks at it, and painting a large one takes longer. */
const suiteWindow = { width: 900, height: 560 };

interface Invocation {
  readonly hostVersion: string;
  readonly userDataDir: string;
  readonly extensionsDir: string;
  readonly folder?: string;
  readonly extensionDevelopmentPaths: readonly string[];
  readonly extensionTestsPath: string;
}

/** Reads the flags that matter here; the desktop's others have no meaning in a browser. */
function readInvocation(args: readonly string[]): Invocation {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      'host-version': { type: 'string' },
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
    },
  });
  const required = (name: string): string => {
    const value = values[name];
    if (typeof value !== 'string') throw new Error(`--${name} is missing.`);
    return value;
  };
  const fallback = path.join(tmpdir(), `vscode-${String(process.pid)}`);
  const folderOf = (name: string): string =>
    path.resolve(typeof values[name] === 'string' ? values[name] : path.join(fallback, name));
  return {
    hostVersion: required('host-version'),
    userDataDir: folderOf('user-data-dir'),
    extensionsDir: folderOf('extensions-dir'),
    ...(positionals[0] !== undefined && { folder: path.resolve(positionals[0]) }),
    extensionDevelopmentPaths: (values.extensionDevelopmentPath ?? []).map((value) =>
      path.resolve(String(value)),
    ),
    extensionTestsPath: path.resolve(required('extensionTestsPath')),
  };
}

/** Runs the suite in a window of its own. @returns the code the suite ended with. */
async function runSuite(invocation: Invocation): Promise<number> {
  const host = await ensureNpmHost(invocation.hostVersion);
  const server = await startServer(host, { ...invocation, purpose: 'development' });
  const browser = await launchBrowser(host.browserPath);
  try {
    const context = await newContext(browser, { size: suiteWindow });
    const page = await context.newPage();
    const ended = suiteEnd(page);
    const showEarlyLines = await exposeConsole(page);
    await page.goto(workbenchUrl(server, invocation));
    return await ended.finally(showEarlyLines);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * The workbench calls `codeAutomationLog` with its own log as well as what the extension host
 * prints. Its words from before the suite's first line are kept back, for a suite that never starts.
 */
async function exposeConsole(page: Page): Promise<() => void> {
  let early: string[] | null = [];
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const line = `${format(...args)}\n`;
    if (line.startsWith(suiteStartLine)) early = null;
    if (early !== null) early.push(line);
    else if (type === 'error' || type === 'warn') process.stderr.write(line);
    else process.stdout.write(line);
  });
  return () => early?.forEach((line) => process.stderr.write(line));
}

/** The workbench calls `codeAutomationExit` once, with the suite's code. */
function suiteEnd(page: Page): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const file = path.join(localFolder, 'screenshots', `hanging-${String(process.pid)}.png`);
      mkdirSync(path.dirname(file), { recursive: true });
      void page
        .screenshot({ path: file })
        .catch(() => undefined)
        .then(() => reject(new Error(`The suite did not end; its window: ${file}`)));
    }, suiteTimeoutMs);
    page.once('crash', () => reject(new Error('The browser tab crashed.')));
    page.once('close', () => reject(new Error('The browser tab was closed.')));
    page
      .exposeFunction('codeAutomationExit', (code: number) => {
        clearTimeout(timer);
        resolve(code);
      })
      .catch(reject);
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

// A runner that was killed cannot end its launcher, which would leave server and browser behind.
const runnerPid = process.ppid;
setInterval(() => {
  if (process.ppid !== runnerPid) process.exit(130);
}, 1_000).unref();

runSuite(readInvocation(process.argv.slice(2))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
