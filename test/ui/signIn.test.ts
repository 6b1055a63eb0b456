import assert from 'node:assert/strict';
import type { Route } from 'playwright-core';
import { systemClock } from '../../src/common/clock';
import { OUTPUT_CHANNEL_NAME } from '../../src/manifest';
import { CODE_LIFETIME_MS } from '../../src/simulator/authCodes';
import { poll } from '../support/poll';
import { filesWith } from '../support/filesWith';
import { directUrl, forwardPorts } from './driver/forwardedPorts';
import type { Workbench } from './driver/workbench';
import { useStage } from './stage';

/**
 * Begins a sign-in without a browser: the test plays it.
 *
 * @returns the page that the editor wanted opened.
 */
async function begin(workbench: Workbench): Promise<URL> {
  const context = workbench.page.context();
  const opened: string[] = [];
  const pages = /\/auth\?/;
  const keep = async (route: Route): Promise<void> => {
    opened.push(route.request().url());
    await route.fulfill({ body: 'kept from loading' });
  };
  await context.route(pages, keep);
  await workbench.runCommand('Delegate: Sign in to OpenRouter');
  const page = await poll('the page in the browser', () => opened[0]);
  await context.unroute(pages, keep);
  for (const other of context.pages()) if (pages.test(other.url())) await other.close();
  return new URL(directUrl(page));
}

/** Allows the key on the page. @returns where the browser is sent then. */
async function allow(page: URL): Promise<string> {
  const response = await fetch(page, { redirect: 'manual' });
  assert.equal(response.status, 302);
  return response.headers.get('location') ?? assert.fail('no redirect');
}

/** Where the page sends the browser back to, as this machine reaches it. */
function callbackOf(page: URL): string {
  return directUrl(page.searchParams.get('callback_url') ?? assert.fail('no callback'));
}

