import { request as forward } from 'node:http';
import { createServer } from 'node:https';
import type { Simulator } from '../../../src/simulator/index';
import { listen, type RunningServer } from '../../support/listen';
import type { TestCertificates } from '../../unit/network/testCertificates';

/** An HTTPS server under any name that hands everything on to a simulator. */
export async function startTlsFront(
  simulator: Simulator,
  { key, cert }: TestCertificates,
): Promise<RunningServer> {
  const { host, port } = new URL(simulator.origin);
  const server = createServer({ key, cert }, (request, response) => {
    const onward = forward(
      {
        port,
        host: '127.0.0.1',
        method: request.method,
        path: request.url,
        // The simulator answers only to its own name.
        headers: { ...request.headers, host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  return listen(server);
}
