import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Reads an output channel whole, from the files behind it; the view itself draws only what is in
 * sight. Each window and each reload has a file of its own: they follow one another, oldest first.
 *
 * @param channel its name; log channels have files as well.
 * @returns empty when the channel has not been written to.
 */
export function readOutputChannel(userDataDir: string, channel: string): string {
  const names = new RegExp(`^(\\d+-)?${channel.replace(/[^\w ]/g, '\\$&')}\\.log$`);
  const logs = path.join(userDataDir, 'logs');
  return filesBelow(logs)
    .filter((file) => names.test(path.basename(file)))
    .map((file) => ({ file, createdMs: statSync(file).birthtimeMs }))
    .sort((one, other) => one.createdMs - other.createdMs)
    .map(({ file }) => readFileSync(file, 'utf8'))
    .join('');
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