suite('Signing in', () => {
  let skewMs = 0;
  const stage = useStage({
    account: 'none',
    pacing: 'fast',
    simulator: { clock: { ...systemClock, now: () => systemClock.now() + skewMs } },
    settings: ({ baseUrl }) => ({ 'delegate.api.baseUrl': baseUrl }),
  });

  function keysInUse(): string[] {
    const sent = stage().simulator.requests.map(({ headers }) => headers.authorization);
    const keys = sent.flatMap((header) =>
      header === undefined ? [] : [header.split(' ')[1] ?? ''],
    );
    return [...new Set(keys)];
  }

  async function signOut(): Promise<void> {
    const { workbench } = stage();
    await workbench.clearNotifications();
    await workbench.runCommand('Delegate: Sign out');
    await workbench.notifications.waitFor(/Signed out/);
    await workbench.clearNotifications();
  }

  test('the browser brings the key, which is then used and nowhere to be read', async () => {
    const { workbench, simulator, file } = stage();
    await forwardPorts(workbench.page.context());
    const opening = workbench.page.context().waitForEvent('page');
    await workbench.runCommand('Delegate: Sign in to OpenRouter');
    const browser = await opening;
    await workbench.screenshot('sign-in-waiting');
    await browser.getByText('You can close this page').waitFor();
    await browser.close();
    await workbench.notifications.waitFor(
      /The key is valid\. Delegate: \$100\.00 of \$100\.00 left/,
    );
    await poll('the box to close', async () => !(await workbench.quickInput.isOpen()));
    await workbench.editor.open(file('c/bufferutil.c'));
    await workbench.editor.selectLines(10, 30);
    await workbench.runCommand('Delegate: Summarize selection');
    await workbench.waitForOutput(OUTPUT_CHANNEL_NAME, /^- done · /m);
    const [key = '', ...others] = keysInUse();
    assert.match(key, /^sk-or-v1-[0-9a-f]{64}$/);
    assert.notEqual(key, simulator.apiKey);
    assert.deepEqual(others, []);
    assert.deepEqual(filesWith(workbench.userDataDir, [key]), []);
  });

  test('signed out, the key is gone and the next run asks for one', async () => {
    const { workbench, simulator } = stage();
    const [key = ''] = keysInUse();
    await workbench.runCommand('Delegate: Test connection');
    await workbench.waitForOutput(OUTPUT_CHANNEL_NAME, /^- the key is valid/m);
    const output = workbench.outputText(OUTPUT_CHANNEL_NAME);
    assert.ok(output.includes(`- key: sk-or-…${key.slice(-4)} (secret storage)`), output);
    simulator.reset();
    await signOut();
    await workbench.runCommand('Delegate: Summarize selection');
    await workbench.notifications.waitForButton(/needs an OpenRouter key/, 'Sign in');
    assert.deepEqual(keysInUse(), []);
    await workbench.clearNotifications();
  });

  test('a run that asked for a key goes on once the key is set', async () => {
    const { workbench, simulator } = stage();
    const before = workbench.outputText(OUTPUT_CHANNEL_NAME).match(/^- done · /gm)?.length ?? 0;
    await workbench.runCommand('Delegate: Summarize selection');
    await workbench.notifications.click(/needs an OpenRouter key/, 'Set API key…');
    await workbench.quickInput.submit(simulator.apiKey);
    await poll(
      'the run to end',
      () => (workbench.outputText(OUTPUT_CHANNEL_NAME).match(/^- done · /gm)?.length ?? 0) > before,
    );
    await workbench.screenshot('key-goes-on');
    await signOut();
  });

  test('the address that the browser could not load can be pasted', async () => {
    const { workbench } = stage();
    const page = await begin(workbench);
    assert.match(callbackOf(page), /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}$/);
    assert.equal(page.searchParams.get('code_challenge_method'), 'S256');
    await workbench.screenshot('sign-in');
    await workbench.quickInput.submit(await allow(page));
    await workbench.notifications.waitFor(/The key is valid/);
    await signOut();
  });

  test('a code of another sign-in, or one that is too old, is refused with the reason', async () => {
    const { workbench, simulator } = stage();
    const refused = /OpenRouter did not accept the code/;
    const foreign = new URL('/auth', simulator.origin);
    foreign.searchParams.set('callback_url', 'http://127.0.0.1:1/x');
    foreign.searchParams.set('code_challenge', 'another');
    const foreignCode = new URL(await allow(foreign)).searchParams.get('code') ?? '';
    const first = await begin(workbench);
    await fetch(`${callbackOf(first)}?code=${foreignCode}`);
    await workbench.notifications.waitForButton(refused, 'Sign in');
    await workbench.clearNotifications();

    const second = await begin(workbench);
    const back = await allow(second);
    skewMs += CODE_LIFETIME_MS;
    await fetch(directUrl(back));
    await workbench.notifications.waitForButton(refused, 'Sign in');
    await workbench.screenshot('sign-in-refused');
    await workbench.clearNotifications();
  });

  test('a key that is not allowed, and a sign-in that is given up', async () => {
    const { workbench } = stage();
    const denied = await begin(workbench);
    await fetch(`${callbackOf(denied)}?error=access_denied`);
    await workbench.notifications.waitForButton(/No key was allowed/, 'Sign in');
    await workbench.clearNotifications();

    const givenUp = await begin(workbench);
    await workbench.quickInput.waitOpen();
    await workbench.quickInput.cancel();
    await workbench.quickInput.waitClosed();
    await poll('nobody to listen any more', async () => {
      const visit = fetch(callbackOf(givenUp));
      return visit.then(
        () => false,
        () => true,
      );
    });
    assert.deepEqual(await workbench.notifications.messages(), []);
  });

  test('begun again, the earlier sign-in ends; in two windows each has its own', async () => {
    const { workbench } = stage();
    const left = await begin(workbench);
    await workbench.quickInput.waitOpen();
    const first = await begin(workbench);
    await assert.rejects(fetch(callbackOf(left)));
    const other = await workbench.openSecondWindow();
    await poll('the command', () => other.hasCommand('Delegate: Sign in to OpenRouter'));
    const second = await begin(other);
    const stateOf = (page: URL): string => new URL(callbackOf(page)).pathname;
    assert.equal((await fetch(new URL(stateOf(first), callbackOf(second)))).status, 404);
    await fetch(directUrl(await allow(second)));
    await other.notifications.waitFor(/The key is valid/);
    await fetch(directUrl(await allow(first)));
    await workbench.notifications.waitFor(/The key is valid/);
    await other.page.close();
  });
});
