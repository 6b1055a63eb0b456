import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, newContext } from '../../host/browser';
import { currentVersion } from '../../host/hostVersions';
import { ensureNpmHost } from '../../host/npmHost';
import { writeLanguagePack } from '../../host/languagePack';
import { localFolder } from '../../host/paths';
import { withoutAccount } from '../../host/simulatorEnvironment';
import { leanWindowSettings, writeUserSettings, type Settings } from '../../host/settings';
import { installExtensions, startServer, type VscodeServer } from '../../host/vscodeServer';
import { workbenchUrl } from '../../host/workbenchUrl';
import { poll } from '../../support/poll';
import { Chat } from './chat';
import { DiffEditor } from './diffEditor';
import { Editor } from './editor';
import { extensionHostPids } from './extensionHost';
import { readOutputChannel } from '../../host/outputFiles';
import { Notifications } from './notifications';
import { clean, QuickInput } from './quickInput';
import { StatusBar } from './statusBar';
import { Walkthrough } from './walkthrough';

export interface WorkbenchOptions {
  /** Absolute path of the folder to open; without it the window is empty. */
  readonly folder?: string;
  /**
   * A packaged extension to install, with others beside it or none, or the folder of one under
   * development; with the latter no notification toasts show (see `ServerOptions.purpose`).
   */
  readonly extension:
    | { readonly vsix: string; readonly besides?: readonly string[] }
    | { readonly developmentPath: string };
  /** Folders of further extensions, loaded as under development. */
  readonly companions?: readonly string[];
  readonly settings?: Settings;
  /** Changes what is installed, before VS Code starts; gets the folder of the extensions. */
  readonly prepareExtensions?: (extensionsDir: string) => void;
  /** Added to the environment that the extension host inherits; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** One of the versions that can be had from npm; the newest when left out. */
  readonly version?: string;
  /** The editor's language, such as `de`; English when left out. */
  readonly language?: string;
}

/** Themes as they are picked, by the class that the workbench wears with them. */
const themes = {
  vs: 'Light (Visual Studio)',
  'vs-dark': 'Dark (Visual Studio)',
  'hc-black': 'Dark High Contrast',
  'hc-light': 'Light High Contrast',
} as const;

export type ThemeKind = keyof typeof themes;

const startTimeoutMs = 120_000;

/**
 * VS Code in a browser window, driven as a user would.
 *
 * Everything waits for what it needs to see; nothing sleeps.
 */
export class Workbench {
  readonly page: Page;
  readonly editor: Editor;
  readonly diff: DiffEditor;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly statusBar: StatusBar;
  readonly walkthrough: Walkthrough;
  readonly chat: Chat;
  /** The desktop's `--user-data-dir`: settings, logs, the extension's global storage. */
  readonly userDataDir: string;
  /** Of the editor. */
  readonly version: string;
  private readonly session: Session;
  private paused: { readonly pids: readonly number[]; readonly timer?: NodeJS.Timeout } = {
    pids: [],
  };

  private constructor(session: Session, page: Page) {
    this.session = session;
    this.page = page;
    this.userDataDir = session.userDataDir;
    this.version = session.version;
    this.quickInput = new QuickInput(page);
    this.editor = new Editor(page, this.quickInput);
    this.diff = new DiffEditor(page);
    this.notifications = new Notifications(page);
    this.statusBar = new StatusBar(page);
    this.walkthrough = new Walkthrough(page);
    this.chat = new Chat(page, this.quickInput);
  }

