import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startCallbackServer, type CallbackPage } from '../../../src/account/callbackServer';
import { signIn, SignInError, type SignInPorts } from '../../../src/account/signIn';
import { OpenRouterError } from '../../../src/openrouter/errors';
import { ManualClock } from '../../support/manualClock';

const PAGE: CallbackPage = {
  language: 'en',
  title: 'Delegate <test>',
  succeeded: 'You can close this page.',
  denied: 'No key was allowed.',
};
const BASE_URL = 'https://openrouter.ai/api/v1';

interface Visit {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

function visit(url: string, method = 'GET'): Promise<Visit> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      );
    });
    call.on('error', reject).end();
  });
}

/** A world in which the browser does what the test says, and the API knows the codes it gave out. */
class World {
  readonly clock = new ManualClock();
  readonly opened: URL[] = [];
  readonly prompts: AbortSignal[] = [];
  /** What the user pastes; undefined leaves the prompt open. */
  pasted: string | null | undefined = undefined;
  closedServers = 0;
  wasCallbackExpected: boolean | null = null;
  browser: (page: URL) => Promise<unknown> = () => Promise.resolve();

  readonly ports: SignInPorts = {
    clock: this.clock,
    randomBytes,
    openExternal: (url) => {
      const page = new URL(url);
      this.opened.push(page);
      void this.browser(page);
      return Promise.resolve();
    },
    toExternalUrl: (url) => Promise.resolve(url),
    startCallbackServer: async (options) => {
      const server = await startCallbackServer(options);
      return {
        ...server,
        close: () => {
          this.closedServers += 1;
          return server.close();
        },
      };
    },
    promptForCode: ({ signal, isCallbackExpected }) => {
      this.prompts.push(signal);
      this.wasCallbackExpected = isCallbackExpected;
      return this.pasted === undefined
        ? new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)))
        : Promise.resolve(this.pasted);
    },
    exchangeCode: ({ code, verifier }) => {
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const expected = this.opened.at(-1)?.searchParams.get('code_challenge');
      if (code !== 'right-code' || challenge !== expected) {
        return Promise.reject(new OpenRouterError('forbidden', 'Forbidden', { status: 403 }));
      }
      return Promise.resolve({ key: 'sk-or-v1-new' });
    },
  };

  signIn(ports: Partial<SignInPorts> = {}, signal?: AbortSignal): Promise<string | null> {
    return signIn({
      ports: { ...this.ports, ...ports },
      baseUrl: BASE_URL,
      keyLabel: 'Delegate',
      page: PAGE,
      ...(signal ? { signal } : {}),
    });
  }

  /** Nothing may be left behind, however it ended. */
  assertCleanedUp(): void {
    assert.equal(this.clock.pendingTimers, 0, 'a timer is left');
    assert.ok(
      this.prompts.every((signal) => signal.aborted),
      'a prompt is left open',
    );
    assert.equal(this.closedServers, 1, 'the server is left open');
  }
}

function callbackOf(page: URL): URL {
  return new URL(page.searchParams.get('callback_url') ?? assert.fail('no callback'));
}

/** Calls back as the API does: its parameters are appended to the address. */
function callBack(page: URL, query: string): Promise<Visit> {
  return visit(`${callbackOf(page).href}?${query}`);
}

