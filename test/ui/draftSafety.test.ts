import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DRAFTS_STATUS_ID } from '../../src/manifest';
import { globalStorage } from '../host/ledgerFiles';
import { poll } from '../support/poll';
import { seeRun } from './runs';
import { useStage } from './stage';
import { THREE_FUNCTIONS as code } from './threeFunctions';

const file = 'typescript/safety.ts';

suite('Draft safety', () => {
  const stage = useStage({
    pacing: { heartbeatMs: 200, workerMs: 100 },
    settings: { 'delegate.tasks': { reformat: { workerModel: 'simulator/worker-renames' } } },
  });

  async function openCode(): Promise<void> {
    writeFileSync(stage().file(file), code);
    await stage().workbench.editor.open(stage().file(file));
    await stage().workbench.editor.selectAll();
  }

  function savedDrafts(): string[] {
    const folder = path.join(globalStorage(stage().workbench.userDataDir), 'drafts');
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'));
  }

  /** Types at the end of the second docstring's first line. @returns the right side after it. */
  async function addWords(right: string): Promise<string> {
    const { workbench } = stage();
    const line = right.split('\n').indexOf(' * Returns the second.');
    assert.ok(line > 0, right);
    await workbench.diff.focus('modified');
    const { keyboard } = workbench.page;
    await keyboard.press('Control+Home');
    for (let at = 0; at < line; at += 1) await keyboard.press('ArrowDown');
    await keyboard.press('End');
    await keyboard.type(' My own words.');
    const expected = right.replace('Returns the second.', 'Returns the second. My own words.');
    await poll('the own words', async () => (await workbench.diff.text('modified')) === expected);
    return expected;
  }

  test('a hunk that is rejected in the diff stays out, the others are applied as edited', async () => {
    const { workbench } = stage();
    await openCode();
    await seeRun(stage(), () => workbench.runCommand('Delegate: Draft docstring'));
    await workbench.diff.waitOpen();
    const before = await workbench.diff.text('modified');
    // With a selection the arrow would put back all of it, not one block.
    await workbench.diff.focus('modified');
    await workbench.page.keyboard.press('Control+Home');
    // The arrow beside a change puts the left side's text back.
    await workbench.page.locator('.gutterItem .codicon-arrow-right').first().click();
    const after = await poll('a right side without the first docstring', async () => {
      const text = await workbench.diff.text('modified');
      return text !== before && text;
    });
    assert.match(after, /^export function first/);
    const edited = await addWords(after);
    await workbench.editor.clickTitleAction('Apply draft');
    await workbench.editor.waitForTab('safety.ts');
    const applied = await workbench.editor.text();
    assert.equal(applied, edited);
    assert.match(applied, /\*\/\nexport function second/);
    await workbench.editor.undo();
    assert.equal(await workbench.editor.text(), code);
    await workbench.editor.save(stage().file(file));
  });

  test('the Apply button follows what the user changes on the right side', async () => {
    const { workbench } = stage();
    await openCode();
    await seeRun(stage(), () => workbench.runCommand('Delegate: Draft docstring'));
    await workbench.diff.waitOpen();
    await workbench.editor.waitForTitleAction('Apply draft (verified)');
    const answered = await workbench.diff.text('modified');
    await workbench.diff.focus('modified');
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.type('let added = 1;\n');
    await workbench.editor.waitForTitleAction('Apply draft (not verified');
    await workbench.statusBar.waitFor(DRAFTS_STATUS_ID, /not verified: 1 code change/);
    await workbench.screenshot('draft-own-change');
    await workbench.editor.clickTitleAction('Apply draft');
    assert.match(await workbench.notifications.dialogText(), /let added = 1/);
    await workbench.notifications.clickDialog('Cancel');
    // Typing may be several undo steps.
    await poll('the right side without the own change', async () => {
      await workbench.diff.focus('modified');
      await workbench.editor.undo();
      return (await workbench.diff.text('modified')) === answered;
    });
    await workbench.editor.waitForTitleAction('Apply draft (verified)');
    await workbench.statusBar.waitFor(DRAFTS_STATUS_ID, /^verified: only comments added/);
    await workbench.editor.clickTitleAction('Discard draft');
    await workbench.editor.waitForTab('safety.ts');
  });

  test('a reformat draft that renames is applied only after a second question', async () => {
    const { workbench } = stage();
    await openCode();
    await seeRun(stage(), () => workbench.runCommand('Delegate: Reformat selection'));
    await workbench.diff.waitOpen();
    await workbench.statusBar.waitFor(DRAFTS_STATUS_ID, /not verified: \d+ code change/);
    await workbench.editor.clickTitleAction('Apply draft');
    assert.match(await workbench.notifications.dialogText(), /changes more than its task should/);
    await workbench.screenshot('draft-second-question');
    await workbench.notifications.clickDialog('Cancel');
    assert.equal(readFileSync(stage().file(file), 'utf8'), code);
    await workbench.editor.clickTitleAction('Discard draft');
    await workbench.editor.waitForTab('safety.ts');
    assert.equal(await workbench.editor.text(), code);
  });

  test('what had arrived is there after the extension host was killed in a run', async () => {
    const { workbench } = stage();
    await workbench.changeSettings({ 'delegate.answer': 'integrated' });
    stage().setFault('silence-after-text');
    await openCode();
    await workbench.runCommand('Delegate: Draft docstring');
    await workbench.waitForOutput('Delegate', /- the answer arrives/, 60_000);
    await poll('a partial draft on disk', () => savedDrafts().some(hasPartialText));
    assert.ok(workbench.crashExtensionHost() > 0);
    await workbench.runCommandWhenOffered('Delegate: Open draft…');
    await workbench.quickInput.pickFirst();
    await workbench.diff.waitOpen();
    await workbench.statusBar.waitFor(DRAFTS_STATUS_ID, /cannot be applied/);
    assert.match(await workbench.diff.text('modified'), /^\[\[/);
    assert.equal(readFileSync(stage().file(file), 'utf8'), code);
  });
});

function hasPartialText(draft: string): boolean {
  return /"partialText":"[^"]/.test(draft);
}
