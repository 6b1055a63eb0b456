import assert from 'node:assert/strict';
import { readBaseUrl, readWorkerBaseUrl } from '../../../src/account/baseUrl';

suite('address of a worker', () => {
  for (const host of [
    'localhost:11434',
    '127.0.0.1:1234',
    '[::1]:8080',
    '10.1.2.3',
    '172.16.0.9',
    '172.31.255.1',
    '192.168.1.20:8000',
    '[fd12:3456::1]',
    'studio.local:1234',
  ]) {
    test(`may be http at ${host}`, () => {
      const read = readWorkerBaseUrl(`http://${host}/v1/`);
      assert.ok(read.ok);
      assert.equal(read.baseUrl, `http://${host}/v1`);
    });
  }

  for (const host of [
    'example.com',
    '8.8.8.8',
    '172.32.0.1',
    '172.15.0.1',
    '192.169.1.1',
    '169.254.169.254',
    '[2001:db8::1]',
    '[fe80::1]',
    '10.example.com',
    'local',
    '192.168.1.1.example.com',
  ]) {
    test(`must be https at ${host}`, () => {
      assert.deepEqual(readWorkerBaseUrl(`http://${host}/v1`), { ok: false, problem: 'not-https' });
      assert.equal(readWorkerBaseUrl(`https://${host}/v1`).ok, true);
    });
  }

  test('of the API itself is http on this machine only', () => {
    assert.equal(readBaseUrl('http://192.168.1.20/v1').ok, false);
    assert.equal(readBaseUrl('http://localhost:8080/v1').ok, true);
  });

  test('has no credentials and no query', () => {
    for (const [text, problem] of [
      ['http://user:pass@localhost/v1', 'has-credentials'],
      ['http://localhost/v1?x=1', 'has-query'],
      ['file:///etc/passwd', 'not-an-address'],
      ['', 'not-an-address'],
    ] as const) {
      assert.deepEqual(readWorkerBaseUrl(text), { ok: false, problem });
    }
  });
});