suite('signing in', () => {
  test('the browser brings the code', async () => {
    const world = new World();
    const visits: Promise<Visit>[] = [];
    world.browser = (page) => {
      visits.push(callBack(page, 'code=right-code'));
      return Promise.resolve();
    };
    assert.equal(await world.signIn(), 'sk-or-v1-new');
    world.assertCleanedUp();
    const page = world.opened[0] ?? assert.fail();
    assert.equal(page.href.split('?')[0], 'https://openrouter.ai/auth');
    assert.equal(page.searchParams.get('code_challenge_method'), 'S256');
    assert.match((await (visits[0] ?? assert.fail())).body, /You can close this page/);
  });

  test('the user pastes the code, or the address that the browser could not reach', async () => {
    for (const pasted of ['right-code', 'http://127.0.0.1:1/x?code=right-code']) {
      const world = new World();
      world.pasted = pasted;
      assert.equal(await world.signIn(), 'sk-or-v1-new');
      world.assertCleanedUp();
    }
  });

  test('the user gives up at the prompt, or by cancelling', async () => {
    const dismissed = new World();
    dismissed.pasted = null;
    assert.equal(await dismissed.signIn(), null);
    dismissed.assertCleanedUp();

    const cancelled = new World();
    const controller = new AbortController();
    cancelled.browser = () => {
      setImmediate(() => controller.abort());
      return Promise.resolve();
    };
    assert.equal(await cancelled.signIn({}, controller.signal), null);
    cancelled.assertCleanedUp();

    const before = new World();
    assert.equal(await before.signIn({}, AbortSignal.abort()), null);
    assert.deepEqual(before.opened, []);
    before.assertCleanedUp();
  });

  test('a browser that does not open leaves the code to paste', async () => {
    const world = new World();
    world.pasted = 'right-code';
    const opened: string[] = [];
    const openExternal = (url: string): Promise<never> => {
      opened.push(url);
      world.opened.push(new URL(url));
      return Promise.reject(new Error('no browser'));
    };
    assert.equal(await world.signIn({ openExternal }), 'sk-or-v1-new');
    assert.equal(opened.length, 1);
    world.assertCleanedUp();
  });

  test('a key that was not allowed', async () => {
    const world = new World();
    world.browser = (page) => callBack(page, 'error=access_denied');
    await assert.rejects(world.signIn(), isError('sign-in-denied'));
    world.assertCleanedUp();
  });

  test('a code that is wrong, used or too old', async () => {
    const world = new World();
    world.browser = (page) => callBack(page, 'code=wrong-code');
    await assert.rejects(world.signIn(), isError('sign-in-code-rejected'));
    world.assertCleanedUp();
  });

  test('a code that came to another verifier', async () => {
    const world = new World();
    world.browser = (page) => {
      page.searchParams.set('code_challenge', 'other');
      return callBack(page, 'code=right-code');
    };
    await assert.rejects(world.signIn(), isError('sign-in-code-rejected'));
  });

  test('no code in time', async () => {
    const world = new World();
    world.browser = () => {
      setImmediate(() => world.clock.runOut());
      return Promise.resolve();
    };
    await assert.rejects(world.signIn(), isError('sign-in-timeout'));
    world.assertCleanedUp();
  });

  test("an API that cannot be asked is not the code's fault", async () => {
    const world = new World();
    world.pasted = 'right-code';
    const failure = new OpenRouterError('connection', 'No connection', { reason: 'ECONNREFUSED' });
    await assert.rejects(world.signIn({ exchangeCode: () => Promise.reject(failure) }), failure);
    world.assertCleanedUp();
  });

  test('where nothing can call back, the page is asked to show the code', async () => {
    const failing: Partial<SignInPorts>[] = [
      { startCallbackServer: () => Promise.reject(new Error('EPERM')) },
      { toExternalUrl: () => Promise.resolve('http://remote.test:1/x') },
      { toExternalUrl: () => Promise.resolve('vscode://x/y') },
      { toExternalUrl: () => Promise.resolve(null) },
      { toExternalUrl: () => Promise.reject(new Error('no')) },
    ];
    for (const ports of failing) {
      const world = new World();
      world.pasted = 'right-code';
      assert.equal(await world.signIn(ports), 'sk-or-v1-new');
      assert.equal(world.opened[0]?.searchParams.has('callback_url'), false);
      assert.equal(world.wasCallbackExpected, false);
    }
  });

  test('a remote window is called back by the address that it forwards', async () => {
    const world = new World();
    const toExternalUrl = (url: string): Promise<string> =>
      Promise.resolve(url.replace(/^http:\/\/127.0.0.1:(\d+)/, 'https://forward.test/$1'));
    world.pasted = 'right-code';
    await world.signIn({ toExternalUrl });
    const page = world.opened[0] ?? assert.fail();
    assert.match(callbackOf(page).href, /^https:\/\/forward\.test\/\d+\/[\w-]{22}$/);
  });

  test('two windows sign in at once and each gets its own code', async () => {
    const [first, second] = [new World(), new World()];
    let pageOfFirst: URL | null = null;
    first.browser = (page) => Promise.resolve((pageOfFirst = page));
    second.browser = async (page) => {
      // The state of one window opens nothing at the other.
      const foreign = callbackOf(page);
      foreign.pathname = callbackOf(pageOfFirst ?? assert.fail()).pathname;
      assert.equal((await visit(`${foreign.href}?code=right-code`)).status, 404);
      await callBack(pageOfFirst ?? assert.fail(), 'code=right-code');
      await callBack(page, 'code=right-code');
    };
    const keys = await Promise.all([first.signIn(), second.signIn()]);
    assert.deepEqual(keys, ['sk-or-v1-new', 'sk-or-v1-new']);
  });
});

suite('callback server', () => {
  const state = 'abcdefghijklmnopqrstuv';

  test('only the right visit counts, and others do not end it', async () => {
    const server = await startCallbackServer({ state, page: PAGE });
    const origin = new URL(server.url).origin;
    const foreign = [
      '/',
      '/favicon.ico',
      `/${state}x?code=a`,
      `/${state}`,
      `/${state}?code=`,
      '/wrong?code=a',
      '//?code=a',
    ];
    for (const path of foreign) assert.equal((await visit(origin + path)).status, 404, path);
    assert.equal((await visit(`${server.url}?code=a`, 'POST')).status, 404);
    assert.equal((await visit(`${server.url}?code=abc%2Fd`)).status, 200);
    assert.deepEqual(await server.result, { type: 'code', code: 'abc/d' });
    await server.close();
  });

  test('it listens on this machine only, and not for longer than needed', async () => {
    const server = await startCallbackServer({ state, page: PAGE });
    assert.equal(new URL(server.url).hostname, '127.0.0.1');
    const { port } = new URL(server.url);
    await server.close();
    // The port is free again.
    const next = createServer();
    await new Promise<void>((resolve) => next.listen(Number(port), '127.0.0.1', resolve));
    assert.equal((next.address() as AddressInfo).port, Number(port));
    await new Promise((resolve) => next.close(resolve));
  });

  test('the page is escaped, is not stored and loads nothing', async () => {
    const server = await startCallbackServer({ state, page: PAGE });
    const { body, headers } = await visit(`${server.url}?error=access_denied`);
    assert.deepEqual(await server.result, { type: 'denied' });
    assert.ok(body.includes('<h1>Delegate &#60;test&#62;</h1>'));
    assert.ok(body.includes('No key was allowed.'));
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.match(String(headers['content-security-policy']), /default-src 'none'/);
    await server.close();
  });
});

function isError(code: SignInError['code']): (error: unknown) => boolean {
  return (error) => error instanceof SignInError && error.code === code;
}
