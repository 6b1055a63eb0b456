import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { asRecord } from '../../src/common/json';
import { findProgram } from '../host/debianPackages';
import { currentVersion } from '../host/hostVersions';
import { readJson } from '../support/projectFiles';

/** What the figures were measured with: machine, Node, and each package as it is installed. */
export function versions(): Readonly<Record<string, unknown>> {
  const processors = os.cpus();
  const manifest = asRecord(readJson('package.json'));
  const packages = Object.keys(asRecord(manifest?.['devDependencies']) ?? {});
  return {
    node: process.version,
    vscode: currentVersion,
    browser: browserVersion(),
    platform: `${process.platform} ${process.arch}`,
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    packages: Object.fromEntries(packages.map((name) => [name, installedVersion(name)])),
  };
}

/** The machine in a few words, for people. */
export function machineText(): string {
  return `${os.cpus().length} cores, Node ${process.version.slice(1)}, VS Code ${currentVersion}`;
}

function browserVersion(): string | null {
  const browser = findProgram('chromium', 'chromium-browser', 'google-chrome');
  return (
    browser && execFileSync(browser, ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim()
  );
}

function installedVersion(name: string): unknown {
  return asRecord(readJson(`node_modules/${name}/package.json`))?.['version'] ?? null;
}
