import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Reads an output channel whole, from the file behind it; the view itself draws only what is in
 * sight.
 *
 * @param channel its name; log channels have a file as well.
 * @returns the newest such file's text, empty when the channel has not been written to.
 */
export function readOutputChannel(userDataDir: string, channel: string): string {
  const names = new RegExp(`^(\\d+-)?${channel.replace(/[^\w ]/g, '\\$&')}\\.log$`);
  const logs = path.join(userDataDir, 'logs');
  const files = filesBelow(logs)
    .filter((file) => names.test(path.basename(file)))
    .map((file) => ({ file, modifiedMs: statSync(file).mtimeMs }))
    .sort((one, other) => other.modifiedMs - one.modifiedMs);
  return files[0] === undefined ? '' : readFileSync(files[0].file, 'utf8');
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
