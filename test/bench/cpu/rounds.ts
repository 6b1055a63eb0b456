import { fork } from 'node:child_process';
import path from 'node:path';
import type { Protocol } from '../../../src/openrouter/wire';
import { firstMessage } from '../firstMessage';
import type { ReaderReport } from './reader';
import type { ReaderName } from './readers';
import type { ServerReady } from './server';

/** One client on one protocol, with what it took in each round. */
export interface Contestant {
  readonly reader: ReaderName;
  readonly protocol: Protocol;
  readonly cpuMsPerMegabyte: readonly number[];
}

const MEGABYTE = 1024 * 1024;
const STREAM_MEGABYTES = 15;

const entries: readonly (readonly [ReaderName, Protocol])[] = [
  ['floor', 'chat'],
  ['delegate', 'chat'],
  ['openai', 'chat'],
  ['@openrouter/sdk', 'chat'],
  ['ai + @openrouter/ai-sdk-provider', 'chat'],
  ['floor', 'responses'],
  ['delegate', 'responses'],
  ['openai', 'responses'],
];

/**
 * Lets each client read the same stream in a process of its own, one after the other, and again in
 * the next round, so that a busy moment of the machine meets all of them. The server is a further
 * process whose time counts for nobody.
 */
export async function runRounds(rounds: number): Promise<readonly Contestant[]> {
  const server = fork(path.join(__dirname, 'server.js'), [String(STREAM_MEGABYTES * MEGABYTE)]);
  try {
    const ready = await firstMessage<ServerReady>(server);
    const figures = entries.map((): number[] => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, [reader, protocol]] of entries.entries()) {
        const { bytes, textCharacters } = ready.bodies[protocol];
        const child = fork(path.join(__dirname, 'reader.js'), [
          reader,
          protocol,
          String(ready.port),
        ]);
        const report = await firstMessage<ReaderReport>(child);
        if (report.characters !== textCharacters)
          throw new Error(`${reader} read ${report.characters} characters of ${textCharacters}.`);
        figures[index]?.push(report.cpuMs / (bytes / MEGABYTE));
      }
    }
    return entries.map(([reader, protocol], index) => ({
      reader,
      protocol,
      cpuMsPerMegabyte: figures[index] ?? [],
    }));
  } finally {
    server.disconnect();
  }
}
