import assert from 'node:assert/strict';
import { isLoopback } from '../../../src/common/loopback';
import {
  resolveProxy,
  withSystemProxy,
  type Environment,
  type ProxySettings,
} from '../../../src/network/proxySettings';

const NO_SETTINGS: ProxySettings = {
  proxy: '',
  noProxy: [],
  proxyAuthorization: '',
  proxySupport: 'override',
};

function resolve(
  settings: Partial<ProxySettings>,
  environment: Environment = {},
  origin = 'https://openrouter.ai',
): string {
  const { proxyUrl, authorization, reason } = resolveProxy({
    origin,
    settings: { ...NO_SETTINGS, ...settings },
    environment,
  });
  return [reason, proxyUrl, authorization].filter((part) => part !== null).join(' ');
}

suite('proxy of a request', () => {
  test('none is set', () => assert.equal(resolve({}), 'none'));

  test('the setting comes before the environment', () => {
    const environment = { HTTPS_PROXY: 'http://env.test:1' };
    assert.equal(
      resolve({ proxy: 'http://set.test:8080/' }, environment),
      'setting http://set.test:8080',
    );
    assert.equal(resolve({ proxy: '  ' }, environment), 'environment http://env.test:1');
  });

  test('of the environment the names in lower case and for https come first', () => {
    const all = {
      https_proxy: 'http://a.test:1',
      HTTPS_PROXY: 'http://b.test:1',
      http_proxy: 'http://c.test:1',
      HTTP_PROXY: 'http://d.test:1',
    };
    assert.equal(resolve({}, all), 'environment http://a.test:1');
    assert.equal(resolve({}, { ...all, https_proxy: undefined }), 'environment http://b.test:1');
    assert.equal(resolve({}, { HTTP_PROXY: 'http://d.test:1' }), 'environment http://d.test:1');
  });

  test('credentials of the URL become a header and are not shown', () => {
    const expected = `setting http://set.test:8080 Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    assert.equal(resolve({ proxy: 'http://me:p%40ss@set.test:8080' }), expected);
  });

  test('credentials that are no valid escapes are taken as they are', () => {
    const expected = `setting http://set.test:1 Basic ${Buffer.from('me:100%').toString('base64')}`;
    assert.equal(resolve({ proxy: 'http://me:100%@set.test:1' }), expected);
  });

  test('the authorization setting comes before the URL, and applies to every proxy', () => {
    const proxyAuthorization = 'Negotiate abc';
    assert.equal(
      resolve({ proxy: 'http://me:x@set.test:1', proxyAuthorization }),
      'setting http://set.test:1 Negotiate abc',
    );
    assert.equal(
      resolve({ proxyAuthorization }, { HTTPS_PROXY: 'http://env.test:1' }),
      'environment http://env.test:1 Negotiate abc',
    );
    assert.equal(resolve({ proxyAuthorization }), 'none');
  });

  test('support that is off switches all of it off', () => {
    assert.equal(resolve({ proxySupport: 'off', proxy: 'http://set.test:1' }), 'support-off');
  });

  test('proxies that cannot be spoken to are said to be so', () => {
    for (const proxy of [
      'set.test:8080',
      'ftp://set.test',
      'socks4://set.test:1',
      'http://',
      'http://:80',
    ]) {
      assert.equal(resolve({ proxy }), 'unsupported', proxy);
    }
    assert.equal(resolve({ proxy: 'socks5://set.test:1080' }), 'setting socks5://set.test:1080');
  });

  test('this machine is reached directly, by any of its names', () => {
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]', '[::ffff:127.0.0.1]']) {
      assert.equal(resolve({ proxy: 'http://set.test:1' }, {}, `http://${host}:8080`), 'loopback');
    }
    for (const host of ['localhost.example.com', '128.0.0.1', '127.0.0.1.example.com']) {
      assert.equal(isLoopback(host), false, host);
    }
  });
});

suite('hosts without a proxy', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['*', 'https://openrouter.ai', true],
    ['openrouter.ai', 'https://openrouter.ai', true],
    ['.openrouter.ai', 'https://openrouter.ai', true],
    ['openrouter.ai', 'https://eu.openrouter.ai', true],
    ['.openrouter.ai', 'https://eu.openrouter.ai', true],
    ['router.ai', 'https://openrouter.ai', false],
    ['openrouter.ai.test', 'https://openrouter.ai', false],
    ['OpenRouter.AI', 'https://openrouter.ai', true],
    [' openrouter.ai ', 'https://openrouter.ai', true],
    ['openrouter.ai:443', 'https://openrouter.ai', true],
    ['openrouter.ai:8443', 'https://openrouter.ai', false],
    ['openrouter.ai:8443', 'https://openrouter.ai:8443', true],
    ['10.0.0.5', 'https://10.0.0.5', true],
    ['0.0.5', 'https://10.0.0.5', true],
    ['10.0.0.0/8', 'https://10.0.0.5', false],
    ['fd00::1', 'https://[fd00::1]', true],
    ['[fd00::1]:8443', 'https://[fd00::1]:8443', true],
    ['[fd00::1]:8443', 'https://[fd00::1]', false],
    ['', 'https://openrouter.ai', false],
    ['*.openrouter.ai', 'https://eu.openrouter.ai', false],
  ];
  for (const [entry, origin, isExcluded] of cases) {
    test(`"${entry}" ${isExcluded ? 'excludes' : 'does not exclude'} ${origin}`, () => {
      const expected = isExcluded ? 'excluded-by-setting' : 'setting http://set.test:1';
      assert.equal(resolve({ proxy: 'http://set.test:1', noProxy: [entry] }, {}, origin), expected);
    });
  }

  test('the environment has a list of its own, which the setting replaces', () => {
    const environment = { NO_PROXY: 'a.test, openrouter.ai' };
    const settings = { proxy: 'http://set.test:1' };
    assert.equal(resolve(settings, environment), 'excluded-by-environment');
    assert.equal(
      resolve({ ...settings, noProxy: ['a.test'] }, environment),
      'setting http://set.test:1',
    );
    assert.equal(resolve(settings, { no_proxy: '' }), 'setting http://set.test:1');
  });
});

suite("the system's proxy", () => {
  const question = { origin: 'https://openrouter.ai', settings: NO_SETTINGS, environment: {} };

  test('counts where nothing else is set', () => {
    const decision = withSystemProxy(resolveProxy(question), 'http://pac.test:3128', NO_SETTINGS);
    assert.deepEqual(decision, {
      proxyUrl: 'http://pac.test:3128',
      authorization: null,
      reason: 'system',
    });
  });

  test('does not count otherwise', () => {
    const none = resolveProxy(question);
    assert.equal(withSystemProxy(none, null, NO_SETTINGS), none);
    const excluded = resolveProxy({ ...question, environment: { NO_PROXY: '*' } });
    assert.equal(withSystemProxy(excluded, 'http://pac.test:3128', NO_SETTINGS), excluded);
  });
});
