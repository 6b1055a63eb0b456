/**
 * Runs test/integration inside VS Code: `node out/test/host/runIntegration.js [VERSION…]`, without
 * a version in both the newest and the minimum.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { projectRoot } from '../support/projectFiles';
import { ensureHost } from './chooseHost';
import { currentVersion, minimumVersion } from './hostVersions';
import { executableOf } from './lookalike';

import { withoutAccount } from './simulatorEnvironment';
import { writeUserSettings } from './settings';

async function runIn(version: string): Promise<void> {
  const host = await ensureHost(version);
  // A short path: desktop VS Code makes a socket in its user data folder.
  const root = mkdtempSync(path.join(tmpdir(), 'dlg-'));
  const folders = Object.fromEntries(
    ['user', 'extensions', 'workspace'].map((name) => [name, path.join(root, name)]),
  ) as Record<'user' | 'extensions' | 'workspace', string>;
  for (const folder of Object.values(folders)) mkdirSync(folder);
  writeUserSettings(folders.user);
  try {
    await runTests({
      vscodeExecutablePath: executableOf(host, root),
      extensionDevelopmentPath: process.env['DELEGATE_TEST_EXTENSION'] ?? projectRoot,
      extensionTestsPath: path.resolve(__dirname, '../integration/index'),
      extensionTestsEnv: {
        ...withoutAccount,
        DELEGATE_TEST_VSCODE: version,
        DELEGATE_TEST_USER_DATA: folders.user,
      },
      launchArgs: [
        folders.workspace,
        `--user-data-dir=${folders.user}`,
        `--extensions-dir=${folders.extensions}`,
      ],
    });
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Runs the tests in one version here, and tells how long it took. */
async function runHere(version: string): Promise<boolean> {
  const startedAt = Date.now();
  const passed = await runIn(version).then(
    () => true,
    (error: unknown) => {
      console.error(error);
      return false;
    },
  );
  console.log(`VS Code ${version}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return passed;
}

/**
 * Runs the tests in one version in a process of its own. Its output is told at once if it `isFirst`,
 * else as a whole at the end, so that the versions' lines do not mix.
 */
async function runApart(version: string, isFirst: boolean): Promise<boolean> {
  const child = fork(__filename, [version], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const held: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      if (isFirst) process.stdout.write(data);
      else held.push(data);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  process.stdout.write(Buffer.concat(held));
  return code === 0;
}

async function main(versions: readonly string[]): Promise<number> {
  const passed: boolean[] = [];
  if (versions.length > 1) {
    // Installed one after the other: both may need the same system packages.
    for (const version of versions) await ensureHost(version);
    passed.push(...(await Promise.all(versions.map((version, n) => runApart(version, n === 0)))));
  } else {
    for (const version of versions) passed.push(await runHere(version));
  }
  const failed = versions.filter((_version, n) => passed[n] !== true);
  if (failed.length > 0) console.error(`Integration tests failed in VS Code ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

const wanted = process.argv.slice(2);
main(wanted.length > 0 ? wanted : [currentVersion, minimumVersion]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
