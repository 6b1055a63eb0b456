import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { globalStorage } from '../host/ledgerFiles';
import type { Random } from '../support/mutate';
import { poll } from '../support/poll';
import { copyAll } from './driver/editor';
import type { Stage } from './stage';
import { THREE_FUNCTIONS } from './threeFunctions';

const TITLE = 'Delegate: Draft docstring';
const clickTimeoutMs = 1_500;
const longestPauseMs = 2_000;
/** Typed one after the other, so that each key is told from all others; no keyboard has them all. */
const FIRST_CHARACTER = 0x4e00;

/** What a step is drawn from; some of them more often than others. */
const STEPS = [
  ...Array<'right'>(8).fill('right'),
  ...Array<'file'>(3).fill('file'),
  ...Array<'pause'>(5).fill('pause'),
  ...Array<'apply'>(2).fill('apply'),
  'undo',
  'reject',
  'discard',
  'close',
  'open',
  'save',
] as const;

type Side = 'right' | 'file';

/**
 * One user and one draft, in a window whose extension host stands still now and then: types, rejects,
 * applies, discards, closes and undoes without waiting for anything, and knows which of the typed
 * characters nothing that was done took away.
 */
export class HurriedUser {
  /** Characters by where they were typed. */
  readonly kept = new Map<string, Side>();
  /** What was done, for the message of a failure. */
  readonly done: string[] = [];
  private next = FIRST_CHARACTER;
  private isDiscarded = false;
  private readonly name: string;
  private readonly stage: Stage;
  private readonly random: Random;

  /** @param name of the file, without its ending; a file of the user's own for each sequence. */
  constructor(stage: Stage, name: string, random: Random) {
    this.stage = stage;
    this.name = `${name}.ts`;
    this.random = random;
  }

  private get file(): string {
    return this.stage.file(`typescript/${this.name}`);
  }

  /** Opens a file of three functions and waits for the draft of their docstrings. */
  async begin(): Promise<void> {
    const { workbench } = this.stage;
    writeFileSync(this.file, THREE_FUNCTIONS);
    await workbench.editor.open(this.file);
    await workbench.editor.selectAll();
    await workbench.runCommand(TITLE);
    await workbench.diff.waitOpen();
    await workbench.editor.waitForTitleAction('Apply draft');
  }

  /** One thing that a user may do, unless what it needs is not there. */
  async step(): Promise<void> {
    if (await this.answerDialog()) return;
    const kind = this.pick(STEPS);
    this.done.push(kind);
    switch (kind) {
      case 'right':
      case 'file':
        return this.type(kind);
      case 'pause': {
        this.pause();
        return;
      }
      case 'apply':
        if (this.random(2) === 0) this.pause();
        await this.click(this.titleAction('Apply draft'));
        return;
      case 'discard':
        await this.discard();
        return;
      case 'undo':
        return this.takeAway(() => this.press('Control+Z'));
      case 'reject':
        return this.takeAway(async () => {
          await this.click(this.page.locator('.gutterItem .codicon-arrow-right').first());
        });
      case 'close':
        await this.click(
          this.page.locator('.editor-group-container.active .tab.active .codicon-close').first(),
        );
        return;
      case 'open':
        return this.open();
      case 'save':
        return this.press('Control+S');
    }
  }

  /** Lets everything come to rest. @throws when something that was kept is neither in the file nor in a draft. */
  async settle(): Promise<void> {
    const { workbench } = this.stage;
    workbench.resumeExtensionHost();
    await this.run('File: Save All Files');
    await poll('an end of what was typed', () => this.missing().length === 0, {
      found: () => `${this.missing().join('')} lost after ${this.done.join(' ')}`,
    });
  }

  /** From the palette, which a question of the draft may shut until it is answered. */
  private async run(title: string): Promise<void> {
    const { workbench } = this.stage;
    await poll(`"${title}"`, async () => {
      while (await this.answerDialog('Cancel')) this.done.push('at the end');
      await this.press('F1');
      if (!(await workbench.quickInput.tryFill(`>${title}`))) return false;
      return workbench.quickInput.tryPick(title);
    });
  }

  /** Leaves nothing open and no draft. */
  async leave(): Promise<void> {
    const { workbench } = this.stage;
    await this.run('View: Close All Editors');
    if (this.drafts().length === 0) return;
    await this.run('Delegate: Discard all drafts…');
    await workbench.notifications.dialogText();
    await workbench.notifications.clickDialog('Discard draft');
    await poll('no draft', () => this.drafts().length === 0);
  }

  /** Characters that are neither in the file nor in a draft, as the disk has them. */
  missing(): string[] {
    const all = [readFileSync(this.file, 'utf8'), ...this.drafts()].join('\n');
    return [...this.kept.keys()].filter((character) => !all.includes(character));
  }

  /** Characters that are in the file more than once. */
  twice(): string[] {
    const text = readFileSync(this.file, 'utf8');
    return [...this.kept.keys()].filter((character) => text.split(character).length > 2);
  }

