import * as vscode from 'vscode';
import { Ledger } from './accounting/ledger';
import { LOOK_UP_DAYS } from './accounting/lostRuns';
import { nodeDisk } from './accounting/nodeDisk';
import { systemClock } from './common/clock';
import { Demo } from './host/demo';
import { DraftDesk } from './host/draftDesk';
import { DraftFileSystem } from './host/draftFileSystem';
import { RunRegistry } from './host/runRegistry';
import { onSettingsChange } from './host/settings';
import { readStatusModel } from './host/statusModel';
import { COMMANDS } from './manifest';
import { registerCodeActions } from './ui/codeActions';
import { CostStatusBar } from './ui/statusBar';

/**
 * Wiring only: status bar and drafts live from here, because they show before any command does.
 * Everything else is in the engine, which is loaded with the first command.
 */
export function activate(context: vscode.ExtensionContext): void {
  const { globalStorageUri, subscriptions } = context;
  const registry = new RunRegistry();
  const demo = new Demo();
  const desk = new DraftDesk(vscode.Uri.joinPath(globalStorageUri, 'drafts'));
  const disk = nodeDisk(vscode.Uri.joinPath(globalStorageUri, 'ledger').fsPath);
  const ledger = new Ledger({ disk, clock: systemClock });
  subscriptions.push(registry, demo, desk, new DraftFileSystem(desk), registerCodeActions());
  showStatusBar(context, { registry, demo, ledger });

  const loadEngine = lazily(async () => {
    const { createEngine } = await import('./engine.js');
    return createEngine({ context, registry, ledger, disk, desk, demo });
  });
  for (const id of COMMANDS) {
    const run = async (...args: readonly unknown[]): Promise<unknown> => {
      const { commands } = await loadEngine();
      return commands[id](...args);
    };
    subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  void resumeLookUps(ledger, loadEngine);
}

/** Runs of earlier sessions whose bill is still owed are a reason to load the engine at start. */
async function resumeLookUps(ledger: Ledger, loadEngine: () => Promise<unknown>): Promise<void> {
  const today = ledger.today();
  const open = await ledger.openEntries({ firstDay: today - LOOK_UP_DAYS, lastDay: today });
  if (open.size > 0) await loadEngine();
}

function showStatusBar(
  { subscriptions }: vscode.ExtensionContext,
  parts: { readonly registry: RunRegistry; readonly demo: Demo; readonly ledger: Ledger },
): void {
  const { registry, demo, ledger } = parts;
  const statusBar = new CostStatusBar(() => readStatusModel(parts));
  const update = (): void => statusBar.update();
  const stopWatching = ledger.watch();
  subscriptions.push(
    statusBar,
    registry.onDidChange(update),
    demo.onDidChange(update),
    new vscode.Disposable(ledger.onDidChange(update)),
    onSettingsChange(['statusBar.period', 'budget.daily', 'budget.monthly'], update),
    new vscode.Disposable(() => {
      stopWatching();
      void ledger.save();
    }),
  );
  update();
}

function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => (loaded ??= load());
}
