import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../../host/runCommand';
import { projectRoot } from '../../support/projectFiles';

const vsce = path.join(projectRoot, 'node_modules', '@vscode', 'vsce', 'vsce');

export interface ExtensionSource {
  readonly publisher: string;
  readonly name: string;
  /** CommonJS. */
  readonly code: string;
}

/**
 * Packs an extension of one file that is activated by the same event as ours.
 *
 * @param folder an existing folder, for sources and package.
 * @returns the package's path.
 */
export async function packExtension(
  folder: string,
  { publisher, name, code }: ExtensionSource,
): Promise<string> {
  const cwd = path.join(folder, `${publisher}.${name}`);
  mkdirSync(cwd);
  const manifest = {
    publisher,
    name,
    version: '1.0.0',
    engines: { vscode: '^1.104.0' },
    activationEvents: ['onStartupFinished'],
    main: './extension.js',
  };
  writeFileSync(path.join(cwd, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(cwd, 'README.md'), `${name}, for the bench.\n`);
  writeFileSync(path.join(cwd, 'extension.js'), code);
  const packageFile = `${cwd}.vsix`;
  const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  await runCommand(process.execPath, [vsce, 'package', ...options, '--out', packageFile], { cwd });
  return packageFile;
}
