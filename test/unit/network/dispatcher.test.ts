import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import * as tls from 'node:tls';
import * as undici from 'undici';
import { loadTrust } from '../../../src/network/certificates';
import { networkDispatcher, type DispatcherOptions } from '../../../src/network/dispatcher';
import { resolveProxy, type ProxyDecision } from '../../../src/network/proxySettings';
import { makeCertificates } from './testCertificates';
import { startOrigin, startProxy, startSocksProxy, type OriginServer } from './testServers';
import { listen, type RunningServer } from '../../support/listen';

const certificates = makeCertificates({ dnsNames: ['localhost', 'api.test', 'proxy.test'] });
const DIRECT: ProxyDecision = { proxyUrl: null, authorization: null, reason: 'none' };

function trustIn(...authorities: string[]): DispatcherOptions['trust'] {
  return loadTrust(
    {
      tls,
      environment: { NODE_EXTRA_CA_CERTS: 'ca.pem' },
      readFile: () => authorities.join('\n'),
      now: Date.now,
    },
    { useSystem: false },
  );
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function get(origin: string, options: Partial<DispatcherOptions>): Promise<Answer> {
  const dispatcher = openDispatcher(options);
  try {
    const { statusCode, body } = await undici.request(`${origin}/`, { dispatcher });
    return { status: statusCode, text: await body.text() };
  } finally {
    await dispatcher.destroy();
  }
}

function openDispatcher(options: Partial<DispatcherOptions>): undici.Dispatcher {
  const create = networkDispatcher({
    undici,
    proxy: DIRECT,
    trust: trustIn(certificates.ca),
    strictSsl: true,
    ...options,
  });
  return create({ connectTimeoutMs: 5_000 }) as undici.Dispatcher;
}

/** The code of a failure, as undici or the socket gave it. */
async function codeOf(failing: Promise<unknown>): Promise<string> {
  const error = await failing.then(
    () => assert.fail('should have failed'),
    (reason: unknown) => reason as Error & { code?: string },
  );
  return error.code ?? error.name;
}

suite('connections', () => {
  const running: RunningServer[] = [];
  let origin: OriginServer;

  async function started<T extends RunningServer>(server: Promise<T>): Promise<T> {
    running.push(await server);
    return server;
  }

  setup(async () => {
    origin = await started(startOrigin(certificates));
  });

  teardown(async () => {
    await Promise.all(running.splice(0).map((server) => server.close()));
  });

  test('a private authority is trusted when it is added, and only then', async () => {
    const url = `https://localhost:${origin.port}`;
    assert.deepEqual(await get(url, {}), { status: 200, text: 'hello' });
    const without = get(url, { trust: { secureContext: null } });
    assert.equal(await codeOf(without), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  test('another authority is not enough', async () => {
    const { ca } = makeCertificates({ dnsNames: [] });
    const failing = get(`https://localhost:${origin.port}`, { trust: trustIn(ca) });
    assert.equal(await codeOf(failing), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  test('without strict SSL any certificate will do', async () => {
    const answer = await get(`https://localhost:${origin.port}`, {
      trust: { secureContext: null },
      strictSsl: false,
    });
    assert.equal(answer.status, 200);
  });

  test('a certificate for another name is refused with its own code', async () => {
    const other = await started(startOrigin(makeCertificates({ dnsNames: ['other.test'] })));
    const proxy = await started(startProxy());
    const failing = get(`https://api.test:${other.port}`, {
      proxy: { ...DIRECT, proxyUrl: `http://localhost:${proxy.port}` },
      strictSsl: true,
      trust: trustIn(certificates.ca),
    });
    assert.equal(await codeOf(failing), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    const wrongName = get(`https://unknown.test:${origin.port}`, {
      proxy: { ...DIRECT, proxyUrl: `http://localhost:${proxy.port}` },
    });
    assert.match(await codeOf(wrongName), /ERR_TLS_CERT_ALTNAME_INVALID|UND_ERR_PRX_TLS/);
  });

  test('a request goes through the proxy, and the proxy sees no more than the host', async () => {
    const proxy = await started(startProxy());
    const answer = await get(`https://api.test:${origin.port}`, {
      proxy: { ...DIRECT, proxyUrl: `http://localhost:${proxy.port}` },
    });
    assert.deepEqual(answer, { status: 200, text: 'hello' });
    assert.deepEqual(proxy.tunnels, [{ target: `api.test:${origin.port}`, authorization: null }]);
  });

  test('credentials go to the proxy and not to the server', async () => {
    const authorization = `Basic ${Buffer.from('me:pa ss').toString('base64')}`;
    const proxy = await started(startProxy({ authorization }));
    const decision = resolveProxy({
      origin: 'https://api.test',
      settings: {
        proxy: `http://me:pa%20ss@localhost:${proxy.port}`,
        noProxy: [],
        proxyAuthorization: '',
        proxySupport: 'override',
      },
      environment: {},
    });
    const answer = await get(`https://api.test:${origin.port}`, { proxy: decision });
    assert.equal(answer.status, 200);
    assert.equal(proxy.tunnels[0]?.authorization, authorization);
    assert.equal(origin.requests[0]?.['proxy-authorization'], undefined);
  });

  test('a proxy that wants other credentials is told apart', async () => {
    const proxy = await started(startProxy({ authorization: 'Basic bm90IHVz' }));
    const failing = get(`https://api.test:${origin.port}`, {
      proxy: { ...DIRECT, proxyUrl: `http://localhost:${proxy.port}` },
    });
    await assert.rejects(failing, /Proxy response \(407\)/);
    assert.equal(origin.requests.length, 0);
  });

  test('a proxy can itself speak TLS', async () => {
    const proxy = await started(startProxy({ certificates }));
    const through = { proxy: { ...DIRECT, proxyUrl: `https://localhost:${proxy.port}` } };
    const url = `https://api.test:${origin.port}`;
    assert.equal((await get(url, through)).status, 200);
    const untrusted = get(url, { ...through, trust: { secureContext: null } });
    assert.equal(await codeOf(untrusted), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  test('a SOCKS 5 proxy works, with credentials and without', async () => {
    const proxy = await started(startSocksProxy());
    const url = `https://api.test:${origin.port}`;
    const proxyUrl = `socks5h://localhost:${proxy.port}`;
    assert.equal((await get(url, { proxy: { ...DIRECT, proxyUrl } })).text, 'hello');
    const authorization = `Basic ${Buffer.from('me:pa:ss/1').toString('base64')}`;
    assert.equal((await get(url, { proxy: { ...DIRECT, proxyUrl, authorization } })).text, 'hello');
    assert.deepEqual(proxy.tunnels, [
      { target: `api.test:${origin.port}`, credentials: null },
      { target: `api.test:${origin.port}`, credentials: 'me:pa:ss/1' },
    ]);
  });

  test('an excluded host is reached directly', async () => {
    const proxy = await started(startProxy());
    const settings = {
      proxy: `http://localhost:${proxy.port}`,
      noProxy: ['localhost'],
      proxyAuthorization: '',
      proxySupport: 'on',
    };
    const url = `https://localhost:${origin.port}`;
    const decision = resolveProxy({ origin: url, settings, environment: {} });
    assert.equal((await get(url, { proxy: decision })).status, 200);
    assert.deepEqual(proxy.tunnels, []);
  });

  test('requests one after another share a connection, also through a proxy', async () => {
    const proxy = await started(startProxy());
    for (const decision of [DIRECT, { ...DIRECT, proxyUrl: `http://localhost:${proxy.port}` }]) {
      const host = decision === DIRECT ? 'localhost' : 'api.test';
      const dispatcher = openDispatcher({ proxy: decision });
      const before = origin.connectionCount();
      for (let count = 0; count < 3; count += 1) {
        const { body } = await undici.request(`https://${host}:${origin.port}/`, { dispatcher });
        await body.text();
        // The connection is free again once the events of this turn are through.
        await new Promise(setImmediate);
      }
      assert.equal(origin.connectionCount() - before, 1);
      await dispatcher.destroy();
    }
    assert.equal(proxy.tunnels.length, 1);
  });

  test('a closed port and a proxy that is not there give the code of the socket', async () => {
    const closed = await closedPort();
    assert.equal(await codeOf(get(`https://localhost:${closed}`, {})), 'ECONNREFUSED');
    const proxy = { ...DIRECT, proxyUrl: `http://localhost:${closed}` };
    assert.equal(await codeOf(get('https://api.test', { proxy })), 'ECONNREFUSED');
  });

  test('a server that never shakes hands is given up in time', async () => {
    const silent = await started(listen(createServer(() => undefined)));
    const create = networkDispatcher({
      undici,
      proxy: DIRECT,
      trust: { secureContext: null },
      strictSsl: true,
    });
    const dispatcher = create({ connectTimeoutMs: 50 }) as undici.Dispatcher;
    const failing = undici.request(`https://127.0.0.1:${silent.port}/`, { dispatcher });
    assert.equal(await codeOf(failing), 'UND_ERR_CONNECT_TIMEOUT');
    await dispatcher.destroy();
  });
});

async function closedPort(): Promise<number> {
  const server = await listen(createServer());
  await server.close();
  return server.port;
}

suite('a proxy of a kind that cannot be used', () => {
  for (const proxy of ['socks4://proxy.test:1080', 'quic://proxy.test', 'proxy.test:8080']) {
    test(`${proxy} refuses instead of going another way`, () => {
      const decision = resolveProxy({
        origin: 'https://openrouter.ai',
        settings: { proxy, noProxy: [], proxyAuthorization: '', proxySupport: 'override' },
        environment: {},
      });
      assert.throws(() => openDispatcher({ proxy: decision }), { reason: 'unsupported-proxy' });
    });
  }
});
