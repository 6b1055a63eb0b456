import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, createServer as createSocketServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { listen, type RunningServer } from '../../support/listen';
import type { TestCertificates } from './testCertificates';

export interface OriginServer extends RunningServer {
  /** Headers of the requests that arrived. */
  readonly requests: IncomingMessage['headers'][];
  /** How many connections were made. */
  connectionCount(): number;
}

/** An HTTPS server that answers every request with `hello`. */
export async function startOrigin(certificates: TestCertificates): Promise<OriginServer> {
  const requests: IncomingMessage['headers'][] = [];
  let connections = 0;
  const server = createSecureServer(
    { key: certificates.key, cert: certificates.cert },
    (request, response) => {
      requests.push(request.headers);
      response.end('hello');
    },
  );
  server.on('secureConnection', () => (connections += 1));
  return { ...(await listen(server)), requests, connectionCount: () => connections };
}

export interface ProxyServer extends RunningServer {
  /** Targets of the tunnels that were asked for, with the authorization that came along. */
  readonly tunnels: { readonly target: string; readonly authorization: string | null }[];
}

export interface ProxyServerOptions {
  /** Value of the header without which the proxy answers 407. */
  readonly authorization?: string;
  /** With it the proxy itself is an https one. */
  readonly certificates?: TestCertificates;
}

/** An HTTP proxy that tunnels every host to this machine, as no test host exists. */
export async function startProxy(options: ProxyServerOptions = {}): Promise<ProxyServer> {
  const tunnels: ProxyServer['tunnels'][number][] = [];
  const { certificates } = options;
  const server = certificates
    ? createSecureServer({ key: certificates.key, cert: certificates.cert })
    : createServer();
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const target = request.url ?? '';
    const authorization = request.headers['proxy-authorization'] ?? null;
    tunnels.push({ target, authorization });
    if (options.authorization !== undefined && authorization !== options.authorization) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n',
      );
      return;
    }
    const upstream = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    client.on('error', () => upstream.destroy());
  });
  return { ...(await listen(server)), tunnels };
}

export interface SocksServer extends RunningServer {
  readonly tunnels: { readonly target: string; readonly credentials: string | null }[];
}

/** A SOCKS 5 proxy (RFC 1928, RFC 1929) that tunnels every host to this machine. */
export async function startSocksProxy(): Promise<SocksServer> {
  const tunnels: SocksServer['tunnels'][number][] = [];
  const server = createSocketServer((client) => {
    void serveSocks(client, tunnels).catch(() => client.destroy());
  });
  return { ...(await listen(server)), tunnels };
}

async function serveSocks(client: Socket, tunnels: SocksServer['tunnels']): Promise<void> {
  const greeting = await nextData(client);
  let credentials: string | null = null;
  if (greeting.subarray(2).includes(2)) {
    client.write(Buffer.from([5, 2]));
    const login = await nextData(client);
    const userLength = login[1] ?? 0;
    credentials = `${login.subarray(2, 2 + userLength).toString()}:${login.subarray(3 + userLength).toString()}`;
    client.write(Buffer.from([1, 0]));
  } else client.write(Buffer.from([5, 0]));
  const request = await nextData(client);
  const nameLength = request[4] ?? 0;
  const name = request.subarray(5, 5 + nameLength).toString();
  const port = request.readUInt16BE(5 + nameLength);
  tunnels.push({ target: `${name}:${port}`, credentials });
  const upstream = connect(port, '127.0.0.1', () => {
    client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
    upstream.pipe(client);
    client.pipe(upstream);
  });
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
}

function nextData(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    socket.once('data', resolve);
    socket.once('error', reject);
  });
}
