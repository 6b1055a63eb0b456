import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { redactBody } from './redact';

/** A server on this machine through which requests go to the API, and which keeps the answers. */
export interface Recorder {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Headers that belong to one connection, or that would change the bytes. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'accept-encoding']);

/** Writes each answer of an inference request to `folder`, without keys and personal details. */
export async function startRecorder(target: string, folder: string): Promise<Recorder> {
  await fs.mkdir(folder, { recursive: true });
  let count = 0;
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy());
  });
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const answer = await fetch(target + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: forwarded(request.headers),
      body: chunks.length > 0 ? Buffer.concat(chunks) : null,
      signal: gone.signal,
    });
    response.writeHead(answer.status, {
      ...Object.fromEntries([...answer.headers].filter(([name]) => !/^content-(en|le)/.test(name))),
    });
    const received: Buffer[] = [];
    try {
      for await (const chunk of answer.body ?? []) {
        received.push(Buffer.from(chunk as Uint8Array));
        response.write(chunk);
      }
    } catch {
      // The client has left; what had come is a recording too.
    }
    const wasStopped = gone.signal.aborted;
    response.end();
    const kind = /\/(responses|chat)(?:\/completions)?$/.exec(request.url ?? '')?.[1];
    if (kind === undefined) return;
    count += 1;
    const isStream = answer.headers.get('content-type')?.includes('event-stream') === true;
    const suffix = wasStopped ? 'stopped' : answer.status;
    const name = `${kind}-live-${count}-${suffix}.${isStream ? 'sse' : 'json'}`;
    await fs.writeFile(path.join(folder, name), redactBody(Buffer.concat(received).toString()));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function forwarded(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      OWN_HEADERS.has(name) || typeof value !== 'string' ? [] : [[name, value]],
    ),
  );
}
