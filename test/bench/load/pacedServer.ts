/** A process that answers with chat events at a steady rate: `pacedServer.js PER_SECOND SECONDS`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { streamBody } from '../cpu/streams';

const [perSecond = 0, seconds = 0] = process.argv.slice(2).map(Number);
const TICK_MS = 5;
const BYTES_PER_EVENT = 200;
const { frames } = streamBody('chat', perSecond * seconds * BYTES_PER_EVENT * 2);

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const startedAt = performance.now();
  const wanted = perSecond * seconds;
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(wanted, Math.floor(((performance.now() - startedAt) / 1000) * perSecond));
    for (; sent < due; sent += 1) response.write(frames[sent]);
    if (sent < wanted) return;
    clearInterval(timer);
    response.end(frames.slice(-3).join(''));
  }, TICK_MS);
});
server.listen(0, '127.0.0.1', () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
process.once('disconnect', () => process.exit(0));
