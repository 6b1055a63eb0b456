/**
 * Runs test/integration inside VS Code: `node out/test/host/runIntegration.js [VERSION…]`, without
 * a version in both the newest and the minimum. `--part=faults` and `--part=others` are its halves.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { projectRoot } from '../support/projectFiles';
import { ensureHost } from './chooseHost';
import { currentVersion, minimumVersion } from './hostVersions';
import { executableOf } from './lookalike';
import { withoutAccount } from './simulatorEnvironment';
import { type Settings, leanWindowSettings, writeUserSettings } from './settings';

/** Hundreds of files are opened in one window; every tab and view that stays takes its share. */
const leanSettings: Settings = {
  ...leanWindowSettings,
  // Samples are short, and `auto` would ask the orchestrator alone; suites of routes set their own.
  'delegate.routing': 'delegated',
  'breadcrumbs.enabled': false,
  'explorer.autoReveal': false,
  'git.enabled': false,
  'workbench.editor.limit.enabled': true,
  'workbench.editor.limit.value': 8,
};

/**
 * What can differ in an older editor: activation, each part of its API that is used, and a run from
 * every surface. The rest is the core's work, which is the same in both.
 */
const minimumFiles = [
  ...['extension', 'mainJob', 'drafts', 'agentTool', 'notebooks', 'outputPanel'],
  ...['virtualDocuments', 'network', 'batch'],
];

async function runIn(version: string, part?: string): Promise<void> {
  const host = await ensureHost(version);
  // A short path: desktop VS Code makes a socket in its user data folder.
  const root = mkdtempSync(path.join(tmpdir(), 'dlg-'));
  const folders = Object.fromEntries(
    ['user', 'extensions', 'workspace'].map((name) => [name, path.join(root, name)]),
  ) as Record<'user' | 'extensions' | 'workspace', string>;
  for (const folder of Object.values(folders)) mkdirSync(folder);
  writeUserSettings(folders.user, leanSettings);
  try {
    await runTests({
      vscodeExecutablePath: executableOf(host, root),
      extensionDevelopmentPath: process.env['DELEGATE_TEST_EXTENSION'] ?? projectRoot,
      extensionTestsPath: path.resolve(__dirname, '../integration/index'),
      extensionTestsEnv: {
        ...withoutAccount,
        DELEGATE_TEST_VSCODE: version,
        ...(part !== undefined && { DELEGATE_TEST_PART: part }),
        ...(version === minimumVersion && {
          DELEGATE_TEST_FILES: process.env['DELEGATE_TEST_FILES'] ?? minimumFiles.join(),
        }),
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

async function main(versions: readonly string[], part?: string): Promise<number> {
  const failed: string[] = [];
  for (const version of versions) {
    const startedAt = Date.now();
    try {
      await runIn(version, part);
    } catch (error) {
      console.error(error);
      failed.push(version);
    }
    console.log(`VS Code ${version}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  }
  if (failed.length > 0) console.error(`Integration tests failed in VS Code ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

const { values, positionals } = parseArgs({
  options: { part: { type: 'string' } },
  allowPositionals: true,
});
main(positionals.length > 0 ? positionals : [currentVersion, minimumVersion], values.part).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
