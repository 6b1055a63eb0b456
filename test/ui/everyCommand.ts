import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  COMMANDS,
  DRAFTS_STATUS_ID,
  LOG_CHANNEL_NAME,
  OUTPUT_CHANNEL_NAME,
  STATUS_BAR_ID,
  type CommandId,
} from '../../src/manifest';
import { poll } from '../support/poll';
import { CostPage } from './driver/costPage';
import { seeRun } from './runs';
import type { Stage } from './stage';
import { Words } from './words';

const SOURCE = 'go/inventory.go';
/** How the lines that `selectSource` selects are named. */
const WHOLE_SOURCE = 'inventory.go:1-74';
const TAB = 'inventory.go';
/** Code with a layout to mend, written when the test of that comes. */
const UNTIDY_TAB = 'untidy.ts';
const UNTIDY = 'export function twice(total: number): number {\n      return   total*2;\n}\n';

/** In the title bar of a draft these stand for "Apply draft"; the palette hides them. */
const HIDDEN: readonly CommandId[] = ['delegate.applyVerifiedDraft', 'delegate.applyDoubtfulDraft'];

/** Of a batch that runs or is reviewed; in test/ui/batch.test.ts. */
const OF_A_BATCH: readonly CommandId[] = [
  'delegate.stopBatch',
  'delegate.applyVerified',
  'delegate.undoBatch',
  'delegate.openBatchFile',
  'delegate.openBatchGroup',
  'delegate.applyBatchFiles',
  'delegate.discardBatchFiles',
  'delegate.undoBatchFiles',
];

/** The submenu of the editor's context menu, in its order. */
const MENU: readonly CommandId[] = [
  'delegate.summarizeSelection',
  'delegate.extractFromSelection',
  'delegate.draftDocstring',
  'delegate.reformatSelection',
  'delegate.draftRefactor',
  'delegate.translateComments',
  'delegate.draftTests',
  'delegate.runTask',
  'delegate.showCost',
];

/** A stage with the words of its editor's language. */
interface Scene extends Stage {
  readonly words: Words;
}

interface CommandCase {
  readonly id: CommandId;
  /** What has to be seen once the command is started; leaves the window as the next one needs it. */
  readonly see: (stage: Scene, start: () => Promise<void>) => Promise<void>;
}

/** Waits for a box with this title, given in English, and closes it. */
function box(title: string, rows?: (words: Words) => readonly string[]): CommandCase['see'] {
  return async ({ workbench, words }, start) => {
    await start();
    await workbench.quickInput.waitTitle(words.say(title));
    for (const row of rows?.(words) ?? []) await workbench.quickInput.waitRow(row);
    await picture(workbench, title);
    await workbench.quickInput.cancel();
    await workbench.quickInput.waitClosed();
  };
}

/** The closing line of a run that ended so. */
function ended({ words }: Scene, how: string): RegExp {
  return new RegExp(`^- ${words.say(how)} · `);
}

async function picture(workbench: Stage['workbench'], name: string): Promise<void> {
  await workbench.screenshot(`command-${workbench.version}-${name.replaceAll(/\W+/g, '-')}`);
}

async function selectAllOf({ workbench, file }: Stage, name: string): Promise<void> {
  await workbench.editor.open(file(name));
  await workbench.editor.selectAll();
}

const selectSource = (stage: Stage): Promise<void> => selectAllOf(stage, SOURCE);

function modelPicker(title: string): CommandCase['see'] {
  return async ({ workbench, words }, start) => {
    await start();
    await workbench.quickInput.waitTitle(words.say(title));
    const prices = words.like(' per million');
    await poll('models with prices', async () =>
      (await workbench.quickInput.rowTexts()).some((row) => prices.test(row)),
    );
    await picture(workbench, title);
    await workbench.quickInput.cancel();
    await workbench.quickInput.waitClosed();
  };
}

