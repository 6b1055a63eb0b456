import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { OUTPUT_CHANNEL_NAME } from '../../src/manifest';
import { readOutputChannel } from '../host/outputFiles';
import { poll } from '../support/poll';
import type { RunningServer } from '../support/listen';
import { makeCertificates } from '../unit/network/testCertificates';
import { type ProxyServer, startProxy } from '../unit/network/testServers';
import { useMessages } from './support/messages';
import { samples } from './support/samples';
import { openText, useSimulator } from './support/stage';
import { startTlsFront } from './support/tlsFront';

const [sample] = samples;
assert.ok(sample);

const basic = `Basic ${Buffer.from('me:pass word').toString('base64')}`;
/** A name that only a proxy knows, so that a request gets there by the proxy or not at all. */
const name = 'api.test';

suite('network', () => {
  const simulator = useSimulator();
  const messages = useMessages();
  const certificates = makeCertificates({ dnsNames: [name] });
  const folder = mkdtempSync(path.join(tmpdir(), 'dlg-net-'));
  const authority = path.join(folder, 'ca.pem');
  const savedAuthorities = process.env['NODE_EXTRA_CA_CERTS'];
  let front: RunningServer;
  let proxy: ProxyServer;
  let strictProxy: ProxyServer;
  let headerProxy: ProxyServer;

  suiteSetup(async () => {
    writeFileSync(authority, certificates.ca);
    front = await startTlsFront(simulator(), certificates);
    proxy = await startProxy();
    strictProxy = await startProxy({ authorization: basic });
    headerProxy = await startProxy({ authorization: basic });
    process.env['OPENROUTER_BASE_URL'] = `https://${name}:${front.port}/api/v1`;
    process.env['NODE_EXTRA_CA_CERTS'] = authority;
  });

  suiteTeardown(async () => {
    if (savedAuthorities === undefined) Reflect.deleteProperty(process.env, 'NODE_EXTRA_CA_CERTS');
    else process.env['NODE_EXTRA_CA_CERTS'] = savedAuthorities;
    await Promise.all([front, proxy, strictProxy, headerProxy].map((server) => server.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  setup(() => {
    simulator().reset();
    proxy.tunnels.length = 0;
    strictProxy.tunnels.length = 0;
    messages.length = 0;
  });

  const urlOf = ({ port }: RunningServer, credentials = ''): string =>
    `http://${credentials}127.0.0.1:${port}`;
  const target = (): string => `${name}:${front.port}`;

  test('a run goes through the proxy that http.proxy names, and nothing goes around it', async () => {
    await withHttp({ proxy: urlOf(proxy) }, async () => {
      // Certificates are read once, and again by this command.
      await connectionReport();
      await openText(sample.text, sample);
      await vscode.commands.executeCommand('delegate.summarizeSelection');
    });
    const runs = simulator().requests.filter((request) => request.path.endsWith('/responses'));
    assert.equal(runs.length, 1, messages.join(' | '));
    assert.ok(proxy.tunnels.length > 0);
    assert.ok(proxy.tunnels.every((tunnel) => tunnel.target === target()));
    assert.deepEqual(messages, []);
  });

  test('credentials go to the proxy, from its address or from http.proxyAuthorization', async () => {
    for (const [used, settings] of [
      [strictProxy, { proxy: urlOf(strictProxy, 'me:pass%20word@') }],
      [headerProxy, { proxy: urlOf(headerProxy), proxyAuthorization: basic }],
    ] as const) {
      const report = await withHttp(settings, connectionReport);
      assert.match(report, /^- the key is valid/m);
      assert.ok(report.includes(`- proxy: ${urlOf(used)} (set by http.proxy)`), report);
      assert.ok(!report.includes('pass') && !report.includes(basic), 'nothing secret is shown');
      assert.deepEqual([...new Set(used.tunnels.map((each) => each.authorization))], [basic]);
    }
  });

  test('wrong credentials fail with the reason, and right ones work at once', async () => {
    const wrong = await withHttp({ proxy: urlOf(strictProxy, 'me:no@') }, connectionReport);
    assert.match(wrong, /^- failed: connection, PROXY_407$/m);
    await poll('the message', () => messages.some((text) => /PROXY_407/.test(text)));
    const none = await withHttp({ proxy: urlOf(strictProxy) }, connectionReport);
    assert.match(none, /PROXY_407/);
    const right = { proxy: urlOf(strictProxy, 'me:pass%20word@') };
    assert.match(await withHttp(right, connectionReport), /^- the key is valid/m);
  });

  test('http.noProxy and http.proxySupport go around the proxy', async () => {
    // Around the proxy nobody knows the name.
    for (const [settings, why] of [
      [{ noProxy: ['.test'] }, 'excluded by http.noProxy'],
      [{ proxySupport: 'off' }, 'http.proxySupport is off'],
    ] as const) {
      const report = await withHttp({ proxy: urlOf(proxy), ...settings }, connectionReport);
      assert.ok(report.includes(`- proxy: none (${why})`), report);
      assert.match(report, /^- failed: connection, (ENOTFOUND|EAI_AGAIN)$/m);
      assert.deepEqual(proxy.tunnels, []);
    }
  });

  test('a certificate that nobody vouches for is refused with the reason, until its authority is added', async () => {
    const settings = { proxy: urlOf(proxy) };
    Reflect.deleteProperty(process.env, 'NODE_EXTRA_CA_CERTS');
    const refused = await withHttp(settings, connectionReport);
    assert.match(refused, /^- failed: tls, (UNABLE_TO_\w+|SELF_SIGNED_CERT_IN_CHAIN)/m);
    assert.match(refused, /^- The server's certificate was not accepted/m);
    assert.deepEqual(simulator().requests, [], 'no key went to a stranger');

    const unchecked = { ...settings, proxyStrictSSL: false };
    const workspace = await withHttp(unchecked, connectionReport, 'workspace');
    assert.match(workspace, /^- failed: /m, 'a workspace cannot switch the check off');
    const user = await withHttp(unchecked, connectionReport);
    assert.match(user, /^- certificates are not checked, because http\.proxyStrictSSL is off$/m);
    assert.match(user, /^- the key is valid/m);

    process.env['NODE_EXTRA_CA_CERTS'] = authority;
    const trusted = await withHttp(settings, connectionReport);
    assert.equal(extraCount(trusted), extraCount(refused) + 1);
    assert.match(trusted, /^- the key is valid/m);
  });

  test('a file of authorities that cannot be read is told', async () => {
    process.env['NODE_EXTRA_CA_CERTS'] = path.join(folder, 'absent.pem');
    try {
      const report = await withHttp({ proxy: urlOf(proxy) }, connectionReport);
      assert.match(report, /the file of NODE_EXTRA_CA_CERTS cannot be used: ENOENT$/m);
    } finally {
      process.env['NODE_EXTRA_CA_CERTS'] = authority;
    }
  });
});

/** Authorities of the file, and what Node itself took from it at its start. */
function extraCount(report: string): number {
  return Number(/(\d+) of NODE_EXTRA_CA_CERTS$/m.exec(report)?.[1]);
}

/** Changes settings of the editor's network while `action` runs, for the user or the workspace. */
async function withHttp<T>(
  settings: Readonly<Record<string, unknown>>,
  action: () => Promise<T>,
  layer: 'user' | 'workspace' = 'user',
): Promise<T> {
  const target =
    layer === 'user' ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  const set = async (key: string, value: unknown): Promise<void> => {
    await vscode.workspace.getConfiguration('http').update(key, value, target);
  };
  // Not every layer takes every one of these settings; then there is nothing to defend against.
  for (const [key, value] of Object.entries(settings)) {
    await set(key, value).catch((error: unknown) => {
      if (layer === 'user') throw error;
    });
  }
  try {
    return await action();
  } finally {
    for (const key of Object.keys(settings)) {
      await set(key, undefined).catch((error: unknown) => {
        if (layer === 'user') throw error;
      });
    }
  }
}

/** What "Test connection" prints. */
async function connectionReport(): Promise<string> {
  const userData = process.env['DELEGATE_TEST_USER_DATA'] ?? '';
  const before = readOutputChannel(userData, OUTPUT_CHANNEL_NAME).length;
  await vscode.commands.executeCommand('delegate.testConnection');
  return poll('the report', () => {
    const report = readOutputChannel(userData, OUTPUT_CHANNEL_NAME).slice(before);
    return /^- (the key is valid|failed: .*\n- )/m.test(report) && report;
  });
}
