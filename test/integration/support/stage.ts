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

async function resetSettings(settings: Settings): Promise<void> {
  await changeSettings(Object.fromEntries(Object.keys(settings).map((key) => [key, undefined])));
}

/** Changes settings for the user while `action` runs. */
export async function withSettings(settings: Settings, action: () => Promise<void>): Promise<void> {
  await changeSettings(settings);
  try {
    await action();
  } finally {
    await resetSettings(settings);
  }
}

/** Changes settings for the user during one suite. */
export function useSettings(settings: Settings): void {
  suiteSetup(() => changeSettings(settings));
  suiteTeardown(() => resetSettings(settings));
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

/** Base name of a document's file, as headers show it. */
export function nameOf(document: vscode.TextDocument): string {
  return path.posix.basename(document.uri.path);
}
