import assert from 'node:assert/strict';
import { DRAFTS_STATUS_ID, OUTPUT_CHANNEL_NAME, STATUS_BAR_ID } from '../../src/manifest';
import { poll } from '../support/poll';
import { CostPage } from './driver/costPage';
import { testEveryCommand } from './everyCommand';
import { useStage } from './stage';

suite('In a German editor', () => {
  const stage = useStage({ language: 'de', settings: { 'delegate.budget.daily': 1 } });

  test('palette and menu', async () => {
    const { workbench, file } = stage();
    await workbench.editor.open(file('go/inventory.go'));
    await workbench.editor.selectAll();
    const offered = await workbench.offeredCommands('Delegate: ');
    for (const title of ['Auswahl zusammenfassen', 'Budget festlegen…', 'Offline-Demo probieren']) {
      assert.ok(offered.includes(`Delegate: ${title}`), offered.join(' | '));
    }
    assert.deepEqual(await workbench.editor.contextSubmenu('Delegate'), [
      'Auswahl zusammenfassen',
      'Aus Auswahl herausziehen…',
      'Docstring entwerfen',
      'Auswahl formatieren',
      'Refactoring entwerfen…',
      'Kommentare übersetzen…',
      'Tests entwerfen…',
      'Aufgabe ausführen…',
      'Kosten anzeigen',
    ]);
  });

  test('a run from the question to its bill, and the draft', async () => {
    const { workbench } = stage();
    // Escape, which closed the menu, may have reached the editor as well.
    await workbench.editor.selectAll();
    await workbench.runCommand('Delegate: Aufgabe ausführen…');
    await workbench.quickInput.waitOpen();
    await workbench.screenshot('german-picker');
    await workbench.quickInput.pick('Docstring entwerfen');
    await workbench.notifications.waitFor(/Delegate: Docstring/);
    await workbench.screenshot('german-running');
    await workbench.waitForOutput(
      OUTPUT_CHANNEL_NAME,
      /^- fertig · [\d.,]+ s · \$[\d.]+ · [\d.,]+ ein \/ [\d.,]+ aus · 1 Delegation/m,
    );
    await workbench.diff.waitOpen();
    assert.equal(await workbench.editor.activeTab(), 'Docstring · inventory.go:1-74');
    await workbench.statusBar.waitFor(
      DRAFTS_STATUS_ID,
      /^bestätigt: nur Kommentare hinzugefügt · \d+ Zeilen/,
    );
    await workbench.screenshot('german-draft');
    await workbench.editor.clickTitleAction('Entwurf verwerfen');
    await workbench.editor.waitForTab('inventory.go');
  });

  test('status bar, its hover, and the page of the costs', async () => {
    const { workbench } = stage();
    await workbench.statusBar.waitFor(STATUS_BAR_ID, /^\$0\.0*[1-9]/);
    assert.match(
      await workbench.statusBar.label(STATUS_BAR_ID),
      /^Delegate, Kosten heute: \$0\.\d+$/,
    );
    assert.match(await workbench.statusBar.hover(STATUS_BAR_ID), /heute/);
    await workbench.screenshot('german-hover');
    await workbench.runCommand('View: Hide Panel');
    await workbench.runCommand('Delegate: Kosten anzeigen');
    const page = new CostPage(workbench.page);
    await page.waitOpen();
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
    await page.waitFor('counters', /Heute .*1 Lauf/);
    await page.waitFor('tasks', /Docstring/);
    await workbench.screenshot('german-cost');
  });

  test('the walkthrough', async () => {
    const { workbench } = stage();
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.quickInput.pick('Erste Schritte mit Delegate');
    await poll('the steps in German', async () =>
      (await workbench.walkthrough.titles()).includes('Anmelden oder offline probieren'),
    );
    await workbench.screenshot('german-walkthrough');
  });
});

suite('Every command in a German editor', () => {
  testEveryCommand(useStage({ language: 'de', pacing: 'fast' }), 'de');
});
