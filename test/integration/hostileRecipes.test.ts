import assert from 'node:assert/strict';
import { rmSync, symlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { onDisk, openWhole, put } from './support/folder';
import { useMessages } from './support/messages';
import { useSimulator } from './support/stage';

const outside = __filename;
const LINK = '.vscode/delegate/outside.md';
const LARGE = '.vscode/delegate/large.md';

suite('a recipe that is not to be read', () => {
  const simulator = useSimulator();
  const messages = useMessages();
  const { showQuickPick } = vscode.window;
  let wanted = '';
  let offered: readonly vscode.QuickPickItem[] = [];

  suiteSetup(() => {
    put(LARGE, `---\ntitle: Large\n---\n${'a'.repeat(3_000_000)}\n`);
    symlinkSync(outside, onDisk(LINK));
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) => {
        offered = items;
        return Promise.resolve(items.find(({ label }) => label === wanted));
      },
    });
  });
  suiteTeardown(async () => {
    Object.assign(vscode.window, { showQuickPick });
    for (const name of [LINK, LARGE]) rmSync(onDisk(name));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const reasons = { outside: /link that leaves the workspace/, large: /larger than|too large/ };
  for (const [name, reason] of Object.entries(reasons)) {
    test(`${name}: is offered with the reason, shows nothing of its text, and does not run`, async () => {
      await openWhole(put('plain.ts', 'export const one = 1;\n'));
      simulator().reset();
      messages.length = 0;
      wanted = name;
      await vscode.commands.executeCommand('delegate.runTask');
      const item = offered.find(({ label }) => label === name);
      const told = [item?.description, item?.detail, ...messages].join(' ');
      assert.match(told, reason);
      assert.doesNotMatch(told, /use strict|aaaa/);
      assert.deepEqual(
        simulator().requests.filter(({ method }) => method === 'POST'),
        [],
      );
    });
  }
});
