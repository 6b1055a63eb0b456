import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import * as undici from 'undici';
import {
  CONNECT_TIMEOUT_MS,
  Deferred,
  StreamProbe,
  TestRig,
  agentDispatcher,
  beginStream,
  chatRequest,
  doneMarker,
  finishFrame,
  readAll,
  textFrame,
} from '../testRig';

const START = 'start gen-header';

suite('connections that fail', () => {
  let rig: TestRig;
  setup(() => {
    rig = new TestRig();
  });
  teardown(() => rig.close());

  test('a port where nobody listens', async () => {
    const address = await rig.listen(net.createServer());
    await rig.close();
    const lines = await readAll(rig.client(`http://${address}`).stream(chatRequest));
    assert.deepEqual(lines, ['error connection ECONNREFUSED - - null free']);
  });

  test('a name that does not exist', async () => {
    const createDispatcher = agentDispatcher({
      lookup: (hostname, _options, callback) =>
        callback(Object.assign(new Error(`getaddrinfo ${hostname}`), { code: 'ENOTFOUND' }), ''),
    });
    const client = rig.client('http://no-such-host.invalid', { createDispatcher });
    assert.deepEqual(await readAll(client.stream(chatRequest)), [
      'error connection ENOTFOUND - - null free',
    ]);
  });

  test('a certificate that nobody vouches for', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'delegate-tls-'));
    const [keyFile, certFile] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const files = ['-keyout', keyFile, '-out', certFile];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync('openssl', ['req', '-x509', '-days', '1', ...kind, ...files, ...subject], {
      stdio: 'ignore',
    });
    const cert = fs.readFileSync(certFile);
    const server = https.createServer(
      { key: fs.readFileSync(keyFile), cert },
      (_request, response) => {
        beginStream(response);
        response.end(textFrame('Hi') + finishFrame + doneMarker);
      },
    );
    fs.rmSync(folder, { recursive: true });
    const origin = `https://${await rig.listen(server)}`;
    assert.deepEqual(await readAll(rig.client(origin).stream(chatRequest)), [
      'error tls DEPTH_ZERO_SELF_SIGNED_CERT - - null free',
    ]);
    // The same server is fine for whoever knows its certificate.
    const createDispatcher = agentDispatcher({ ca: cert });
    const lines = await readAll(rig.client(origin, { createDispatcher }).stream(chatRequest));
    assert.equal(lines.at(-1), 'end stop stop gen-header');
  });

  test('https to a port that speaks plain http', async () => {
    const server = await rig.serve((response) => response.end());
    const origin = server.origin.replace('http:', 'https:');
    const [line] = await readAll(rig.client(origin).stream(chatRequest));
    assert.match(line ?? '', /^error tls (EPROTO|ERR_SSL_\w+) - - null free$/);
  });

  test('a connection that is never made', async () => {
    const connecting = new Deferred();
    const createDispatcher = () =>
      new undici.Agent({ connect: () => connecting.resolve(), headersTimeout: 0, bodyTimeout: 0 });
    const lines = readAll(
      rig.client('http://127.0.0.1:9', { createDispatcher }).stream(chatRequest),
    );
    await connecting.promise;
    rig.clock.advance(CONNECT_TIMEOUT_MS);
    assert.deepEqual(await lines, ['error connect-timeout UND_ERR_CONNECT_TIMEOUT - - null free']);
    assert.equal(rig.clock.pendingTimers, 0);
  });

  test('headers that never come', async () => {
    const server = await rig.serve(() => undefined);
    const lines = readAll(rig.client(server.origin).stream(chatRequest));
    await server.asked;
    rig.clock.advance(CONNECT_TIMEOUT_MS - 1);
    assert.equal(rig.clock.pendingTimers, 1);
    rig.clock.advance(1);
    assert.deepEqual(await lines, ['error connect-timeout UND_ERR_HEADERS_TIMEOUT - - null']);
    await server.closed;
  });

  test('headers that come late but in time', async () => {
    const server = await rig.serve(() => undefined);
    const lines = readAll(rig.client(server.origin).stream(chatRequest));
    const response = await server.asked;
    rig.clock.advance(CONNECT_TIMEOUT_MS - 1);
    beginStream(response);
    response.end(textFrame('Hi') + finishFrame + doneMarker);
    assert.deepEqual(await lines, [START, 'text "Hi"', 'end stop stop gen-header']);
  });

  test('a connection that is closed before the headers', async () => {
    const server = await rig.serve((response) => response.socket?.destroy());
    const [line] = await readAll(rig.client(server.origin).stream(chatRequest));
    assert.match(line ?? '', /^error connection (UND_ERR_SOCKET|ECONNRESET) - - null$/);
  });

  test('a server that does not speak HTTP', async () => {
    const address = await rig.listen(net.createServer((socket) => socket.end('SSH-2.0-x\r\n')));
    const [line] = await readAll(rig.client(`http://${address}`).stream(chatRequest));
    assert.match(line ?? '', /^error unexpected-answer (HPE_\w+|HTTPParserError) - - null$/);
  });

  test('a dispatcher that cannot be made', async () => {
    const createDispatcher = (): never => {
      throw new undici.errors.InvalidArgumentError('Proxy URL must be a URL');
    };
    const client = rig.client('http://127.0.0.1:9', { createDispatcher });
    assert.deepEqual(await readAll(client.stream(chatRequest)), [
      'error connection UND_ERR_INVALID_ARG - - null free',
    ]);
    assert.equal(rig.clock.pendingTimers, 0);
  });

  test('a proxy that asks for credentials', async () => {
    const proxy = http.createServer((_request, response) => response.writeHead(407).end());
    proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 407 Nope\r\n\r\n'));
    const uri = `http://${await rig.listen(proxy)}`;
    const createDispatcher = () => new undici.ProxyAgent({ uri });
    for (const origin of ['https://no-such-host.invalid', 'http://no-such-host.invalid']) {
      const lines = await readAll(rig.client(origin, { createDispatcher }).stream(chatRequest));
      assert.deepEqual(lines, ['error connection PROXY_407 - - null free'], origin);
    }
  });

  test('an address that is none', async () => {
    for (const baseUrl of ['', 'openrouter.ai/api', 'ftp://openrouter.ai/api/v1']) {
      const lines = await readAll(rig.client('', { baseUrl }).stream(chatRequest));
      assert.deepEqual(lines, ['error connection ERR_INVALID_URL - - null free'], baseUrl);
    }
  });

  test('a client that is closed meanwhile', async () => {
    const server = await rig.serve(beginStream);
    const client = rig.client(server.origin);
    const probe = new StreamProbe(client.stream(chatRequest));
    await probe.until('start');
    await client.close();
    assert.match((await probe.until('error')).at(-1) ?? '', /^error interrupted UND_ERR_DESTROYED/);
    await server.closed;
  });
});
