import assert from 'node:assert/strict';
import { OUTPUT_CHANNEL_NAME } from '../../src/manifest';
import { HeldClock } from '../support/heldClock';
import { poll } from '../support/poll';
import { seeRun } from './runs';
import { useStage } from './stage';

suite('Answers', () => {
  const workerMs = 321;
  const clock = new HeldClock(workerMs);
  const stage = useStage({ pacing: { heartbeatMs: 200, workerMs }, simulator: { clock } });

  test('runs at once do not write into each other, and a draft that comes meanwhile opens behind', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('python/ninja_syntax.py'));
    await workbench.editor.selectLines(1, 60);
    // The second run begins while the first is under way.
    clock.hold();
    await workbench.runCommand('Delegate: Summarize selection');
    // The panel opens with the run, and would close a palette that is open then.
    await workbench.waitForOutput(OUTPUT_CHANNEL_NAME, /^- estimate: /m);
    await workbench.runCommand('Delegate: Draft docstring');
    await workbench.notifications.waitFor(/Delegate: Docstring/);
    await workbench.editor.goTo(1);
    await workbench.editor.type('# typed meanwhile\n');
    clock.release();
    await workbench.notifications.waitFor(/Draft ready: Docstring/);
    assert.equal(await workbench.editor.activeTab(), 'ninja_syntax.py');
    assert.match(await workbench.editor.text(), /^# typed meanwhile\n/);
    await workbench.screenshot('draft-behind');
    await workbench.notifications.click(/Draft ready: Docstring/, 'Open draft');
    await workbench.diff.waitOpen();
    const sections = workbench.outputText(OUTPUT_CHANNEL_NAME).split('\n## ').slice(1);
    assert.equal(sections.length, 2, sections.join('\n=====\n'));
    for (const section of sections) {
      assert.equal(section.match(/^- (?:done) · /gm)?.length, 1, section);
    }
    assert.match(sections[1] ?? '', /kept until the run above had ended/);
    await workbench.runCommand('Delegate: Discard draft');
    await workbench.editor.undo();
  });

  test('an answer is opened as rendered Markdown with links into the source', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('go/inventory.go'));
    await workbench.editor.selectAll();
    await seeRun(stage(), () => workbench.runCommand('Delegate: Summarize selection'));
    await workbench.runCommand('Delegate: Open answer');
    await poll('the preview', async () =>
      (await workbench.editor.activeTab()).startsWith('Preview Summarize inventory.go'),
    );
    const preview = workbench.page
      .frameLocator('iframe.webview:not(.hidden)')
      .frameLocator('#active-frame');
    await preview.locator('h2 a').first().waitFor();
    await workbench.screenshot('answer-preview');
    await preview.locator('h2 a').first().click();
    await workbench.editor.waitForTab('inventory.go');
    await workbench.runCommand('Delegate: Open answer');
    await workbench.runCommand('Delegate: Copy answer');
    // The clipboard still holds what was copied before, until the command has run.
    await poll('the answer on the clipboard', async () => {
      const copied = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
      const start = copied.trim().slice(0, 80);
      return start !== '' && workbench.outputText(OUTPUT_CHANNEL_NAME).includes(start);
    });
  });
});
