import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { DRAFTS_STATUS_ID } from '../../../src/manifest';
import { poll } from '../../support/poll';
import { seeRun } from '../runs';
import { useStage } from '../stage';

const source = 'python/ninja_syntax.py';
const fileName = 'ninja_syntax.py';

type Lines = readonly [first: number, last: number];

suite('Drafts', () => {
  const stage = useStage();

  /** Lines, from 1, that begin with one text and end before another. */
  function linesBetween(start: string, end: string): Lines {
    const lines = readFileSync(stage().file(source), 'utf8').split('\n');
    const first = lines.findIndex((line) => line.startsWith(start));
    const next = lines.findIndex((line) => line.startsWith(end));
    assert.ok(first >= 0 && next > first, `${start} is line ${first}, ${end} line ${next}`);
    return [first + 1, next];
  }

  const classHead = (): Lines => linesBetween('class Writer:', '    def rule(');
  const rule = (): Lines => linesBetween('    def rule(', '    def build(');

  function textOf([first, last]: Lines): string {
    const lines = readFileSync(stage().file(source), 'utf8').split('\n');
    return lines.slice(first - 1, last).join('\n');
  }

  async function draftDocstring([first, last]: Lines): Promise<void> {
    const { workbench, file } = stage();
    await workbench.editor.open(file(source));
    await workbench.editor.selectLines(first, last);
    const run = await seeRun(stage(), () =>
      workbench.editor.rightClick('Delegate', 'Draft docstring'),
    );
    assert.match(run.closing, /^- done/);
    await workbench.diff.waitOpen();
  }

  test('a docstring draft is a diff that is proven to add comments only', async () => {
    const { workbench, file } = stage();
    const before = readFileSync(file(source), 'utf8');
    await draftDocstring(classHead());
    await workbench.statusBar.waitFor(
      DRAFTS_STATUS_ID,
      /^verified: only comments added · \d+ lines/,
    );
    assert.doesNotMatch(await workbench.editor.activeTab(), /verified/);
    const left = await workbench.diff.text('original');
    const right = await workbench.diff.text('modified');
    assert.equal(left, textOf(classHead()));
    assert.ok(right.length > left.length);
    const actions = await workbench.editor.titleActions();
    assert.ok(
      actions.some((action) => action.startsWith('Apply draft (verified)')),
      actions.join(),
    );
    assert.ok(
      actions.some((action) => action.startsWith('Discard draft')),
      actions.join(),
    );
    assert.equal(readFileSync(file(source), 'utf8'), before);
  });

  test('applying changes the file in one undo step', async () => {
    const { workbench, file } = stage();
    const before = readFileSync(file(source), 'utf8');
    const right = await workbench.diff.text('modified');
    await workbench.editor.clickTitleAction('Apply draft');
    await workbench.editor.waitForTab(fileName);
    const after = await workbench.editor.text();
    assert.ok(after.includes(right));
    assert.notEqual(after, before);
    await workbench.editor.undo();
    // The editor undoes in its own time.
    await poll('the text before', async () => (await workbench.editor.text()) === before);
    await workbench.editor.save(stage().file(source));
  });

  test('discarding leaves no trace', async () => {
    const { workbench, file } = stage();
    const before = readFileSync(file(source), 'utf8');
    await draftDocstring(classHead());
    await workbench.editor.clickTitleAction('Discard draft');
    await workbench.editor.waitForTab(fileName);
    assert.equal(await workbench.editor.text(), before);
    assert.ok(!(await workbench.hasCommand('Delegate: Open draft…')));
  });

  test('what the user types elsewhere meanwhile stays when the draft is applied', async () => {
    const { workbench } = stage();
    await draftDocstring(classHead());
    const right = await workbench.diff.text('modified');
    await workbench.editor.open(stage().file(source));
    await workbench.editor.goTo(1);
    await workbench.editor.type('# typed meanwhile\n');
    await workbench.runCommand('Delegate: Open draft…');
    await workbench.quickInput.pickFirst();
    await workbench.diff.waitOpen();
    await workbench.editor.clickTitleAction('Apply draft');
    await workbench.editor.waitForTab(fileName);
    const text = await workbench.editor.text();
    assert.ok(text.startsWith('# typed meanwhile\n'), text.slice(0, 80));
    assert.ok(text.includes(right));
    await workbench.editor.save(stage().file(source));
  });

  test('a draft is there again after the window is reloaded, and can be applied', async () => {
    const { workbench } = stage();
    await draftDocstring(rule());
    const right = await workbench.diff.text('modified');
    await workbench.reload();
    await workbench.statusBar.waitFor('delegate.cost', /\$/);
    await workbench.runCommandWhenOffered('Delegate: Open draft…');
    await workbench.quickInput.pickFirst();
    await workbench.diff.waitOpen();
    assert.equal(await workbench.diff.text('modified'), right);
    await workbench.editor.clickTitleAction('Apply draft');
    await workbench.editor.waitForTab(fileName);
    assert.ok((await workbench.editor.text()).includes(right));
  });

  test('what the orchestrator did not accept can be used at no further cost', async () => {
    const { workbench, setFault } = stage();
    setFault('missing-marker');
    await draftDocstring(linesBetween('    def build(', '    def include('));
    setFault(null);
    const refused = /did not accept the worker’s answer/;
    await workbench.statusBar.waitFor(
      DRAFTS_STATUS_ID,
      /^verified: only comments added · not accepted by the orchestrator · \d+ lines/,
    );
    await workbench.notifications.waitFor(refused);
    assert.deepEqual(await workbench.notifications.buttons(refused), [
      'Use the worker’s answer',
      'Run again',
    ]);
    await workbench.screenshot('draft-not-accepted');
    await workbench.notifications.click(refused, 'Use the worker’s answer');
    await workbench.statusBar.waitFor(
      DRAFTS_STATUS_ID,
      /^verified: only comments added · \d+ lines/,
    );
    const right = await workbench.diff.text('modified');
    // It is not asked about once more.
    await workbench.editor.clickTitleAction('Apply draft');
    await workbench.editor.waitForTab(fileName);
    assert.ok((await workbench.editor.text()).includes(right));
    await workbench.editor.undo();
  });

  test('a draft of a part of a file has its colours, and no problem that its file has not', async () => {
    const { workbench, file } = stage();
    // Problems of a file that has one: from then on whatever checks files is at work.
    writeFileSync(file('typescript/broken.ts'), 'export const broken: =\n');
    await workbench.editor.open(file('typescript/broken.ts'));
    const problems = await workbench.statusBar.waitFor('status.problems', /^[1-9]/, 60_000);
    await workbench.editor.open(file('typescript/errors.ts'));
    const lines = readFileSync(file('typescript/errors.ts'), 'utf8').split('\n');
    const first = lines.findIndex((line) => line.includes('constructor('));
    await workbench.editor.selectLines(first + 1, lines.indexOf('  }', first) + 1);
    await seeRun(stage(), () => workbench.editor.rightClick('Delegate', 'Draft docstring'));
    await workbench.diff.waitOpen();
    await workbench.diff.focus('modified');
    await workbench.statusBar.waitFor('status.editor.mode', /^TypeScript \(part\)$/);
    await poll('colours', async () => (await workbench.diff.colourCount('modified')) > 3);
    assert.equal(await workbench.statusBar.text('status.problems'), problems);
    await workbench.screenshot('draft-of-a-method');
    await workbench.editor.clickTitleAction('Discard draft');
  });
});
