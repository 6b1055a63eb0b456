import assert from 'node:assert/strict';
import * as tls from 'node:tls';
import { loadTrust, splitPem, type CertificateSources } from '../../../src/network/certificates';
import { makeCertificates } from './testCertificates';

const NOW = Date.now();
const system = makeCertificates({ dnsNames: [] }).ca;
const extra = makeCertificates({ dnsNames: [] }).ca;
const expired = makeCertificates({ dnsNames: [], validTo: new Date(NOW - 1000) }).ca;

function sources(
  given: { readonly system?: string[]; readonly extra?: string[]; readonly file?: string | Error },
  nodeHasList = true,
): CertificateSources {
  const lists = { system: given.system ?? [], extra: given.extra ?? [] };
  return {
    tls: {
      rootCertificates: tls.rootCertificates,
      createSecureContext: (options) => tls.createSecureContext(options),
      ...(nodeHasList
        ? {
            getCACertificates: (type = 'default') => (type in lists ? lists[type as 'system'] : []),
          }
        : {}),
    },
    environment: given.file === undefined ? {} : { NODE_EXTRA_CA_CERTS: '/ca.pem' },
    readFile: (path) => {
      assert.equal(path, '/ca.pem');
      if (given.file instanceof Error) throw given.file;
      return given.file ?? '';
    },
    now: () => NOW,
  };
}

/** The same certificate with lines of another length, as the system's list has it. */
function rewrapped(text: string): string {
  const base64 = text.replaceAll(/-----[^-]+-----|\s/g, '').replaceAll(/.{1,64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${base64}-----END CERTIFICATE-----\n`;
}

suite('trusted authorities', () => {
  test("with nothing but Node's own there is no context of ours", () => {
    const trust = loadTrust(sources({ system: tls.rootCertificates.map(rewrapped) }), {
      useSystem: true,
    });
    const { fingerprint, ...rest } = trust;
    assert.deepEqual(rest, {
      secureContext: null,
      systemCount: 0,
      extraCount: 0,
      extraFileError: null,
    });
    assert.equal(fingerprint, loadTrust(sources({}), { useSystem: true }).fingerprint);
    const more = loadTrust(sources({ system: [system] }), { useSystem: true });
    assert.notEqual(more.fingerprint, fingerprint, 'another authority is another route');
  });

  test("the system's and those of the file are added", () => {
    const trust = loadTrust(sources({ system: [system], file: `# ours\n${extra}` }), {
      useSystem: true,
    });
    assert.ok(trust.secureContext !== null);
    assert.deepEqual([trust.systemCount, trust.extraCount], [1, 1]);
  });

  test("the system's are left out when the setting says so, the file's are not", () => {
    const trust = loadTrust(sources({ system: [system], file: extra }), { useSystem: false });
    assert.deepEqual([trust.systemCount, trust.extraCount], [0, 1]);
  });

  test('expired and unreadable ones are left out', () => {
    const trust = loadTrust(sources({ system: [expired, 'nonsense', system, system] }), {
      useSystem: true,
    });
    assert.equal(trust.systemCount, 1);
  });

  test('an older Node has the file only', () => {
    const trust = loadTrust(sources({ system: [system], file: extra }, false), { useSystem: true });
    assert.deepEqual([trust.systemCount, trust.extraCount], [0, 1]);
  });

  test('a file that cannot be used is told, and is not fatal', () => {
    const missing = Object.assign(new Error('no such file'), { code: 'ENOENT' });
    assert.equal(
      loadTrust(sources({ file: missing }), { useSystem: true }).extraFileError,
      'ENOENT',
    );
    assert.equal(
      loadTrust(sources({ file: 'hello' }), { useSystem: true }).extraFileError,
      'no-certificate',
    );
  });

  test('a PEM file is taken apart, whatever stands between', () => {
    const key = makeCertificates({ dnsNames: [] }).key;
    assert.deepEqual(splitPem(`a\r\n${system}${key}b${extra}`), [system.trim(), extra.trim()]);
  });
});
