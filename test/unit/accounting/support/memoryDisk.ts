import type { LedgerDisk } from '../../../../src/accounting/disk';

/** A disk of files in memory, for tests that need thousands of them. */
export interface MemoryDisk extends LedgerDisk {
  readonly files: Map<string, { bytes: Buffer; touchedAtMs: number }>;
}

export function memoryDisk(now: () => number): MemoryDisk {
  const files: MemoryDisk['files'] = new Map();
  const bytesOf = (name: string): Buffer => files.get(name)?.bytes ?? Buffer.alloc(0);
  const put = (name: string, bytes: Buffer, touchedAtMs = now()): Promise<void> => {
    files.set(name, { bytes, touchedAtMs });
    return Promise.resolve();
  };
  return {
    files,
    size: (name) => Promise.resolve(files.get(name)?.bytes.length ?? null),
    read: (name, start, length) => Promise.resolve(bytesOf(name).subarray(start, start + length)),
    readText: (name) => Promise.resolve(bytesOf(name).toString('utf8')),
    append: (name, bytes) => put(name, Buffer.concat([bytesOf(name), bytes])),
    writeAt: (name, position, bytes) => {
      const before = bytesOf(name);
      const whole = Buffer.alloc(Math.max(before.length, position + bytes.length));
      before.copy(whole);
      bytes.copy(whole, position);
      return put(name, whole);
    },
    replace: (name, text, touchedAtMs) => put(name, Buffer.from(text), touchedAtMs),
    create: (name, text) =>
      files.has(name) ? Promise.resolve(false) : put(name, Buffer.from(text)).then(() => true),
    remove: (name) => Promise.resolve(files.delete(name)),
    touch: (name, atMs) => {
      const file = files.get(name);
      if (file) file.touchedAtMs = atMs;
      return Promise.resolve(file !== undefined);
    },
    list: (folder) =>
      Promise.resolve(
        [...files]
          .filter(([name]) => name.startsWith(`${folder}/`))
          .map(([name, { touchedAtMs }]) => ({
            name: name.slice(folder.length + 1),
            touchedAtMs,
          })),
      ),
    sweep: () => Promise.resolve(),
    watch: () => () => undefined,
  };
}
