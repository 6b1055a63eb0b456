import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { STATUS_BAR_ID } from '../../src/manifest';
import { poll } from '../support/poll';
import {
  describeTree,
  flatten,
  namesOf,
  readAccessibleTree,
  readWebviewTree,
  unnamedIn,
  type AccessibleNode,
} from './driver/accessibilityTree';
import { CostPage } from './driver/costPage';
import { KeyboardUser } from './driver/keyboardUser';
import { seeRun } from './runs';
import { useStage } from './stage';

const STATUS_ITEM = `.statusbar-item[id$=".${STATUS_BAR_ID}"]`;
const QUICK_INPUT = '.quick-input-widget';
const TOASTS = '.notifications-toasts';
const PANEL = '[id="workbench.parts.panel"]';
const TITLE_BAR = '.editor-group-container.active .title';
const DIFF = '.editor-group-container.active .monaco-diff-editor';
const COST_PAGE = 'iframe.webview:not(.hidden)';
const WALKTHROUGH = '.getting-started-steps-container, .gettingStartedSlideDetails';
const WALKTHROUGH_PICTURE = '.getting-started-media iframe.webview';

/** Longest that a toast stays once its run's end has been told. */
const MOST_LINGERING_MS = 1300;
/** Everything on the page "Show cost" that takes the focus, in the order of reading. */
const COST_CONTROLS = [
  'export',
  'counter-session',
  'counter-today',
  'counter-month',
  'budget-run',
  'budget-day',
  'budget-month',
  'range',
];

/** Short: an editor for screen readers may cut a selection of more than 1,000 characters. */
const CODE = `package shelf

// Total adds up what is on the shelf.
func Total(counts []int64) int64 {
	var cents int64
	for _, count := range counts {
		cents += count
	}
	return cents
}
`;