/** A task, named in English, that makes a draft of a file, which stays open. */
function draft(
  task: string,
  { file = SOURCE, answer }: { readonly file?: string; readonly answer?: string } = {},
): CommandCase['see'] {
  return async (stage, start) => {
    const { workbench, words } = stage;
    await selectAllOf(stage, file);
    const { closing } = await seeRun(stage, async () => {
      await start();
      if (answer !== undefined) await workbench.quickInput.submit(answer);
    });
    assert.match(closing, ended(stage, 'done'));
    await workbench.diff.waitOpen();
    const title = `${words.say(task)} · ${path.basename(file)}`;
    assert.ok((await workbench.editor.activeTab()).startsWith(title));
    await picture(workbench, task);
  };
}

/** All commands, in an order in which each finds what it needs. */
const CASES: readonly CommandCase[] = [
  {
    id: 'delegate.startDemo',
    see: async (stage, start) => {
      const { workbench, words } = stage;
      await selectSource(stage);
      await start();
      await workbench.statusBar.waitFor(STATUS_BAR_ID, words.like('demo {0}'));
      // A first run is offered to who had none.
      const summary = `^## ${words.say('Summarize')}[^]*^- ${words.say('done')}`;
      const hasSummary = new RegExp(summary, 'm').test(workbench.outputText(OUTPUT_CHANNEL_NAME));
      assert.deepEqual(
        await workbench.notifications.buttons(words.like('offline demo is on')),
        hasSummary ? [] : [words.say('Summarize selection')],
      );
      await picture(workbench, 'demo');
      await workbench.clearNotifications();
    },
  },
  {
    id: 'delegate.stopDemo',
    see: async ({ workbench }, start) => {
      await start();
      await workbench.statusBar.waitFor(STATUS_BAR_ID, /^\$/);
    },
  },
  {
    id: 'delegate.summarizeSelection',
    see: async (stage, start) => {
      await selectSource(stage);
      const { closing } = await seeRun(stage, start);
      assert.match(closing, ended(stage, 'done'));
      assert.match(closing, / · \$/);
      await stage.workbench.statusBar.waitFor(STATUS_BAR_ID, /^\$0\.0*[1-9]/);
      await picture(stage.workbench, 'summary');
    },
  },
  {
    id: 'delegate.extractFromSelection',
    see: async (stage, start) => {
      const { workbench, words } = stage;
      await selectSource(stage);
      await seeRun(stage, async () => {
        await start();
        await workbench.quickInput.pick(words.say('TODOs'));
      });
      await workbench.editor.waitForLanguage('JSON');
      assert.match(await workbench.editor.text(), /report parts that ran out/);
      await picture(workbench, 'extract');
    },
  },
  {
    id: 'delegate.openAnswer',
    see: async (stage, start) => {
      const { workbench, words, file } = stage;
      await start();
      await workbench.quickInput.pick(words.say('Table'));
      await poll('the preview', async () =>
        (await workbench.editor.activeTab()).startsWith('Preview '),
      );
      await picture(workbench, 'answer');
      // As with every page: it takes the focus back late, so it must not stay in front.
      await workbench.editor.open(file(SOURCE));
    },
  },
  {
    id: 'delegate.copyAnswer',
    see: async ({ workbench }, start) => {
      await start();
      await poll('the answer on the clipboard', async () =>
        /report parts that ran out/.test(
          await workbench.page.evaluate<string>('navigator.clipboard.readText()'),
        ),
      );
    },
  },
  {
    id: 'delegate.openRun',
    see: box('Open run', (words) =>
      ['Extract', 'Summarize'].map((task) => `${words.say(task)} · ${WHOLE_SOURCE}`),
    ),
  },
  {
    id: 'delegate.runAgain',
    see: box('Run again with', (words) => [
      words.say('Another worker model…'),
      words.say('No change'),
    ]),
  },
  { id: 'delegate.draftDocstring', see: draft('Docstring') },
  {
    id: 'delegate.applyDraft',
    see: async ({ workbench, file }, start) => {
      const right = await workbench.diff.text('modified');
      // The editor saves by itself after a while, what was applied as well.
      const before = readFileSync(file(SOURCE), 'utf8');
      await start();
      await workbench.editor.waitForTab(TAB);
      assert.ok((await workbench.editor.text()).includes(right));
      await workbench.editor.undo();
      // The editor undoes in its own time.
      await poll('the text before', async () => (await workbench.editor.text()) === before);
    },
  },
  {
    id: 'delegate.reformatSelection',
    see: async (stage, start) => {
      writeFileSync(stage.file(UNTIDY_TAB), UNTIDY);
      await draft('Reformat', { file: UNTIDY_TAB })(stage, start);
    },
  },
  {
    id: 'delegate.openDraft',
    see: async (stage, start) => {
      const { workbench } = stage;
      await selectSource(stage);
      await start();
      await workbench.quickInput.pickFirst();
      await workbench.diff.waitOpen();
    },
  },
  {
    id: 'delegate.discardDraft',
    see: async ({ workbench }, start) => {
      await start();
      await workbench.editor.waitForTab(TAB);
    },
  },
  {
    id: 'delegate.draftRefactor',
    see: draft('Refactor', { answer: 'Rename cents to total' }),
  },
  {
    id: 'delegate.translateComments',
    see: async (stage, start) => {
      await draft('Translate comments', { answer: 'Deutsch' })(stage, start);
      const { workbench, words } = stage;
      await workbench.statusBar.waitFor(DRAFTS_STATUS_ID, words.like('only comments changed'));
      assert.match(await workbench.diff.text('modified'), /\[Deutsch\]/);
    },
  },
  {
    id: 'delegate.draftTests',
    see: async (stage, start) => {
      const { workbench } = stage;
      await selectSource(stage);
      const { closing } = await seeRun(stage, start);
      assert.match(closing, ended(stage, 'done'));
      await workbench.editor.waitForTab('inventory_test.go');
      assert.match(await workbench.editor.text(), /^package inventory\n\nimport "testing"/);
      await picture(workbench, 'tests');
      // It stays open: it belongs to nobody until it is saved.
      await selectSource(stage);
    },
  },
  {
    id: 'delegate.discardAllDrafts',
    see: async ({ workbench, words }, start) => {
      await start();
      assert.match(
        await workbench.notifications.dialogText(),
        new RegExp(`${words.like('Discard the one').source}|${words.like('Discard all').source}`),
      );
      await picture(workbench, 'discard-all');
      await workbench.page.keyboard.press('Enter');
      await workbench.editor.waitForTab(TAB);
      await poll(
        'the palette without drafts',
        async () =>
          !(await workbench.hasCommand(`Delegate: ${words.command('delegate.openDraft')}`)),
      );
    },
  },
  {
    id: 'delegate.runTask',
    see: box('Run task', (words) => [
      words.say('Summarize selection'),
      words.command('delegate.draftRefactor'),
    ]),
  },
  {
    id: 'delegate.runOnFiles',
    see: box('Run task on files', (words) => [words.say('All of {0}', 'workspace')]),
  },
  {
    id: 'delegate.openBatch',
    see: async ({ workbench, words }, start) => {
      await start();
      await workbench.notifications.waitFor(words.like('There is no batch here'));
      await workbench.clearNotifications();
    },
  },
  { id: 'delegate.newRecipe', see: box('New recipe') },
  {
    // With a repository: test/ui/commitMessage.test.ts.
    id: 'delegate.draftCommitMessage',
    see: async ({ workbench }, start) => {
      await start();
      await workbench.notifications.waitFor(/Git/);
      await workbench.clearNotifications();
    },
  },
  {
    id: 'delegate.cancelRun',
    see: async (stage, start) => {
      const { workbench, words, setFault } = stage;
      await selectSource(stage);
      setFault('heartbeats-forever');
      const { closing } = await seeRun(stage, async () => {
        await workbench.editor.rightClick('Delegate', words.command('delegate.summarizeSelection'));
        await workbench.statusBar.waitFor(STATUS_BAR_ID, /^\d+s · /);
        await picture(workbench, 'running');
        await start();
      });
      assert.match(closing, ended(stage, 'cancelled'));
    },
  },
  {
    id: 'delegate.showLog',
    see: async ({ workbench }, start) => {
      await start();
      await workbench.waitForOutputChannel(LOG_CHANNEL_NAME);
      await picture(workbench, 'log');
    },
  },
  {
    id: 'delegate.showOutput',
    see: async ({ workbench }, start) => {
      await start();
      await workbench.waitForOutputChannel(OUTPUT_CHANNEL_NAME);
      await picture(workbench, 'output');
    },
  },
  {
    id: 'delegate.testConnection',
    see: async ({ workbench, words }, start) => {
      await start();
      await workbench.waitForOutput(OUTPUT_CHANNEL_NAME, words.like('the key is valid'));
      await picture(workbench, 'connection');
    },
  },
  {
    id: 'delegate.checkModels',
    see: async ({ workbench, words }, start) => {
      await start();
      assert.match(await workbench.notifications.dialogText(), words.like('in three small runs'));
      await workbench.notifications.clickDialog(words.say('Check'));
      const delegates = words.say('the orchestrator delegates when it is told to');
      const told = new RegExp(`^- ${words.say('yes')} · ${delegates}`, 'm');
      await workbench.waitForOutput(OUTPUT_CHANNEL_NAME, told);
      await picture(workbench, 'check');
    },
  },
  {
    id: 'delegate.compareWorkers',
    see: async ({ workbench, words }, start) => {
      await start();
      await workbench.quickInput.pick(words.say('Summarize'));
      await workbench.quickInput.waitTitle(words.say('Compare workers'));
      await workbench.quickInput.accept();
      const price = words.like('places cost about');
      await poll('the price of it', async () => price.test(await workbench.quickInput.message()));
      await picture(workbench, 'compare-limit');
      await workbench.quickInput.accept();
      const [report = ''] = words.say('Compare workers: {0}', '').split(':');
      await poll(
        'the report',
        async () => (await workbench.editor.activeTab()).startsWith(`Preview ${report}`),
        { timeoutMs: 60_000 },
      );
      await picture(workbench, 'compare-report');
      await workbench.clearNotifications();
    },
  },
  {
    id: 'delegate.showCost',
    see: async ({ workbench, words, file }, start) => {
      await start();
      const page = new CostPage(workbench.page);
      await page.waitOpen();
      await page.waitFor('tasks', words.like('Summarize'));
      await picture(workbench, 'cost');
      // A page in front takes the focus back late, and with it the box of the next command.
      await workbench.editor.open(file(SOURCE));
    },
  },
  { id: 'delegate.setBudget', see: box('Set budget', (words) => [words.say('Per day')]) },
  { id: 'delegate.exportLedger', see: box('Export ledger', (words) => [words.say('This month')]) },
  { id: 'delegate.selectOrchestratorModel', see: modelPicker('Select orchestrator model') },
  { id: 'delegate.selectWorkerModel', see: modelPicker('Select worker model') },
  { id: 'delegate.setApiKey', see: box('OpenRouter API key') },
  {
    id: 'delegate.signIn',
    see: async (stage, start) => {
      const opening = stage.workbench.page.context().waitForEvent('page');
      await box('Sign in to OpenRouter')(stage, start);
      await (await opening).close();
    },
  },
  {
    id: 'delegate.signOut',
    see: async ({ workbench, words }, start) => {
      await start();
      await workbench.notifications.waitFor(words.like('Signed out.'));
      await picture(workbench, 'signed-out');
    },
  },
];

/**
 * Adds a test for each command: that it is offered, and that what it promises is seen.
 *
 * @param language of the stage's editor; English when left out.
 */
export function testEveryCommand(stage: () => Stage, language?: string): void {
  const words = new Words(language);

  test('the editor menu has one submenu with the tasks', async () => {
    const { workbench } = stage();
    assert.deepEqual(
      CASES.map(({ id }) => id).sort(),
      COMMANDS.filter((id) => !HIDDEN.includes(id) && !OF_A_BATCH.includes(id)).sort(),
    );
    await selectSource(stage());
    assert.deepEqual(
      await workbench.editor.contextSubmenu('Delegate'),
      MENU.map((id) => words.command(id)),
    );
  });

  for (const { id, see } of CASES) {
    const title = `Delegate: ${words.command(id)}`;
    test(title, () => see({ ...stage(), words }, () => stage().workbench.runCommand(title)));
  }
}
