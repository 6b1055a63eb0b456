import assert from 'node:assert/strict';
import { STATUS_BAR_ID } from '../../../src/manifest';
import { seeRun } from '../runs';
import { useStage } from '../stage';

suite('Colour themes', () => {
  const stage = useStage();

  suiteSetup(async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('go/inventory.go'));
    await workbench.editor.selectAll();
    const { closing } = await seeRun(stage(), () =>
      workbench.runCommand('Delegate: Draft docstring'),
    );
    assert.match(closing, /^- done/);
    await workbench.diff.waitOpen();
  });

  for (const kind of ['vs', 'vs-dark', 'hc-black', 'hc-light'] as const) {
    test(`panel, status bar and diff in ${kind}`, async () => {
      const { workbench } = stage();
      await workbench.changeTheme(kind);
      await workbench.statusBar.waitFor(STATUS_BAR_ID, /\$/);
      await workbench.editor.waitForTitleAction('Apply draft (verified)');
      assert.match(await workbench.visibleOutput(), /- done · /);
      await workbench.screenshot(`theme-${kind}`);
    });
  }

  suiteTeardown(async () => {
    const { workbench } = stage();
    await workbench.editor.clickTitleAction('Discard draft');
    await workbench.changeTheme('vs');
  });
});
