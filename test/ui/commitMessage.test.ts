import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { poll } from '../support/poll';
import { assertNothingLeaks, seeRun } from './runs';
import { type Stage, useStage } from './stage';

const TITLE = 'Delegate: Draft commit message';
/** In the form of a GitHub token, so masking has to find it in a diff. */
const TOKEN = `ghp_${'Zk3T'.repeat(9)}`;
const IGNORED = 'nobody may read this line';

function git(root: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' });
}

function startRepository(root: string): void {
  writeFileSync(path.join(root, '.delegateignore'), 'private.txt\n');
  writeFileSync(path.join(root, 'private.txt'), 'first\n');
  git(root, 'init', '-q');
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'feat: begin');
}

/** What stands in the message box of Source Control. */
async function boxText({ workbench }: Stage): Promise<string> {
  const lines = await workbench.page.locator('.scm-input .view-line').allTextContents();
  return lines.join('\n').replaceAll('\u00a0', ' ').trim();
}

suite('Commit message', () => {
  const stage = useStage({
    pacing: 'fast',
    settings: {
      'git.enabled': true,
      'git.openRepositoryInParentFolders': 'never',
      'delegate.routing': 'auto',
    },
    prepare: startRepository,
  });

  suiteSetup(async () => {
    const { workbench } = stage();
    await workbench.runCommand('Source Control: Focus on Changes View');
    await workbench.page.locator('.scm-input').first().waitFor({ timeout: 60_000 });
  });

  const draft = async (): Promise<string> => {
    const { entry, closing } = await seeRun(stage(), () => stage().workbench.runCommand(TITLE));
    assert.equal(entry?.route, 'commitMessage');
    assert.match(closing, /^- done · /);
    return poll('the message in the box', async () => (await boxText(stage())) || undefined);
  };

  test('describes everything that changed when nothing is staged, and keeps secrets at home', async () => {
    const { workbench, workspace, simulator } = stage();
    appendFileSync(path.join(workspace, 'typescript/errors.ts'), `export const k = '${TOKEN}';\n`);
    appendFileSync(path.join(workspace, 'private.txt'), `${IGNORED}\n`);
    writeFileSync(path.join(workspace, 'new.ts'), 'export const fresh = 1;\n');
    await workbench.runCommand('Git: Refresh');
    const message = await draft();
    assert.match(message, /^(?:Add|Change) \S+/);
    await workbench.notifications.waitFor(/in the box; nothing was committed\. 1 files/);
    await workbench.screenshot('commit-message');
    // What was typed before comes back.
    await workbench.notifications.click(/in the box/, 'Undo');
    await poll('an empty box', async () => (await boxText(stage())) === '' || undefined);
    const wire = JSON.stringify(simulator.requests);
    assert.ok(wire.includes('fresh = 1'), 'new files are described');
    assert.ok(!wire.includes(TOKEN) && !wire.includes('Zk3T'), 'the token is masked');
    assert.ok(!wire.includes(IGNORED) && !wire.includes('private.txt'), 'ignored files stay out');
    assert.match(wire, /feat: begin/);
    assertNothingLeaks(stage(), [TOKEN, IGNORED, 'errors.ts']);
    assert.equal(git(workspace, 'log', '--oneline').trim().split('\n').length, 1);
  });

  test('describes what is staged and nothing else', async () => {
    const { workbench, workspace, simulator } = stage();
    git(workspace, 'add', 'new.ts');
    await workbench.runCommand('Git: Refresh');
    simulator.reset();
    assert.match(await draft(), /^Add new\.ts/);
    assert.ok(!JSON.stringify(simulator.requests).includes('errors.ts'));
  });

  test('says so when nothing may be sent, and asks nobody', async () => {
    const { workbench, workspace, simulator } = stage();
    await workbench.clearNotifications();
    git(workspace, 'reset', '-q', '--hard');
    rmSync(path.join(workspace, 'new.ts'), { force: true });
    appendFileSync(path.join(workspace, 'private.txt'), `${IGNORED}\n`);
    await workbench.runCommand('Git: Refresh');
    simulator.reset();
    await workbench.runCommand(TITLE);
    await workbench.notifications.waitFor(/ignore files keep out every change/);
    assert.deepEqual(
      simulator.requests.filter(({ path: to }) => to.endsWith('/completions')),
      [],
    );
  });
});
