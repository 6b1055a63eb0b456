import os from 'node:os';
import { asRecord } from '../../src/common/json';
import { readJson } from '../support/projectFiles';

/** What the figures were measured with: machine, Node, and each package as it is installed. */
export function versions(): Readonly<Record<string, unknown>> {
  const processors = os.cpus();
  const manifest = asRecord(readJson('package.json'));
  const packages = Object.keys(asRecord(manifest?.['devDependencies']) ?? {});
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    packages: Object.fromEntries(packages.map((name) => [name, installedVersion(name)])),
  };
}

function installedVersion(name: string): unknown {
  return asRecord(readJson(`node_modules/${name}/package.json`))?.['version'] ?? null;
}
