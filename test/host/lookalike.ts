import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Host } from './chooseHost';

/**
 * What to give test-electron as `vscodeExecutablePath`.
 *
 * @param folder a folder of this run alone, for the script that stands for VS Code from npm.
 */
export function executableOf(host: Host, folder: string): string {
  if (host.kind === 'desktop') return host.executablePath;
  const file = path.join(folder, `npm-${host.version}.sh`);
  const launcher = path.join(__dirname, 'launcher.js');
  writeFileSync(
    file,
    `#!/bin/sh\nexec '${process.execPath}' '${launcher}' --host-version=${host.version} "$@"\n`,
  );
  chmodSync(file, 0o755);
  return file;
}