  /** Starts VS Code with user data of its own and opens one window. */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const session = await startSession(options);
    try {
      return await openWindow(session, (page) => new Workbench(session, page));
    } catch (error) {
      await endSession(session);
      throw error;
    }
  }

  /** Opens one more window on the same folder and the same user data. */
  async openSecondWindow(): Promise<Workbench> {
    return openWindow(this.session, (page) => new Workbench(this.session, page));
  }

  /** Ends VS Code and removes its user data. */
  async close(): Promise<void> {
    await endSession(this.session);
  }

  /** Runs a command from the palette; the title as it is shown, category included. */
  async runCommand(title: string): Promise<void> {
    await this.quickInput.openPalette(`>${title}`);
    await this.quickInput.pick(title);
  }

  /** Whether the palette offers a command, by its title with category. */
  async hasCommand(title: string): Promise<boolean> {
    await this.quickInput.openPalette(`>${title}`);
    const labels = await poll('rows in the palette', async () => {
      const drawn = await this.quickInput.labels();
      return drawn.length > 0 && drawn;
    });
    await this.quickInput.cancel();
    await this.quickInput.waitClosed();
    return labels.includes(title);
  }

  /**
   * As `runCommand`, but waits until the palette offers the command at all. A palette lists what was
   * there when it opened, so each try begins with a closed one; the editor may close it, too, as it
   * does to tell of its extension host.
   */
  async runCommandWhenOffered(title: string): Promise<void> {
    await poll(`the command "${title}" in the palette`, async () => {
      await this.quickInput.openPalette(`>${title}`);
      if (await this.quickInput.tryPick(title)) return true;
      await this.quickInput.cancel();
      return false;
    });
  }

  /** All titles that the palette offers and that begin with `prefix`. */
  async offeredCommands(prefix: string): Promise<string[]> {
    await this.quickInput.openPalette(`>${prefix}`);
    const labels = await this.quickInput.allLabels();
    await this.quickInput.cancel();
    await this.quickInput.waitClosed();
    return labels.filter((label) => label.startsWith(prefix));
  }

  /** Waits until the editor has told screen readers something that matches. */
  async waitForAnnouncement(pattern: RegExp): Promise<string> {
    const regions = this.page.locator('.monaco-aria-container > div');
    return poll(
      `an announcement like ${String(pattern)}`,
      async () => (await regions.allTextContents()).find((text) => pattern.test(text)),
      { found: async () => (await regions.allTextContents()).join(' | ') },
    );
  }

  /** Takes all notifications away. */
  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.notifications.waitGone(/./);
  }

  /** An output channel's whole text. */
  outputText(channel: string): string {
    return readOutputChannel(this.userDataDir, channel);
  }

  /** Waits until an output channel's text matches. @returns the text. */
  async waitForOutput(channel: string, pattern: RegExp, timeoutMs?: number): Promise<string> {
    return poll(
      `output like ${String(pattern)} in "${channel}"`,
      () => {
        const text = this.outputText(channel);
        return pattern.test(text) && text;
      },
      {
        found: () => this.outputText(channel).slice(-2_000),
        ...(timeoutMs !== undefined && { timeoutMs }),
      },
    );
  }

  /** Waits until the panel shows this output channel. */
  async waitForOutputChannel(channel: string): Promise<void> {
    const chosen = this.page.locator('[id="workbench.parts.panel"] select option:checked');
    await poll(
      `the output channel "${channel}"`,
      async () => (await chosen.allTextContents()).map(clean).includes(channel),
      { found: async () => (await chosen.allTextContents()).join(' | ') },
    );
  }

  /** The lines that the output view draws. */
  async visibleOutput(): Promise<string> {
    const lines = this.page.locator('.output-view .view-line, .output-view-container .view-line');
    return (await lines.allInnerTexts()).map(clean).join('\n');
  }

  /**
   * Changes user settings and reloads the window: a server watches no changes that others make to
   * the settings file.
   */
  async changeSettings(settings: Settings): Promise<void> {
    writeUserSettings(this.userDataDir, { ...this.session.settings, ...settings });
    await this.reload();
  }

  /** Picks a colour theme and waits until it shows. */
  async changeTheme(kind: ThemeKind): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.type(themes[kind]);
    await this.quickInput.pick(themes[kind]);
    await this.quickInput.waitClosed();
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  /** Reloads the window, as "Developer: Reload Window" does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await waitForWindow(this.page);
  }

  /** Ends the extension hosts at once, as a crash does. @returns how many there were. */
  crashExtensionHost(): number {
    const pids = extensionHostPids(this.session.server.pid);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    return pids.length;
  }

  /**
   * Lets the extension hosts stand still, as they do on a machine that is busy with something else.
   *
   * @param ms how long, unless they are resumed before.
   */
  pauseExtensionHost(ms: number): void {
    this.resumeExtensionHost();
    const pids = extensionHostPids(this.session.server.pid);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const timer = setTimeout(() => this.resumeExtensionHost(), ms);
    this.paused = { pids, timer };
  }

  resumeExtensionHost(): void {
    clearTimeout(this.paused.timer);
    for (const pid of this.paused.pids) process.kill(pid, 'SIGCONT');
    this.paused = { pids: [] };
  }

  /** Closes menus and boxes that are open. */
  async escape(): Promise<void> {
    for (let level = 0; level < 3; level++) await this.page.keyboard.press('Escape');
  }

  /** Takes a picture of the window. @returns its path. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(localFolder, 'screenshots', `${name}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }
}

interface Session {
  readonly root: string;
  readonly userDataDir: string;
  readonly version: string;
  readonly settings: Settings;
  readonly folder: string | null;
  readonly developmentPaths: readonly string[];
  readonly server: VscodeServer;
  readonly browser: Browser;
  readonly context: BrowserContext;
}

async function startSession(options: WorkbenchOptions): Promise<Session> {
  const host = await ensureNpmHost(options.version ?? currentVersion);
  const root = mkdtempSync(path.join(tmpdir(), 'dlg-ui-'));
  const folders = {
    userDataDir: path.join(root, 'user'),
    extensionsDir: path.join(root, 'extensions'),
  };
  mkdirSync(folders.extensionsDir);
  if (options.language !== undefined) writeLanguagePack(folders, options.language);
  const settings = { ...leanWindowSettings, ...options.settings };
  writeUserSettings(folders.userDataDir, settings);
  const developmentPaths = [...(options.companions ?? [])];
  if ('vsix' in options.extension) {
    const { vsix, besides = [] } = options.extension;
    await installExtensions(host, folders, [vsix, ...besides]);
    options.prepareExtensions?.(folders.extensionsDir);
  } else {
    developmentPaths.push(options.extension.developmentPath);
  }
  const server = await startServer(host, {
    ...folders,
    purpose: developmentPaths.length > 0 ? 'development' : 'use',
    env: { ...process.env, ...withoutAccount, ...options.env },
    ...(options.language !== undefined && { language: options.language }),
  });
  const browser = await launchBrowser(host.browserPath);
  const context = await newContext(browser, {
    ...(options.language !== undefined && { locale: options.language }),
  });
  return {
    root,
    userDataDir: folders.userDataDir,
    version: host.version,
    settings,
    folder: options.folder ?? null,
    developmentPaths,
    server,
    browser,
    context,
  };
}

async function openWindow<T>(session: Session, make: (page: Page) => T): Promise<T> {
  const page = await session.context.newPage();
  // Leaving a page with unsaved changes asks; a reload in a test means it.
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(
    workbenchUrl(session.server, {
      ...(session.folder !== null && { folder: session.folder }),
      extensionDevelopmentPaths: session.developmentPaths,
    }),
  );
  await waitForWindow(page);
  return make(page);
}

/** A window takes keys once its parts are drawn and the file service, or the welcome page, answers. */
async function waitForWindow(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: startTimeoutMs });
  await page
    .locator('.explorer-folders-view .monaco-list, .empty-view, .getting-started-category')
    .first()
    .waitFor({ timeout: startTimeoutMs, state: 'attached' });
}

async function endSession(session: Session): Promise<void> {
  await session.browser.close();
  await session.server.stop();
  rmSync(session.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
