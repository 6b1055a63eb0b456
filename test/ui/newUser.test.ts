import assert from 'node:assert/strict';
import { OUTPUT_CHANNEL_NAME, STATUS_BAR_ID } from '../../src/manifest';
import { countInteractions } from './driver/interactions';
import { seeRun } from './runs';
import { useStage } from './stage';

/** The bar for a new user: from a fresh install without a key to the first result. */
const MOST_INTERACTIONS = 5;

const CONNECT = 'Sign in, or try it offline';
const SUMMARY = 'Get your first summary';
const REFACTOR = 'Draft your first refactoring';
const COST = 'Read what it cost';
/** An untitled document is called by its first line. */
const SAMPLE_TAB = '// A sample for Delegate';

/** The first results should keep the promise: done, and not dearer than without delegating. */
function assertGoodImpression(closing: string): void {
  console.log(`      ${closing}`);
  assert.match(closing, /^- done · .* · demo$/);
  assert.doesNotMatch(closing, /above direct/);
}

suite('A new user without a key, in an empty window', () => {
  const stage = useStage({
    account: 'none',
    folder: 'none',
    settings: { 'workbench.startupEditor': 'welcomePage' },
  });

  test('comes from the welcome page to a summary in a few interactions', async () => {
    const { workbench } = stage();
    const { walkthrough } = workbench;
    const interactions = await countInteractions(workbench.page);
    await walkthrough.open('Get started with Delegate');
    assert.deepEqual(await walkthrough.titles(), [CONNECT, SUMMARY, REFACTOR, COST]);
    await workbench.screenshot('new-user-1-walkthrough');
    await walkthrough.click('Try the offline demo');
    assert.deepEqual(
      await workbench.notifications.buttons(/offline demo is on/),
      [],
      'the next step of the walkthrough offers the first run',
    );
    await walkthrough.waitDone(CONNECT);
    await workbench.screenshot('new-user-2-demo');
    await walkthrough.select(SUMMARY);
    const { section, closing, entry } = await seeRun(stage(), () =>
      walkthrough.click('Summarize selection'),
    );
    const needed = await interactions();
    console.log(`      ${needed} interactions to the first result`);
    assert.ok(needed > 0 && needed <= MOST_INTERACTIONS, `${needed} interactions`);
    assertGoodImpression(closing);
    assert.match(section, /printReceipt/);
    assert.equal(entry?.demo, true);
    await walkthrough.waitDone(SUMMARY);
    await workbench.screenshot('new-user-3-summary');
  });

  test('drafts a refactoring and applies it', async () => {
    const { workbench } = stage();
    const { walkthrough } = workbench;
    await workbench.clearNotifications();
    await walkthrough.select(REFACTOR);
    const { closing } = await seeRun(stage(), async () => {
      await walkthrough.click('Draft refactor…');
      await workbench.quickInput.waitOpen();
      await workbench.screenshot('new-user-4-instruction');
      await workbench.quickInput.pick('Use early returns');
    });
    assertGoodImpression(closing);
    await workbench.diff.waitOpen();
    await walkthrough.waitDone(REFACTOR);
    await workbench.screenshot('new-user-5-draft');
    const right = await workbench.diff.text('modified');
    await workbench.editor.clickTitleAction('Apply draft');
    await workbench.editor.waitForTab(SAMPLE_TAB);
    const text = await workbench.editor.text();
    assert.match(text, /if \(!order\.isPaid\)/);
    assert.ok(text.includes(right));
    await workbench.screenshot('new-user-6-applied');
  });

  test('sees the cost, with all steps ticked off', async () => {
    const { workbench } = stage();
    await workbench.statusBar.waitFor(STATUS_BAR_ID, /^demo \$0\.0\d*[1-9]/);
    await workbench.statusBar.click(STATUS_BAR_ID);
    await workbench.walkthrough.waitDone(COST);
    await workbench.editor.waitForTab('Delegate: cost');
    await workbench.screenshot('new-user-7-cost');
    await workbench.runCommand('View: Close Editor');
    await workbench.editor.waitForTab(SAMPLE_TAB);
    assert.deepEqual(await workbench.walkthrough.done(), [CONNECT, SUMMARY, REFACTOR, COST]);
  });

  test('is welcomed, not refused, by a run without a key; the demo goes on with it', async () => {
    const { workbench } = stage();
    await workbench.runCommand('Delegate: Stop the offline demo');
    await workbench.notifications.waitFor(/demo is off/);
    await workbench.clearNotifications();
    // The sample is in front since the page of the costs is closed.
    await workbench.editor.waitForTab(SAMPLE_TAB);
    await workbench.editor.focus();
    await workbench.editor.selectAll();
    const written = workbench.outputText(OUTPUT_CHANNEL_NAME).length;
    await workbench.runCommand('Delegate: Summarize selection');
    assert.deepEqual(await workbench.notifications.buttons(/needs an OpenRouter key/), [
      'Sign in',
      'Set API key…',
      'Try the offline demo',
    ]);
    await workbench.screenshot('new-user-8-welcome');
    assert.equal(workbench.outputText(OUTPUT_CHANNEL_NAME).length, written);
    const { closing, section } = await seeRun(stage(), () =>
      workbench.notifications.click(/needs an OpenRouter key/, 'Try the offline demo'),
    );
    assertGoodImpression(closing);
    assert.match(section, /^- offline demo: a simulator on this machine answers/m);
    await workbench.screenshot('new-user-9-goes-on');
  });

  test('hears what the demo can do when a wish is beyond it, and gets that', async () => {
    const { workbench } = stage();
    await workbench.clearNotifications();
    await workbench.editor.waitForTab(SAMPLE_TAB);
    const { closing } = await seeRun(stage(), async () => {
      await workbench.runCommand('Delegate: Draft refactor…');
      await workbench.quickInput.submit('Make it functional');
    });
    assert.match(closing, /^- failed · /);
    const offers = await workbench.notifications.buttons(/this wish is beyond it/);
    assert.ok(offers.length > 0, String(offers));
    await workbench.screenshot('new-user-10-beyond');
    const again = await seeRun(stage(), () =>
      workbench.notifications.click(/this wish is beyond it/, offers[0] ?? ''),
    );
    assert.match(again.closing, /^- done · /);
    await workbench.diff.waitOpen();
  });
});
