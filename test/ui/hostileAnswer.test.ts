import assert from 'node:assert/strict';
import { seeRun } from './runs';
import { useStage } from './stage';

/** A model repeats what it has read, which may have been written for the place where it is shown. */
suite('A hostile answer', () => {
  const stage = useStage({
    pacing: 'fast',
    settings: {
      'delegate.orchestratorModel': 'simulator/link-sayer',
      'delegate.routing': 'delegated',
    },
  });

  test('has no link in the message that quotes it, and forges no line of the panel', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('c/bufferutil.c'));
    await workbench.editor.selectLines(10, 60);
    const { closing, section } = await seeRun(stage(), () =>
      workbench.runCommand('Delegate: Summarize selection'),
    );
    const message = await workbench.notifications.waitFor(/Not possible yet/);
    assert.match(message, /\[Fix it\] \(command:workbench\.action\.toggleZenMode\)/);
    assert.ok(message.length >= 170, message);
    assert.equal(await workbench.notifications.linkCount(), 0);
    assert.match(closing, /^- failed · /);
    assert.equal(section.match(/^- (?:done|failed) · /gm)?.length, 1, section);
    assert.equal(section.match(/^## .* · /gm)?.length, 1, section);
    await workbench.clearNotifications();
  });
});
