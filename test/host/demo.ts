/**
 * `npm run demo`: the extension in a real VS Code with a workspace of real code, against the
 * embedded simulator; no key and no network. Goes on until Ctrl+C.
 *
 * `npm run demo -- --headless` does one summary as a user would, prints what there was to see, and
 * ends with 0 only when everything a run promises was there.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Simulator, startSimulator } from '../../src/simulator/index';
import { projectRoot } from '../support/projectFiles';
import { createSampleWorkspace } from '../support/sampleWorkspace';
import { type Host, ensureHost } from './chooseHost';
import type { DesktopHost } from './desktopHost';
import { runHeadlessDemo } from './headlessDemo';
import { currentVersion } from './hostVersions';
import type { NpmHost } from './npmHost';
import { packagedExtension } from './packagedExtension';
import { writeUserSettings } from './settings';
import { simulatorEnvironment } from './simulatorEnvironment';
import { installExtensions, startServer } from './vscodeServer';
import { workbenchUrl } from './workbenchUrl';

interface Stage {
  readonly workspace: string;
  readonly userDataDir: string;
  readonly extensionsDir: string;
  readonly simulator: Simulator;
}

async function main(isHeadless: boolean): Promise<number> {
  const root = mkdtempSync(path.join(tmpdir(), 'dlg-demo-'));
  const workspace = path.join(root, 'workspace');
  createSampleWorkspace(workspace);
  const simulator = await startSimulator({ pacing: 'live' });
  try {
    if (isHeadless) return await runHeadlessDemo({ workspace, simulator });
    const userDataDir = path.join(root, 'user');
    const extensionsDir = path.join(root, 'extensions');
    mkdirSync(extensionsDir);
    writeUserSettings(userDataDir);
    await runUntilStopped({ workspace, userDataDir, extensionsDir, simulator });
    return 0;
  } finally {
    await simulator.close();
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function runUntilStopped(stage: Stage): Promise<void> {
  const host: Host = await ensureHost(currentVersion);
  console.log(`The simulator answers at ${stage.simulator.baseUrl}.`);
  if (host.kind === 'desktop') await runDesktop(host, stage);
  else await runInBrowser(host, stage);
}

async function runDesktop(host: DesktopHost, stage: Stage): Promise<void> {
  const child = spawn(
    host.executablePath,
    [
      stage.workspace,
      `--extensionDevelopmentPath=${projectRoot}`,
      `--user-data-dir=${stage.userDataDir}`,
      `--extensions-dir=${stage.extensionsDir}`,
      '--wait',
    ],
    { env: { ...process.env, ...simulatorEnvironment(stage.simulator) }, stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  const stop = (): void => void child.kill();
  process.once('SIGINT', stop);
  console.log('VS Code opens. Close it, or press Ctrl+C here, to end the demo.');
  await ended;
}

async function runInBrowser(host: NpmHost, stage: Stage): Promise<void> {
  await installExtensions(host, stage, [packagedExtension()]);
  const server = await startServer(host, {
    ...stage,
    purpose: 'use',
    env: { ...process.env, ...simulatorEnvironment(stage.simulator) },
  });
  console.log(`Open ${workbenchUrl(server, { folder: stage.workspace })}`);
  console.log('Select code, right-click, Delegate. Press Ctrl+C here to end the demo.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.stop();
}

main(process.argv.includes('--headless')).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
