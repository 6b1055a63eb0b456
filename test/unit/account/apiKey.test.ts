import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  DEFAULT_BASE_URL,
  isForeignEnvironment,
  readStoredKey,
  resolveEndpoint,
  writeStoredKey,
  type EndpointQuestion,
} from '../../../src/account/apiKey';
import { readBaseUrl } from '../../../src/account/baseUrl';

const STORED = 'stored-key-0123456789';
const FROM_ENVIRONMENT = 'environment-key-0123456789';

function resolve(question: Partial<EndpointQuestion>): string {
  const endpoint = resolveEndpoint({
    configuredBaseUrl: DEFAULT_BASE_URL,
    storedKey: null,
    environment: {},
    ...question,
  });
  return endpoint.ok
    ? [endpoint.baseUrl, endpoint.keySource ?? 'no key', endpoint.otherKeyOrigin ?? '']
        .join(' ')
        .trim()
    : `${endpoint.source}: ${endpoint.problem}`;
}

suite('endpoint', () => {
  const storedHere = { key: STORED, origin: 'https://openrouter.ai' };
  const storedElsewhere = { key: STORED, origin: 'https://other.test' };
  const environmentKey = { OPENROUTER_API_KEY: FROM_ENVIRONMENT };
  const environmentUrl = { OPENROUTER_BASE_URL: 'https://gateway.test/v1/' };

  test('without anything it is the default, without a key', () => {
    assert.equal(resolve({}), 'https://openrouter.ai/api/v1 no key');
  });

  test('a stored key is used for its origin and no other', () => {
    assert.equal(resolve({ storedKey: storedHere }), 'https://openrouter.ai/api/v1 stored');
    assert.equal(
      resolve({ storedKey: storedElsewhere }),
      'https://openrouter.ai/api/v1 no key https://other.test',
    );
    assert.equal(
      resolve({ storedKey: storedHere, configuredBaseUrl: 'https://other.test/v1' }),
      'https://other.test/v1 no key https://openrouter.ai',
    );
    assert.equal(
      resolve({ storedKey: storedHere, configuredBaseUrl: 'https://openrouter.ai:8443/api/v1' }),
      'https://openrouter.ai:8443/api/v1 no key https://openrouter.ai',
    );
  });

  test("the environment's key is for openrouter.ai when the environment names no address", () => {
    assert.equal(
      resolve({ environment: environmentKey }),
      'https://openrouter.ai/api/v1 environment',
    );
    assert.equal(
      resolve({ environment: environmentKey, configuredBaseUrl: 'https://other.test/v1' }),
      'https://other.test/v1 no key https://openrouter.ai',
    );
    assert.equal(
      resolve({ environment: environmentKey, configuredBaseUrl: 'https://openrouter.ai/beta' }),
      'https://openrouter.ai/beta environment',
    );
  });

  test("the environment's key is for the environment's address when there is one", () => {
    const environment = { ...environmentKey, ...environmentUrl };
    assert.equal(resolve({ environment }), 'https://gateway.test/v1 environment');
    assert.equal(
      resolve({ environment, configuredBaseUrl: 'https://openrouter.ai/beta' }),
      'https://openrouter.ai/beta no key https://gateway.test',
    );
    assert.equal(
      resolve({ environment, configuredBaseUrl: 'https://gateway.test/v2' }),
      'https://gateway.test/v2 environment',
    );
  });

  test("the environment's address gives way to a stored key that fits the setting", () => {
    const environment = { ...environmentKey, ...environmentUrl };
    assert.equal(
      resolve({ environment, storedKey: storedHere }),
      'https://openrouter.ai/api/v1 stored',
    );
  });

  test("a stored key for the environment's address comes before the environment's key", () => {
    const storedKey = { key: STORED, origin: 'https://gateway.test' };
    const environment = { ...environmentKey, ...environmentUrl };
    assert.equal(resolve({ environment, storedKey }), 'https://gateway.test/v1 stored');
  });

  test('an address of the environment that cannot be used does not let its key go elsewhere', () => {
    const environment = { ...environmentKey, OPENROUTER_BASE_URL: 'http://gateway.test/v1' };
    assert.equal(resolve({ environment }), 'environment: not-https');
    assert.equal(
      resolve({ environment, configuredBaseUrl: 'https://other.test' }),
      'https://other.test no key',
    );
  });

  test('a setting that cannot be used is told, whatever keys there are', () => {
    assert.equal(
      resolve({ configuredBaseUrl: 'nonsense', storedKey: storedHere }),
      'setting: not-an-address',
    );
  });

  test('text that cannot be a key is none', () => {
    const environment = { OPENROUTER_API_KEY: 'a b' };
    assert.equal(resolve({ environment }), 'https://openrouter.ai/api/v1 no key');
    assert.equal(
      resolve({ environment: { OPENROUTER_API_KEY: ' ' } }),
      'https://openrouter.ai/api/v1 no key',
    );
  });

  test('no combination sends a key to an origin it was not given for', () => {
    const address = fc.constantFrom(
      DEFAULT_BASE_URL,
      'https://openrouter.ai',
      'https://openrouter.ai.evil.test/api/v1',
      'https://gateway.test/v1',
      'http://gateway.test/v1',
      'http://127.0.0.1:9/v1',
      'https://me:pw@gateway.test',
      '',
    );
    const origin = fc.constantFrom(
      'https://openrouter.ai',
      'https://gateway.test',
      'http://127.0.0.1:9',
    );
    const storedKey = fc.option(origin.map((each) => ({ key: STORED, origin: each })));
    const environment = fc.record(
      { OPENROUTER_API_KEY: fc.constant(FROM_ENVIRONMENT), OPENROUTER_BASE_URL: address },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(address, storedKey, environment, (configuredBaseUrl, key, variables) => {
        const endpoint = resolveEndpoint({
          configuredBaseUrl,
          storedKey: key,
          environment: variables,
        });
        if (!endpoint.ok || endpoint.key === null) return;
        const own = new URL(variables.OPENROUTER_BASE_URL || DEFAULT_BASE_URL).origin;
        assert.equal(endpoint.origin, endpoint.key === STORED ? key?.origin : own);
        assert.equal(new URL(endpoint.baseUrl).origin, endpoint.origin);
      }),
      { numRuns: 500 },
    );
  });
});

