import assert from 'node:assert/strict';
import { STATUS_BAR_ID } from '../../src/manifest';
import { seeRun } from './runs';
import { useStage } from './stage';

suite('Without an account', () => {
  const stage = useStage({ account: 'none' });

  test('a run asks for a key and offers the demo', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('go/inventory.go'));
    await workbench.editor.selectAll();
    await workbench.runCommand('Delegate: Summarize selection');
    assert.deepEqual(await workbench.notifications.buttons(/needs an OpenRouter key/), [
      'Sign in',
      'Set API key…',
      'Try the offline demo',
    ]);
    await workbench.notifications.click(/needs an OpenRouter key/, 'Try the offline demo');
    await workbench.notifications.waitFor(/offline demo is on/);
  });

  test('runs of the demo are marked and cost nothing', async () => {
    const { workbench } = stage();
    await workbench.clearNotifications();
    await workbench.editor.focus();
    await workbench.editor.selectAll();
    const { closing, entry } = await seeRun(stage(), () =>
      workbench.runCommand('Delegate: Summarize selection'),
    );
    assert.match(closing, /^- done · .* · demo$/);
    assert.equal(entry?.demo, true);
    const text = await workbench.statusBar.waitFor(STATUS_BAR_ID, /^demo · \$[\d.]+$/);
    assert.equal(text, 'demo · $0.00');
  });
});
