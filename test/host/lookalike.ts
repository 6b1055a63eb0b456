import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Host } from './chooseHost';
import { localFolder } from './paths';

/** What to give test-electron as `vscodeExecutablePath`. */
export function executableOf(host: Host): string {
  if (host.kind === 'desktop') return host.executablePath;
  const file = path.join(localFolder, `npm-${host.version}.sh`);
  const launcher = path.join(__dirname, 'launcher.js');
  mkdirSync(localFolder, { recursive: true });
  writeFileSync(
    file,
    `#!/bin/sh\nexec '${process.execPath}' '${launcher}' --host-version=${host.version} "$@"\n`,
  );
  chmodSync(file, 0o755);
  return file;
}
