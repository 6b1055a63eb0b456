import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { localFolder } from './paths';

/** Desktop VS Code, as downloaded. */
export interface DesktopHost {
  readonly kind: 'desktop';
  readonly version: string;
  readonly executablePath: string;
}

const releasesUrl = 'https://update.code.visualstudio.com/api/releases/stable';
const probeTimeoutMs = 5_000;

/** Whether the download of desktop VS Code answers from here. */
export async function isDownloadReachable(): Promise<boolean> {
  try {
    const response = await fetch(releasesUrl, { signal: AbortSignal.timeout(probeTimeoutMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** Electron needs a display on Linux; `xvfb-run` gives one where there is no screen. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** Downloads desktop VS Code `version` into this clone unless it is there. */
export async function ensureDesktopHost(version: string): Promise<DesktopHost> {
  const executablePath = await downloadAndUnzipVSCode({ version, cachePath: localFolder });
  return { kind: 'desktop', version, executablePath };
}
