import assert from 'node:assert/strict';
import { STATUS_BAR_ID } from '../../src/manifest';
import { minimumVersion } from '../host/hostVersions';
import { testEveryCommand } from './everyCommand';
import { seeRun } from './runs';
import { useStage } from './stage';

suite(`VS Code ${minimumVersion}, the minimum`, () => {
  const stage = useStage({ version: minimumVersion, chat: 'on' });

  test('a summary', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('typescript/stream.ts'));
    await workbench.editor.selectAll();
    const { closing } = await seeRun(stage(), () =>
      workbench.editor.rightClick('Delegate', 'Summarize selection'),
    );
    assert.match(closing, /^- done · /);
    await workbench.statusBar.waitFor(STATUS_BAR_ID, /^\$0\.0*[1-9]/);
  });

  test('a draft, applied', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('typescript/errors.ts'));
    await workbench.editor.selectAll();
    const before = await workbench.editor.text();
    await seeRun(stage(), () => workbench.runCommand('Delegate: Draft docstring'));
    await workbench.diff.waitOpen();
    const right = await workbench.diff.text('modified');
    await workbench.editor.clickTitleAction('Apply draft');
    await workbench.editor.waitForTab('errors.ts');
    const after = await workbench.editor.text();
    assert.notEqual(after, before);
    assert.equal(after, right);
  });

  test('a summary in chat', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('typescript/parse.ts'));
    await workbench.editor.selectLines(1, 60);
    await workbench.chat.open();
    const { entry } = await seeRun(stage(), () => workbench.chat.send('@delegate /summarize '));
    await workbench.chat.waitForAnswer(/done · [\d.]+ s · \$0\.\d+ [^]*1 delegation[^]*Show cost/);
    await workbench.screenshot('chat-minimum');
    assert.equal(entry?.route, 'summarize');
  });
});

suite(`Every command in VS Code ${minimumVersion}`, () => {
  testEveryCommand(useStage({ version: minimumVersion, pacing: 'fast' }));
});