  private get page(): Stage['workbench']['page'] {
    return this.stage.workbench.page;
  }

  private drafts(): string[] {
    const folder = path.join(globalStorage(this.stage.workbench.userDataDir), 'drafts');
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .filter((text) => text.includes(this.name));
  }

  private pause(): void {
    this.stage.workbench.pauseExtensionHost(50 + this.random(longestPauseMs - 50));
  }

  /** A few characters at the end of some line, as far as the keys reach an editor. */
  private async type(side: Side): Promise<void> {
    if (!(await this.click(this.tab(side)))) return;
    const lines = this.page.locator(
      `.editor-group-container.active ${side === 'right' ? '.editor.modified' : '.monaco-editor'} .view-line`,
    );
    const count = await lines.count();
    if (count === 0 || !(await this.click(lines.nth(this.random(count)), { x: 4, y: 8 }))) return;
    await this.press('End');
    for (let left = 1 + this.random(6); left > 0; left -= 1) {
      const character = String.fromCodePoint((this.next += 1));
      const before = await this.focused();
      await this.page.keyboard.type(character);
      const after = await this.focused();
      // A key that fell while the focus moved on may have gone to a list or a question.
      const isSafe = before === after && !(before === 'right' && this.isDiscarded);
      if (before !== null && isSafe) this.kept.set(character, before);
      this.done.push(character);
    }
  }

  /** In which kind of editor the keys arrive; null where they do not. */
  private focused(): Promise<Side | null> {
    return this.page.evaluate<Side | null>(`(() => {
      const focus = document.activeElement;
      const editor = focus?.closest('.editor-group-container .monaco-editor');
      if (!editor || focus.closest('.editor.original') || focus.closest('.find-widget')) return null;
      if (document.querySelector('.monaco-dialog-box')) return null;
      return focus.closest('.monaco-diff-editor') ? 'right' : 'file';
    })()`);
  }

  /** What an action took out of the text that the focus is in, the user no longer expects to see. */
  private async takeAway(act: () => Promise<void>): Promise<void> {
    if ((await this.focused()) === null) return;
    const tab = await this.stage.workbench.editor.activeTab();
    const before = await this.copy();
    await act();
    const after = (await this.focused()) === null ? null : await this.copy();
    const isSameTab = tab === (await this.stage.workbench.editor.activeTab());
    // What was copied would be of two editors.
    if (before === null || after === null || !isSameTab) {
      this.expectNothing();
      return;
    }
    for (const character of before) if (!after.includes(character)) this.kept.delete(character);
  }

  /** Null when the focus moved away from the text meanwhile. */
  private async copy(): Promise<string | null> {
    const text = await copyAll(this.page).catch(() => null);
    // What is selected would go with the next key.
    await this.press('ArrowRight');
    return text;
  }

  private expectNothing(): void {
    this.done.push('unclear');
    this.kept.clear();
  }

  /** Takes what was typed in the draft, and until it closes, with it. */
  private async discard(): Promise<void> {
    if (!(await this.click(this.titleAction('Discard draft')))) return;
    this.isDiscarded = true;
    for (const [character, side] of this.kept) if (side === 'right') this.kept.delete(character);
  }

  private async open(): Promise<void> {
    const { quickInput } = this.stage.workbench;
    await quickInput.openPalette('>Delegate: Open draft');
    if (!(await quickInput.tryPick('Delegate: Open draft…'))) return this.press('Escape');
    await this.click(this.page.locator('.quick-input-widget:visible .monaco-list-row').first());
  }

  /** @returns whether there was a question; "Don't Save" takes away what was typed in a draft. */
  private async answerDialog(answer?: string): Promise<boolean> {
    const buttons = this.page.locator('.monaco-dialog-box .monaco-button:visible');
    const labels = await buttons.allInnerTexts();
    if (labels.length === 0) return false;
    const at = labels.findIndex((label) => label.trim() === answer);
    const chosen = at < 0 ? this.random(labels.length) : at;
    this.done.push(`"${labels[chosen]?.trim() ?? ''}"`);
    await this.click(buttons.nth(chosen));
    if (/don.t save|discard/i.test(labels[chosen] ?? '')) this.expectNothing();
    return true;
  }

  private tab(side: Side): Locator {
    const start = side === 'file' ? this.name : 'Docstring';
    return this.page.locator(`.tab[data-resource-name="${this.name}"][aria-label^="${start}"]`);
  }

  private titleAction(label: string): Locator {
    return this.page
      .locator(
        `.editor-group-container.active .editor-actions .action-label[aria-label^="${label}"]`,
      )
      .first();
  }

  /** @returns whether it could be clicked soon. */
  private async click(target: Locator, position?: { x: number; y: number }): Promise<boolean> {
    if ((await target.count()) === 0) return false;
    try {
      await target.click({ timeout: clickTimeoutMs, ...(position && { position }) });
      return true;
    } catch {
      return false;
    }
  }

  private press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.random(from.length)]!;
  }
}
