import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './runCommand';

/** What the browser and the native modules of VS Code's server need, beside Node and npm. */
const browserPackages = ['chromium', 'fonts-liberation'];
const buildPackages = [
  'python3',
  'make',
  'g++',
  'pkg-config',
  'libkrb5-dev',
  'libsecret-1-dev',
  'libx11-dev',
  'libxkbfile-dev',
];

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The full path of the first of these programs on PATH, or null. */
export function findProgram(...names: readonly string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      if (existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}

/** @returns the browser's path. @throws when there is none and none can be installed. */
export async function ensureBrowser(): Promise<string> {
  const found = findProgram(...browserNames);
  if (found !== null) return found;
  await ensureDebianPackages(browserPackages);
  const installed = findProgram(...browserNames);
  if (installed === null) throw new Error('chromium was installed, but it is not on PATH.');
  return installed;
}

/** @throws with the list of packages when some are missing and cannot be installed. */
export async function ensureBuildTools(): Promise<void> {
  await ensureDebianPackages(buildPackages);
}

async function ensureDebianPackages(packages: readonly string[]): Promise<void> {
  if (findProgram('dpkg-query') === null || findProgram('apt-get') === null) {
    throw new Error(
      `The tests need ${packages.join(', ')} (Debian's names). Install them with the system's ` +
        'package manager and run again.',
    );
  }
  const missing: string[] = [];
  for (const name of packages) {
    if (!(await isInstalled(name))) missing.push(name);
  }
  if (missing.length === 0) return;
  console.log(`Installing Debian packages: ${missing.join(' ')}`);
  try {
    await aptGet(['update']);
    await aptGet(['install', '-y', '--no-install-recommends', ...missing]);
  } catch (error) {
    throw new Error(
      `Debian packages are missing and could not be installed. As root, run: ` +
        `apt-get install ${missing.join(' ')}`,
      { cause: error },
    );
  }
}

async function isInstalled(name: string): Promise<boolean> {
  try {
    const status = await runCommand('dpkg-query', ['-W', '-f=${Status}', name]);
    return status.includes('ok installed');
  } catch {
    return false;
  }
}

async function aptGet(args: readonly string[]): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  const lockWait = ['-o', 'DPkg::Lock::Timeout=600'];
  const command = isRoot ? 'apt-get' : 'sudo';
  const prefix = isRoot ? [] : ['-n', 'apt-get'];
  await runCommand(command, [...prefix, ...lockWait, ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
