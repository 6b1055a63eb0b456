import assert from 'node:assert/strict';
import type { Clock } from '../../../src/common/clock';
import { ManualClock } from '../../support/manualClock';
import { editorProxyResolver, findProxy } from '../../../src/network/editorProxy';

const settings = { proxy: '', noProxy: [], proxyAuthorization: '', proxySupport: 'override' };
const question = { origin: 'https://openrouter.ai', settings, environment: {} };

function resolver(
  resolveProxyURL: unknown,
  clock: Clock = new ManualClock(),
): ReturnType<typeof editorProxyResolver> {
  return editorProxyResolver({
    appRoot: '/editor',
    clock,
    load: (path) => {
      if (path === '/editor/node_modules.asar/@vscode/proxy-agent') return { resolveProxyURL };
      throw new Error('Cannot find module');
    },
  });
}

suite("the editor's proxy resolver", () => {
  test('is asked where nothing else is set, and is found in either place', async () => {
    const asked: string[] = [];
    const resolve = resolver((url: string) => {
      asked.push(url);
      return Promise.resolve('http://me:secret@pac.test:3128');
    });
    const decision = await findProxy(question, resolve);
    assert.deepEqual(asked, ['https://openrouter.ai/']);
    assert.equal(decision.proxyUrl, 'http://pac.test:3128');
    assert.equal(decision.reason, 'system');
    assert.equal(decision.authorization, `Basic ${Buffer.from('me:secret').toString('base64')}`);
  });

  test('is not asked when a setting decides', async () => {
    const resolve = resolver(() => assert.fail('must not be asked'));
    const excluded = { ...question, environment: { NO_PROXY: '*' } };
    assert.equal((await findProxy(excluded, resolve)).reason, 'excluded-by-environment');
  });

  test('may be missing, or be something else', async () => {
    assert.equal(resolver(undefined), null);
    assert.equal(resolver('text'), null);
    assert.equal((await findProxy(question, null)).reason, 'none');
  });

  test('may say that there is none, fail, or answer nonsense', async () => {
    for (const answer of [
      () => Promise.resolve(undefined),
      () => Promise.reject(new Error('no')),
      () => {
        throw new Error('no');
      },
      () => 42,
    ]) {
      const clock = new ManualClock();
      assert.equal((await findProxy(question, resolver(answer, clock))).reason, 'none');
      assert.equal(clock.pendingTimers, 0);
    }
  });

  test('is not waited for without end', async () => {
    const clock = new ManualClock();
    const deciding = findProxy(
      question,
      resolver(() => new Promise(() => undefined), clock),
    );
    clock.runOut();
    assert.equal((await deciding).reason, 'none');
  });
});