suite("the environment's address", () => {
  const isForeign = (question: Partial<EndpointQuestion>): boolean => {
    const endpoint = resolveEndpoint({
      configuredBaseUrl: DEFAULT_BASE_URL,
      storedKey: null,
      environment: {},
      ...question,
    });
    return endpoint.ok && isForeignEnvironment(endpoint);
  };
  const environment = (url: string): EndpointQuestion['environment'] => ({
    OPENROUTER_API_KEY: FROM_ENVIRONMENT,
    OPENROUTER_BASE_URL: url,
  });

  test('is asked for when it sends the key elsewhere', () => {
    assert.equal(isForeign({ environment: environment('https://gateway.example/v1') }), true);
  });

  test('is not asked for where it is OpenRouter, this machine, or what a key was given for', () => {
    assert.equal(isForeign({ environment: { OPENROUTER_API_KEY: FROM_ENVIRONMENT } }), false);
    assert.equal(isForeign({ environment: environment(DEFAULT_BASE_URL) }), false);
    assert.equal(isForeign({ environment: environment('http://127.0.0.1:8080/v1') }), false);
    const storedKey = { key: STORED, origin: 'https://gateway.example' };
    assert.equal(
      isForeign({ environment: environment('https://gateway.example/v1'), storedKey }),
      false,
    );
  });
});

suite('stored key', () => {
  test('is read as it was written', () => {
    const key = { key: STORED, origin: 'https://openrouter.ai' };
    assert.deepEqual(readStoredKey(writeStoredKey(key)), key);
  });

  test('anything else is no key', () => {
    for (const text of [
      undefined,
      null,
      '',
      '{',
      'sk-or-v1-x',
      '{"key":"a"}',
      '{"key":"a b","origin":"x"}',
      '[]',
    ]) {
      assert.equal(readStoredKey(text), null, String(text));
    }
  });
});

suite('base URL', () => {
  const read = (text: string): string => {
    const result = readBaseUrl(text);
    return result.ok ? result.baseUrl : result.problem;
  };

  test('is normalized', () => {
    assert.equal(read(' HTTPS://OpenRouter.AI:443/api/v1// '), 'https://openrouter.ai/api/v1');
    assert.equal(read('http://127.0.0.1:8080'), 'http://127.0.0.1:8080');
    assert.equal(read('http://localhost:8080/api/'), 'http://localhost:8080/api');
    assert.equal(read('http://[::1]:8080'), 'http://[::1]:8080');
  });

  test('is refused with the reason', () => {
    assert.equal(read(''), 'not-an-address');
    assert.equal(read('openrouter.ai/api/v1'), 'not-an-address');
    assert.equal(read('ftp://openrouter.ai'), 'not-an-address');
    assert.equal(read('javascript:alert(1)'), 'not-an-address');
    assert.equal(read('http://openrouter.ai/api/v1'), 'not-https');
    assert.equal(read('http://127.0.0.1.evil.test'), 'not-https');
    assert.equal(read('http://localhost.evil.test'), 'not-https');
    assert.equal(read('http://0.0.0.0:80'), 'not-https');
    assert.equal(read('https://me@openrouter.ai'), 'has-credentials');
    assert.equal(read('https://me:pw@openrouter.ai'), 'has-credentials');
    assert.equal(read('https://openrouter.ai/api?x=1'), 'has-query');
    assert.equal(read('https://openrouter.ai/api?'), 'has-query');
    assert.equal(read('https://openrouter.ai/api#x'), 'has-query');
  });
});
