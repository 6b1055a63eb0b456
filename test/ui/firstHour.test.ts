import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DRAFTS_STATUS_ID, OUTPUT_CHANNEL_NAME, STATUS_BAR_ID } from '../../src/manifest';
import { poll } from '../support/poll';
import { CostPage } from './driver/costPage';
import { seeRun } from './runs';
import { useStage } from './stage';

const SOURCE = 'python/common.py';
const PROJECT = 'first-hour';

function startRepository(root: string): void {
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: root,
    });
  };
  writeFileSync(path.join(root, 'notes.md'), '# Notes\n');
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'Begin');
}

/** The first hour as a user lives it, one thing after the other in one window. */
suite('A first hour', () => {
  const stage = useStage({
    pacing: 'fast',
    settings: {
      'git.enabled': true,
      'git.openRepositoryInParentFolders': 'never',
      'delegate.routing': 'auto',
      'delegate.project': PROJECT,
    },
    prepare: startRepository,
  });

  test('tries the demo on a file of their own', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file(SOURCE));
    await workbench.editor.selectAll();
    await workbench.runCommand('Delegate: Try the offline demo');
    await workbench.statusBar.waitFor(STATUS_BAR_ID, /^demo \$0\.00$/);
    const { section, closing, entry } = await seeRun(stage(), () =>
      workbench.notifications.click(/demo is on/, 'Summarize selection'),
    );
    assert.match(section, /^- offline demo: /m);
    assert.match(closing, / · demo$/);
    assert.doesNotMatch(closing, /more than asking|above direct/);
    assert.equal(entry?.demo, true);
    await workbench.statusBar.waitFor(STATUS_BAR_ID, /^demo \$0\.0\d*[1-9]/);
    await poll('the closing line in view', async () =>
      (await workbench.page.locator('.output-view .view-line').allTextContents()).some((line) =>
        /done.·/.test(line),
      ),
    );
    await workbench.screenshot('first-hour-1-demo');
    await workbench.runCommand('Delegate: Stop the offline demo');
    await workbench.statusBar.waitFor(STATUS_BAR_ID, /^\$0\.00$/);
    await workbench.clearNotifications();
  });

  test('reads a summary as rendered Markdown and copies it', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file(SOURCE));
    await workbench.editor.selectAll();
    await seeRun(stage(), () => workbench.runCommand('Delegate: Summarize selection'));
    await workbench.runCommand('Delegate: Open answer');
    await poll('the preview', async () =>
      (await workbench.editor.activeTab()).startsWith('Preview Summarize common.py'),
    );
    const preview = workbench.page
      .frameLocator('iframe.webview:not(.hidden)')
      .frameLocator('#active-frame');
    await preview.locator('h2').first().waitFor();
    assert.match(await preview.locator('h2').first().innerText(), /^Summarize · common\.py/);
    await workbench.screenshot('first-hour-2-summary');
    await workbench.runCommand('Delegate: Copy answer');
    const copied = await poll('the clipboard', async () =>
      workbench.page.evaluate<string>('navigator.clipboard.readText()'),
    );
    assert.ok(workbench.outputText(OUTPUT_CHANNEL_NAME).includes(copied.trim().slice(0, 60)));
  });

  test('has docstrings drafted and applies them', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file(SOURCE));
    await workbench.editor.selectAll();
    const { closing } = await seeRun(stage(), () =>
      workbench.runCommand('Delegate: Draft docstring'),
    );
    assert.match(closing, /^- done · /);
    await workbench.diff.waitOpen();
    await workbench.statusBar.waitFor(DRAFTS_STATUS_ID, /verified: only comments added/);
    await workbench.screenshot('first-hour-3-docstring');
    const right = await workbench.diff.text('modified');
    await workbench.editor.clickTitleAction('Apply draft (verified)');
    await workbench.editor.waitForTab('common.py');
    assert.ok((await workbench.editor.text()).includes(right));
    await workbench.screenshot('first-hour-4-applied');
  });

  test('runs the summary again with another worker', async () => {
    const { workbench } = stage();
    const { entry } = await seeRun(stage(), async () => {
      await workbench.runCommand('Delegate: Open run…');
      await workbench.quickInput.pick('Summarize · common.py:1-725');
      await workbench.quickInput.waitRow('Run again with…');
      await workbench.screenshot('first-hour-5-run');
      await workbench.quickInput.pick('Run again with…');
      await workbench.quickInput.waitTitle('Run again with');
      await workbench.quickInput.pick('Another worker model…');
      await workbench.quickInput.waitTitle('Select worker model');
      await workbench.screenshot('first-hour-6-models');
      await workbench.quickInput.submit('simulator/slow-worker');
    });
    assert.equal(entry?.route, 'summarize');
    assert.equal(entry.worker_model, 'simulator/slow-worker');
  });

  test('has a commit message drafted', async () => {
    const { workbench, workspace } = stage();
    appendFileSync(path.join(workspace, 'notes.md'), 'A second line.\n');
    await workbench.runCommand('Source Control: Focus on Changes View');
    const box = workbench.page.locator('.scm-input');
    await box.first().waitFor({ timeout: 60_000 });
    await seeRun(stage(), () => workbench.runCommand('Delegate: Draft commit message'));
    await poll('the message in the box', async () =>
      /\S/.test((await box.locator('.view-line').allTextContents()).join('')),
    );
    await workbench.screenshot('first-hour-7-commit');
    await workbench.clearNotifications();
  });

  test('sees what it cost, by project', async () => {
    const { workbench } = stage();
    await workbench.statusBar.click(STATUS_BAR_ID);
    const page = new CostPage(workbench.page);
    await page.waitOpen();
    await page.waitFor('tasks', /Spend by project/);
    await page.waitFor('tasks', new RegExp(PROJECT));
    await page.waitFor('tasks', /Commit message/);
    await page.locator('#tasks').scrollIntoViewIfNeeded();
    await workbench.screenshot('first-hour-8-cost');
  });
});
