import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { globalStorage } from '../host/ledgerFiles';
import { poll } from '../support/poll';
import { seededRandom } from '../unit/accounting/support/fastClock';
import { seeRun } from './runs';
import { useStage } from './stage';

/** How many random sequences are played; more by hand. */
const SEQUENCES = Number(process.env['DELEGATE_UI_SEQUENCES'] ?? 2);
const SEED = Number(process.env['DELEGATE_FUZZ_SEED'] ?? 20_261_130);

const CODE = `export function first(total: number): number {
  return total + 1;
}

export function second(total: number): number {
  return total + 2;
}
`;
const NAME = 'underLoad.ts';
const FILE = `typescript/${NAME}`;
/** Characters that no other text has, from here on: each is typed once in a sequence. */
const FIRST_CHARACTER = 0x4e00;

suite('Typing while the extension host is busy', () => {
  const stage = useStage({ pacing: { heartbeatMs: 200, workerMs: 20 } });
  let random = seededRandom(SEED);
  let next = FIRST_CHARACTER;

  function chance<T>(...choices: readonly T[]): T {
    const choice = choices[Math.floor(random() * choices.length)];
    assert.ok(choice !== undefined);
    return choice;
  }

  /** Characters of their own, as a comment or inside of one. */
  function word(): readonly string[] {
    const length = 1 + Math.floor(random() * 5);
    return Array.from({ length }, () => String.fromCharCode((next += 1)));
  }

  function savedDrafts(): string {
    const folder = path.join(globalStorage(stage().workbench.userDataDir), 'drafts');
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('\n');
  }

  async function openDraft(): Promise<void> {
    const { workbench, file } = stage();
    writeFileSync(file(FILE), CODE);
    await workbench.editor.open(file(FILE));
    await poll('the code as it was written', async () => (await workbench.editor.text()) === CODE);
    await workbench.editor.selectAll();
    await seeRun(stage(), () => workbench.runCommand('Delegate: Draft docstring'));
    await workbench.diff.waitOpen();
  }

  /** Types at the end of a random line of the draft. @returns what was typed. */
  async function typeRight(): Promise<readonly string[]> {
    const { workbench } = stage();
    const { keyboard } = workbench.page;
    await workbench.diff.focus('modified');
    await keyboard.press('Control+Home');
    for (let line = Math.floor(random() * 8); line > 0; line -= 1)
      await keyboard.press('ArrowDown');
    await keyboard.press('End');
    const typed = word();
    await keyboard.type(` // ${typed.join('')}`);
    return typed;
  }

  async function typeInFile(): Promise<readonly string[]> {
    const { workbench } = stage();
    const { keyboard } = workbench.page;
    const title = await workbench.editor.activeTab();
    await workbench.editor.clickTab(NAME);
    await workbench.editor.focus();
    await keyboard.press(chance('Control+Home', 'Control+End'));
    const typed = word();
    await keyboard.type(`// ${typed.join('')}`);
    await keyboard.press('Enter');
    await workbench.editor.clickTab(title);
    await workbench.diff.waitOpen();
    return typed;
  }

  /** Answers a question that Apply may ask. @returns once the diff is closed. */
  async function confirmed(): Promise<void> {
    const { workbench } = stage();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await poll('the end of Apply', async () => {
      if (await dialog.isVisible()) await workbench.notifications.clickDialog('Apply');
      return (await workbench.editor.activeTab()) === NAME || !(await workbench.diff.isOpen());
    });
  }

  /** Whether each character is in the file, as the editor has it, or in a draft. */
  async function isEverywhere(characters: readonly string[]): Promise<string | null> {
    const { workbench, file } = stage();
    const kept = (await workbench.editor.textOf(file(FILE))) + savedDrafts();
    return characters.every((each) => kept.includes(each)) ? kept : null;
  }

  async function cleanUp(): Promise<void> {
    const { workbench, file } = stage();
    if (savedDrafts() !== '') {
      await workbench.runCommand('Delegate: Discard all drafts…');
      await workbench.notifications.clickDialog('Discard');
    }
    await poll('no draft', () => savedDrafts() === '');
    await workbench.editor.open(file(FILE));
    await workbench.editor.save(file(FILE));
  }

  for (let sequence = 0; sequence < SEQUENCES; sequence += 1) {
    test(`sequence ${sequence} loses no character`, async () => {
      random = seededRandom(SEED + sequence);
      next = FIRST_CHARACTER;
      const { workbench } = stage();
      await openDraft();
      const end = chance('apply', 'apply', 'type on', 'discard', 'close');
      const free = workbench.jamExtensionHost(random);
      let right: string[] = [];
      const inFile: string[] = [];
      const late: string[] = [];
      try {
        for (let moves = 2 + Math.floor(random() * 3); moves > 0; moves -= 1) {
          if (random() < 0.6) right.push(...(await typeRight()));
          else inFile.push(...(await typeInFile()));
        }
        if (random() < 0.3) {
          await workbench.diff.focus('modified');
          await workbench.editor.undo();
          // An undo step may be one word or several.
          const left = await workbench.diff.text('modified');
          right = right.filter((each) => left.includes(each));
        }
        if (end === 'apply' || end === 'type on') {
          await workbench.diff.focus('modified');
          await workbench.editor.clickTitleAction('Apply draft');
          if (end === 'type on') {
            late.push(...word());
            await workbench.page.keyboard.type(late.join(''), { delay: random() * 120 });
          }
        } else if (end === 'discard') await workbench.editor.clickTitleAction('Discard draft');
        else await workbench.page.keyboard.press('Control+W');
      } finally {
        await free();
      }
      if (end === 'apply') await confirmed();
      // What is thrown away by the user may be gone.
      const owed = end === 'discard' ? inFile : [...inFile, ...right, ...late];
      await poll(`all of "${owed.join('')}" after ${end}`, () => isEverywhere(owed), {
        found: () => workbench.screenshot(`typed-under-load-${sequence}`),
      });
      await cleanUp();
    });
  }
});
