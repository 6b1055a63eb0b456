/**
 * A process that answers every request with the same long stream: `server.js BYTES [SCALE]`. The answers
 * are made before the first request, each event as an HTTP chunk of its own, as the API sends them.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Protocol } from '../../../src/openrouter/wire';
import { streamBody } from './streams';

/** What the process that started the server is told once. */
export interface ServerReady {
  readonly port: number;
  readonly bodies: Readonly<
    Record<Protocol, { readonly bytes: number; readonly textCharacters: number }>
  >;
}

const HEAD = [
  'HTTP/1.1 200 OK',
  'content-type: text/event-stream',
  'cache-control: no-cache',
  'x-generation-id: gen-1774000000-Zq8mBv3TnYx0sLr5KcWd',
  'transfer-encoding: chunked',
  'connection: close',
  '\r\n',
].join('\r\n');

function prepare(protocol: Protocol, bytes: number) {
  const { frames, textCharacters } = streamBody(protocol, bytes, pieceScale);
  const parts = frames.map((frame) => {
    const length = Buffer.byteLength(frame);
    return { length, text: `${length.toString(16)}\r\n${frame}\r\n` };
  });
  return {
    wire: Buffer.from(`${HEAD}${parts.map(({ text }) => text).join('')}0\r\n\r\n`),
    bytes: parts.reduce((sum, { length }) => sum + length, 0),
    textCharacters,
  };
}

const [bytes = 0, pieceScale = 1] = process.argv.slice(2).map(Number);
const answers = { chat: prepare('chat', bytes), responses: prepare('responses', bytes) };

const server = createServer((request) => {
  const protocol = request.url?.endsWith('/responses') === true ? 'responses' : 'chat';
  request.resume();
  // Past the HTTP server, for its own framing would take longer than the slowest client.
  request.once('end', () => request.socket.end(answers[protocol].wire));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const ready: ServerReady = { port, bodies: answers };
  process.send?.({
    port: ready.port,
    bodies: Object.fromEntries(
      Object.entries(ready.bodies).map(([name, body]) => [
        name,
        { bytes: body.bytes, textCharacters: body.textCharacters },
      ]),
    ),
  });
});
process.once('disconnect', () => process.exit(0));
