import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { poll } from '../support/poll';
import { onDisk, openWhole, put } from './support/folder';
import { useMessages } from './support/messages';
import { ledgerEntries, useSimulator, withSettings } from './support/stage';

/** Put together at run time, so that no scanner takes this file for a leak. */
const secret = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');
/** What a cut name or line would show of it. */
const traces = [secret.slice(0, 16), secret.slice(-16)];

const code = `export function ${secret}(values: number[]): number {
  let total = 0;
  for (const value of values) { total += value; }
  return   total;
}
`;
const heading = `# Notes\n\n## ${secret}\n\nWhat was said on Monday, in a few words.\n`;
const plain = code.replaceAll(secret, 'sumOf');
const recipe = `---
title: Explain ${secret}
result: json
schema:
  type: object
  properties:
    what: { type: string, description: "Not ${secret}", default: "${secret}" }
---
Explain it without ${secret}.
`;

const extraction = {
  instruction: `all numbers but ${secret}`,
  schema: { type: 'array', items: { type: 'string', description: secret } },
};

type Settings = Readonly<Record<string, string>>;

/** Each route, and each protocol. */
const ways: Readonly<Record<string, Settings>> = {
  'delegated, Responses': { routing: 'delegated', protocol: 'responses' },
  'delegated, chat': { routing: 'delegated', protocol: 'chat' },
  direct: { routing: 'direct', protocol: 'responses' },
  'worker first': { routing: 'worker-first', protocol: 'responses' },
};

suite('a secret on the wire', () => {
  const simulator = useSimulator();
  const messages = useMessages();
  const { showQuickPick } = vscode.window;

  suiteSetup(() => {
    put('.vscode/delegate/explain.md', recipe);
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) =>
        Promise.resolve(items.find(({ label }) => label.startsWith('Explain '))),
    });
  });
  suiteTeardown(() => {
    Object.assign(vscode.window, { showQuickPick });
    rmSync(onDisk('.vscode/delegate/explain.md'));
  });
  setup(() => {
    simulator().reset();
    messages.length = 0;
  });
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** Where it stands, and the commands that send what it stands in. */
  const places: Readonly<Record<string, () => Promise<void>>> = {
    'the name of a symbol': async () => {
      await openWhole(put('symbol.ts', code));
      await vscode.commands.executeCommand('delegate.summarizeSelection');
      await vscode.commands.executeCommand('delegate.draftDocstring');
    },
    'a heading': async () => {
      await openWhole(put('notes.md', heading));
      await vscode.commands.executeCommand('delegate.summarizeSelection');
    },
    'the name of a file': async () => {
      await openWhole(put(`${secret}.ts`, plain));
      await vscode.commands.executeCommand('delegate.summarizeSelection');
    },
    'an instruction': async () => {
      await openWhole(put('plain.ts', plain));
      const given = { instruction: `Rename total, not ${secret}` };
      await vscode.commands.executeCommand('delegate.draftRefactor', given);
    },
    'an extraction and its schema': async () => {
      await openWhole(put('plain.ts', plain));
      await vscode.commands.executeCommand('delegate.extractFromSelection', extraction);
    },
    'a recipe: title, text and schema': async () => {
      await openWhole(put('plain.ts', plain));
      await vscode.commands.executeCommand('delegate.runTask');
    },
  };

  for (const [place, send] of Object.entries(places)) {
    test(`from ${place} is never sent, on any route`, async () => {
      for (const [way, settings] of Object.entries(ways)) {
        await withSettings(settings, async () => {
          const before = ledgerEntries().length;
          await send();
          await poll(`a run: ${way}`, () => ledgerEntries().length > before, {
            found: () => messages.join(' | '),
          });
        });
      }
      const sent = simulator().requests.filter(({ method }) => method === 'POST');
      assert.ok(sent.length >= Object.keys(ways).length);
      const wire = JSON.stringify(
        simulator().requests.map(({ path, headers, body }) => [path, headers, body]),
      );
      for (const trace of traces) assert.ok(!wire.includes(trace), place);
    });
  }
});
