import * as vscode from 'vscode';
import { Ledger } from './accounting/ledger';
import { nodeDisk } from './accounting/nodeDisk';
import { systemClock } from './common/clock';
import { Demo } from './host/demo';
import { DraftDesk } from './host/draftDesk';
import { DraftFileSystem } from './host/draftFileSystem';
import { RunRegistry } from './host/runRegistry';
import { onSettingsChange } from './host/settings';
import { readStatusModel } from './host/statusModel';
import { COMMANDS } from './manifest';
import { CostStatusBar } from './ui/statusBar';

/**
 * Wiring only: status bar and drafts live from here, because they show before any command does.
 * Everything else is in the engine, which is loaded with the first command.
 */
export function activate(context: vscode.ExtensionContext): void {
  const { globalStorageUri, subscriptions } = context;
  const ledgerFolder = vscode.Uri.joinPath(globalStorageUri, 'ledger');
  const registry = new RunRegistry();
  const demo = new Demo();
  const desk = new DraftDesk(vscode.Uri.joinPath(globalStorageUri, 'drafts'));
  const ledger = new Ledger({ disk: nodeDisk(ledgerFolder.fsPath), clock: systemClock });
  subscriptions.push(registry, demo, desk, new DraftFileSystem(desk));
  showStatusBar(context, { registry, demo, ledger });

  const loadEngine = lazily(async () => {
    const { createEngine } = await import('./engine.js');
    return createEngine({ context, registry, ledger, ledgerFolder, desk, demo });
  });
  for (const id of COMMANDS) {
    const run = async (...args: readonly unknown[]): Promise<unknown> => {
      const { commands } = await loadEngine();
      return commands[id](...args);
    };
    subscriptions.push(vscode.commands.registerCommand(id, run));
  }
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
