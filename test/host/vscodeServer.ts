import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { NpmHost } from './npmHost';
import { runCommand } from './runCommand';

export interface ServerFolders {
  /** As the desktop's `--user-data-dir`: settings are in `User/settings.json`, logs in `logs`. */
  readonly userDataDir: string;
  readonly extensionsDir: string;
}

export interface ServerOptions extends ServerFolders {
  /**
   * Whether windows may load extensions under development and run suites. It takes VS Code's own
   * smoke test switch, which also keeps notification toasts from showing.
   */
  readonly purpose: 'development' | 'use';
  /** Environment of the server, which the extension host inherits. */
  readonly env?: NodeJS.ProcessEnv;
  /** The editor's language, such as `de`, for which there is a language pack; English when left out. */
  readonly language?: string;
}

/** A running VS Code server on a port of its own. */
export interface VscodeServer {
  readonly port: number;
  readonly pid: number;
  /** `127.0.0.1:PORT`, also the authority of its `vscode-remote:` URIs. */
  readonly authority: string;
  stop(): Promise<void>;
}

const startTimeoutMs = 120_000;
const stopTimeoutMs = 5_000;

/** Starts VS Code's server from npm. @throws with its output when it does not come up. */
export async function startServer(host: NpmHost, options: ServerOptions): Promise<VscodeServer> {
  mkdirSync(options.userDataDir, { recursive: true });
  const child = spawn(
    host.nodePath,
    [
      host.serverMain,
      ...folderArguments(options),
      '--host=127.0.0.1',
      '--port=0',
      '--without-connection-token',
      '--disable-telemetry',
      ...(options.language === undefined ? [] : [`--locale=${options.language}`]),
      // Without it a built server ignores the development and tests paths in a window's URL.
      ...(options.purpose === 'development' ? ['--enable-smoke-test-driver'] : []),
    ],
    {
      env: cleanEnvironment(options.env ?? process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that extension hosts end with the server.
      detached: true,
    },
  );
  const killNow = (): void => killGroup(child, 'SIGKILL');
  process.once('exit', killNow);
  child.once('exit', () => process.removeListener('exit', killNow));
  const port = await listeningPort(child);
  return {
    port,
    pid: child.pid ?? 0,
    authority: `127.0.0.1:${port}`,
    stop: () => stopGroup(child),
  };
}

/** Installs extension packages into the server's folders, as `code --install-extension` does. */
export async function installExtensions(
  host: NpmHost,
  folders: ServerFolders,
  vsixFiles: readonly string[],
): Promise<void> {
  const wanted = vsixFiles.flatMap((file) => ['--install-extension', file]);
  const args = [...folderArguments(folders), ...wanted, '--force'];
  await runCommand(host.nodePath, [host.serverMain, ...args], {
    env: cleanEnvironment(process.env),
  });
}

function folderArguments({ userDataDir, extensionsDir }: ServerFolders): string[] {
  return [
    '--accept-server-license-terms',
    `--server-data-dir=${path.join(userDataDir, 'server')}`,
    `--user-data-dir=${userDataDir}`,
    `--extensions-dir=${extensionsDir}`,
  ];
}

/** An editor that runs the tests has variables that would mislead the one under test. */
function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const misleading = /^(VSCODE_(?!TEST)|ELECTRON_|NODE_OPTIONS$|npm_)/;
  const kept = Object.entries(env).filter(
    ([name, value]) => value !== undefined && !misleading.test(name),
  );
  // No marketplace: tests need none, and asking one that is not there fails noisily.
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}' };
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (reason: string): void => {
      killGroup(child, 'SIGKILL');
      reject(new Error(`VS Code's server did not start: ${reason}\n${output}`));
    };
    const timer = setTimeout(() => fail('no port within a minute'), startTimeoutMs);
    const read = (text: string): void => {
      output = (output + text).slice(-20_000);
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (!match) return;
      clearTimeout(timer);
      resolve(Number(match[1]));
    };
    child.stdout?.setEncoding('utf8').on('data', read);
    child.stderr?.setEncoding('utf8').on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`it ended with ${signal ?? `code ${String(code)}`}`);
    });
  });
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has already ended.
  }
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => killGroup(child, 'SIGKILL'), stopTimeoutMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    killGroup(child, 'SIGTERM');
  });
  // Extension hosts that outlived the server.
  killGroup(child, 'SIGKILL');
}
