/** A fresh process that reads one stream and tells what it took: `reader.js NAME PROTOCOL PORT`. */
import type { Protocol } from '../../../src/openrouter/wire';
import { type ReaderName, readers } from './readers';

/** What the process that started the reader is told. */
export interface ReaderReport {
  /** User and system time of the whole process, from right before the request to its end. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly characters: number;
}

async function main(): Promise<void> {
  const [name, protocol, port] = process.argv.slice(2) as [ReaderName, Protocol, string];
  const baseUrl = `http://127.0.0.1:${port}/api/v1`;
  const read = await readers[name]({ baseUrl, protocol });
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const characters = await read();
  const { user, system } = process.cpuUsage(before);
  const report: ReaderReport = {
    cpuMs: (user + system) / 1000,
    wallMs: performance.now() - startedAt,
    characters,
  };
  process.send?.(report, () => process.exit(0));
  if (!process.send) console.log(report);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