/** One story without a mouse; at each surface the tree is read that screen readers get. */
suite('By keyboard and for screen readers', () => {
  const stage = useStage({
    prepare: (workspace) => writeFileSync(path.join(workspace, 'shelf.go'), CODE),
    pacing: { heartbeatMs: 200, workerMs: 900 },
    settings: {
      'editor.accessibilitySupport': 'on',
      'delegate.budget.daily': 1,
      // The page is there before the extension is, and hears of the key when that finds one.
      'workbench.startupEditor': 'welcomePage',
    },
  });
  const user = (): KeyboardUser => new KeyboardUser(stage().workbench.page);

  /** Reads the tree of a surface and finds a name for everything in it that needs one. */
  async function see(selector: string, read = readAccessibleTree): Promise<AccessibleNode> {
    const tree = await read(stage().workbench.page, selector);
    const nameless = unnamedIn(tree).map(({ role }) => role);
    assert.deepEqual(nameless, [], describeTree(tree));
    return tree;
  }

  function assertNamed(tree: AccessibleNode, role: string, name: string | RegExp): void {
    const isNamed = (found: string): boolean =>
      typeof name === 'string' ? found === name : name.test(found);
    assert.ok(
      namesOf(tree, role).some(isNamed),
      `no ${role} ${String(name)} in\n${describeTree(tree)}`,
    );
  }

  suiteSetup(async () => {
    await stage().workbench.page.evaluate(
      `globalThis.pointed = 0; addEventListener('pointerdown', () => { globalThis.pointed += 1; }, true);`,
    );
  });

  test('a summary is started from the palette, told when it ends, and read in the panel', async () => {
    const { workbench } = stage();
    const keys = user();
    assertNamed(await see(STATUS_ITEM), 'button', 'Delegate cost today: $0.00');
    await keys.open('shelf.go');
    await keys.selectAll();
    const lingering = await workbench.notifications.watchLingering(
      'Delegate: Summarize',
      'done · ',
    );
    await seeRun(stage(), () => keys.command('Delegate: Summarize selection'));
    await workbench.waitForAnnouncement(/Delegate: Summarize.*done · .*\$/);
    const lingeringMs = await lingering();
    assert.ok(lingeringMs < MOST_LINGERING_MS, `the toast stays for ${lingeringMs} ms`);
    await keys.command('Delegate: Show output');
    await keys.waitForFocus(/^Delegate - Output/);
    await keys.press('Control+End', 'Shift+ArrowUp');
    assert.match(await keys.copy(), /^- done · .*\$/);
    const panel = await see(PANEL);
    assertNamed(panel, 'document', 'Delegate - Output');
    assertNamed(panel, 'textbox', 'Delegate - Output');
    await workbench.screenshot('keyboard-panel');
  });

  test('a refactoring goes from the context menu to the file, and back', async () => {
    const { workbench } = stage();
    const keys = user();
    await keys.open('shelf.go');
    await keys.selectAll();
    await keys.press('Shift+F10');
    await keys.inMenu();
    await keys.pressUntil('ArrowUp', /^Delegate$/);
    await keys.press('ArrowRight');
    await keys.waitForFocus(/^Summarize selection$/);
    await keys.pressUntil('ArrowDown', /^Draft refactor…$/);
    await workbench.screenshot('keyboard-menu');
    await keys.press('Enter');
    await keys.inBox();
    const box = await see(QUICK_INPUT);
    assertNamed(box, 'textbox', /^What should change\?.* - Draft refactor$/);
    assertNamed(box, 'listbox', /^What should change\?/);
    assertNamed(box, 'option', 'Use early returns');
    await keys.type('Rename cents to total');
    await seeRun(stage(), () => keys.press('Enter'));
    await keys.inDiff();
    const title = await see(TITLE_BAR);
    assertNamed(title, 'tab', /^Refactor · shelf\.go:1-\d+/);
    assertNamed(title, 'button', /^Apply draft/);
    assertNamed(title, 'button', 'Discard draft');
    for (const side of ['original', 'modified'] as const) {
      assertNamed(await see(`${DIFF} .editor.${side}`), 'textbox', /./);
    }
    await workbench.screenshot('keyboard-diff');
    // Tab would be typed into the right side, so it is first told to move the focus.
    await keys.press('Control+M');
    await keys.pressUntil('Shift+Tab', /^Apply draft/);
    await workbench.screenshot('keyboard-apply');
    await keys.press('Enter');
    await workbench.editor.waitForTab('shelf.go');
    await keys.inEditor();
    await keys.press('Control+M');
    await keys.selectAll();
    assert.equal(await keys.copy(), CODE.replaceAll('cents', 'total'));
    await keys.press('Control+Z');
    await keys.selectAll();
    assert.equal(await keys.copy(), CODE);
  });

  test('a task is picked, and its run is told and cancelled in the notification', async () => {
    const { workbench, setFault } = stage();
    const keys = user();
    setFault('heartbeats-forever');
    const { closing } = await seeRun(stage(), async () => {
      await keys.command('Delegate: Run task…');
      await keys.inBox();
      const picker = await see(QUICK_INPUT);
      assertNamed(picker, 'textbox', 'What should be done with the selection? - Run task');
      assertNamed(picker, 'option', 'Summarize selection');
      await keys.pressUntil('ArrowDown', /^Reformat selection/);
      await workbench.screenshot('keyboard-picker');
      await keys.press('Enter');
      await workbench.notifications.waitFor(/Delegate: Reformat.*alive/);
      assertNamed(await see(STATUS_ITEM), 'button', /^Delegate cost today: \$0\.\d+, 1 running$/);
      const toast = await see(TOASTS);
      assertNamed(toast, 'dialog', /^Info: Delegate: Reformat/);
      assertNamed(toast, 'button', 'Cancel');
      assertNamed(toast, 'progressbar', 'Progress');
      await keys.command('Notifications: Focus Notification Toast');
      await keys.pressUntil('Tab', /^Cancel$/);
      await workbench.screenshot('keyboard-cancel');
      await keys.press('Enter');
    });
    assert.match(closing, /^- cancelled · /);
  });

  test('the status bar leads to the costs, and everything there is reached and works', async () => {
    const { workbench, workspace } = stage();
    const keys = user();
    const page = new CostPage(workbench.page);
    await keys.pressUntilInside('F6', '.part.statusbar');
    await keys.pressUntil('ArrowLeft', /^Delegate cost today: /);
    await workbench.screenshot('keyboard-status-bar');
    await keys.press('Enter');
    await page.waitOpen();
    await keys.isInside('iframe.webview');
    const tree = await see(COST_PAGE, readWebviewTree);
    assert.equal(tree.name, 'Delegate: cost');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assertNamed(tree, 'meter', 'Budget spent: Today');
    assertNamed(tree, 'image', /^Chart of spend: the most was \$/);
    for (const heading of ['Cost', 'Counters', 'Budgets', 'Spend', 'By task', 'Last runs']) {
      assertNamed(tree, 'heading', heading);
    }
    for (const table of ['Spend by task', 'Spend by model', 'Last runs']) {
      assertNamed(tree, 'table', table);
    }
    for (const header of ['Task', 'Cost', 'Runs']) assertNamed(tree, 'columnheader', header);
    assertNamed(tree, 'rowheader', 'Summarize');
    assertNamed(tree, 'status', '');
    const picture = flatten(tree).find(({ role }) => role === 'image');
    assert.deepEqual(picture?.children, [], 'the chart is one picture, with a table beside it');

    const passed: string[] = [];
    while (passed.length < COST_CONTROLS.length) {
      await keys.press('Tab');
      assert.equal(await page.hasFocusRing(), true, `no ring at ${await page.focusedId()}`);
      passed.push(await page.focusedId());
    }
    assert.deepEqual(passed, COST_CONTROLS);
    await keys.press('Tab', 'Enter');
    await page.locator('#days-table table').waitFor();
    await workbench.screenshot('keyboard-cost');

    await backTo(page, 'counter-today');
    await keys.press('Enter');
    await page.waitFor('counters', /Today Show everything \$0\.00 since/);
    await page.waitFocused('counter-today');
    await backTo(page, 'export');
    await keys.press('Enter');
    await keys.waitForFocus(/^This month/);
    await keys.press('Enter');
    const target = path.join(workspace, 'delegate-ledger.csv');
    await poll('the box for the file', async () => (await workbench.quickInput.value()) === target);
    await keys.press('Enter');
    await poll('the export', () => existsSync(target) && readFileSync(target, 'utf8') !== '');
    await workbench.quickInput.waitClosed();
  });

  async function backTo(page: CostPage, id: string): Promise<void> {
    for (let presses = 0; presses < 20; presses++) {
      if ((await page.focusedId()) === id) return;
      await user().press('Shift+Tab');
    }
    throw new Error(`Shift+Tab does not reach #${id}.`);
  }

  test('a budget is set from the costs, and the walkthrough goes on by keyboard', async () => {
    const { workbench } = stage();
    const keys = user();
    const page = new CostPage(workbench.page);
    await keys.command('Delegate: Show cost');
    await keys.isInside('iframe.webview');
    await page.tabTo('budget-month');
    await keys.press('Enter');
    await keys.inBox();
    await keys.type('5');
    await keys.press('Enter');
    await page.waitFor('budgets', /This month · \$5\.00/);
    await keys.command('Welcome: Open Walkthrough...');
    await keys.inBox();
    await keys.type('Get started with Delegate');
    await keys.waitForFocus(/^Get started with Delegate/);
    await keys.press('Enter');
    await keys.isInside('.getting-started-step');
    const steps = await see(WALKTHROUGH);
    assertNamed(steps, 'heading', 'Get started with Delegate');
    assertNamed(steps, 'button', 'Try the offline demo');
    assertNamed(steps, 'checkbox', /^Sign in, or try it offline: Completed$/);
    await see(WALKTHROUGH_PICTURE, readWebviewTree);
    await keys.pressUntil('Tab', /^Try the offline demo$/);
    await workbench.screenshot('keyboard-walkthrough');
    await keys.press('Enter');
    await workbench.statusBar.waitFor(STATUS_BAR_ID, /^demo/);
    assertNamed(await see(STATUS_ITEM), 'button', /^Delegate cost today: .*, demo \$0\.00$/);
  });

  test('nothing was pointed at', async () => {
    assert.equal(await stage().workbench.page.evaluate('globalThis.pointed'), 0);
  });
});
