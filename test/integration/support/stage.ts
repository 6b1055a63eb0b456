import path from 'node:path';
import * as vscode from 'vscode';
import type { LedgerEntry } from '../../../src/accounting/ledger/ledgerEntry';
import { DRAFT_SCHEME } from '../../../src/manifest';
import { type Simulator, startSimulator } from '../../../src/simulator/index';
import type { SimulatorOptions } from '../../../src/simulator/options';
import { readLedger } from '../../host/ledgerFiles';
import { simulatorEnvironment } from '../../host/simulatorEnvironment';
import { realTokenizer } from '../../support/tokenizer';
import './draftWords';

/** A simulator that the extension under test talks to, for one suite. */
export function useSimulator(options: SimulatorOptions = {}): () => Simulator {
  let simulator: Simulator | null = null;
  const saved = { ...process.env };
  suiteSetup(async () => {
    simulator = await startSimulator({ pacing: 'fast', tokenizer: realTokenizer, ...options });
    // The extension reads them with each run.
    Object.assign(process.env, simulatorEnvironment(simulator));
  });
  suiteTeardown(async () => {
    for (const key of ['OPENROUTER_API_KEY', 'OPENROUTER_BASE_URL']) {
      const before = saved[key];
      if (before === undefined) Reflect.deleteProperty(process.env, key);
      else process.env[key] = before;
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await simulator?.close();
  });
  return () => {
    if (!simulator) throw new Error('The simulator runs only while the tests of its suite do.');
    return simulator;
  };
}

let fileNumber = 0;

/** Writes a file into the workspace, opens it and selects lines, all of it by default. */
export async function openText(
  text: string,
  options: {
    readonly extension: string;
    readonly firstLine?: number;
    readonly lastLine?: number;
    readonly bytes?: Uint8Array;
  },
): Promise<vscode.TextEditor> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('The tests need a workspace folder.');
  fileNumber += 1;
  const uri = vscode.Uri.joinPath(folder.uri, `sample${fileNumber}.${options.extension}`);
  await vscode.workspace.fs.writeFile(uri, options.bytes ?? Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const first = (options.firstLine ?? 1) - 1;
  const last = options.lastLine ?? document.lineCount;
  editor.selection = new vscode.Selection(
    new vscode.Position(first, 0),
    document.validatePosition(new vscode.Position(last, 0)),
  );
  return editor;
}

type Settings = Readonly<Record<string, unknown>>;

async function changeSettings(settings: Settings): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('delegate');
  for (const [key, value] of Object.entries(settings)) {
    await configuration.update(key, value, vscode.ConfigurationTarget.Global);
  }
}

/** @returns how to bring back what the user had set. */
async function changedSettings(settings: Settings): Promise<() => Promise<void>> {
  const configuration = vscode.workspace.getConfiguration('delegate');
  const before = Object.keys(settings).map(
    (key) => [key, configuration.inspect(key)?.globalValue] as const,
  );
  await changeSettings(settings);
  return () => changeSettings(Object.fromEntries(before));
}

/** Changes settings for the user while `action` runs. */
export async function withSettings(settings: Settings, action: () => Promise<void>): Promise<void> {
  const restore = await changedSettings(settings);
  try {
    await action();
  } finally {
    await restore();
  }
}

/** Changes settings for the user during one suite. */
export function useSettings(settings: Settings): void {
  let restore: (() => Promise<void>) | null = null;
  suiteSetup(async () => {
    restore = await changedSettings(settings);
  });
  suiteTeardown(() => restore?.());
}

/** The live entries of the ledger: of lines with the same id the last one. */
export function ledgerEntries(): readonly LedgerEntry[] {
  const userData = process.env['DELEGATE_TEST_USER_DATA'];
  if (!userData) throw new Error('The runner names the user data folder.');
  return [...new Map(readLedger(userData).map((entry) => [entry.id, entry])).values()];
}

/** The draft whose diff is in front. */
export function openDraftUri(): vscode.Uri | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputTextDiff)) return null;
  return input.modified.scheme === DRAFT_SCHEME ? input.modified : null;
}

/** The draft that was opened last, in front or, after the user moved on, behind. */
export function latestDraftUri(): vscode.Uri | null {
  const uris = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input.modified] : []));
  return uris.filter(({ scheme }) => scheme === DRAFT_SCHEME).at(-1) ?? null;
}

/** Base name of a document's file, as headers show it. */
export function nameOf(document: vscode.TextDocument): string {
  return path.posix.basename(document.uri.path);
}
