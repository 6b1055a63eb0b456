import * as vscode from 'vscode';
import { Counters } from './accounting/report/counters';
import { Ledger } from './accounting/ledger/ledger';
import { LOOK_UP_DAYS } from './accounting/budget/lostRuns';
import { nodeDisk } from './accounting/nodeDisk';
import { systemClock } from './common/clock';
import { Credentials } from './editor/connection/credentials';
import { Demo } from './editor/connection/demo';
import { readPolicy } from './editor/settings/budgetSettings';
import { registerDraftDoor } from './editor/drafts/draftDoor';
import { registerRecipeHelp } from './editor/recipes/recipeDocuments';
import { RunRegistry } from './editor/run/activeRuns';
import { onSettingsChange } from './editor/settings/settings';
import { readStatusModel } from './editor/cost/statusModel';
import type { Engine } from './engine';
import { AGENT_TOOL, CHAT_PARTICIPANT, COMMANDS, COST_VIEW_TYPE, OPEN_BATCH_KEY } from './manifest';
import { registerCodeActions } from './surfaces/commands/codeActions';
import type { CostPage } from './editor/cost/costPage';
import { CostStatusBar } from './editor/cost/statusBar';

/**
 * Wiring only: the status bar lives from here, because it shows before any command does. Everything
 * else is in the engine, which is loaded with the first command, or with the first draft.
 */
export function activate(context: vscode.ExtensionContext): void {
  const { globalStorageUri, subscriptions } = context;
  const registry = new RunRegistry();
  const demo = new Demo();
  const credentials = new Credentials(context.secrets, process.env);
  const disk = nodeDisk(vscode.Uri.joinPath(globalStorageUri, 'ledger').fsPath);
  const ledger = new Ledger({ disk, clock: systemClock });
  const counters = new Counters({ ledger, disk, clock: systemClock });
  subscriptions.push(registry, demo, registerCodeActions());
  subscriptions.push(credentials.follow());
  showStatusBar(context, { registry, demo, ledger, counters });
  const showCost = registerCostPage(context, { demo, ledger, counters });

  const draftsChanged = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const loadEngine = lazily(async () => {
    const { createEngine } = await import('./engine.js');
    return createEngine({ context, credentials, registry, ledger, disk, draftsChanged, demo });
  });
  subscriptions.push(
    draftsChanged,
    registerDraftDoor({ globalStorageUri, draftsChanged }, loadEngine),
    registerAgentTool(loadEngine),
    registerChatParticipant(context.extensionUri, loadEngine),
    registerRecipeHelp(),
  );
  for (const id of COMMANDS) {
    const run = async (...args: readonly unknown[]): Promise<unknown> => {
      if (id === 'delegate.showCost') return showCost();
      const { commands } = await loadEngine();
      return commands[id](...args);
    };
    subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  void resumeLookUps(ledger, loadEngine);
  // The batch that was open in this workspace, perhaps in the middle of its work.
  if (context.workspaceState.get(OPEN_BATCH_KEY) !== undefined) {
    void loadEngine().then(({ restoreBatch }) => restoreBatch());
  }
}

/** Agents in chat call the tool by name; an editor may be built without that API. */
function registerAgentTool(loadEngine: () => Promise<Engine>): vscode.Disposable {
  const { lm } = vscode as { readonly lm?: Partial<typeof vscode.lm> };
  if (!lm?.registerTool) return vscode.Disposable.from();
  return lm.registerTool<unknown>(AGENT_TOOL, {
    prepareInvocation: async (options, token) =>
      (await loadEngine()).agentTool.prepareInvocation?.(options, token),
    invoke: async (options, token) => (await loadEngine()).agentTool.invoke(options, token),
  });
}

/** `@delegate` in chat, where the editor has one. */
function registerChatParticipant(
  extensionUri: vscode.Uri,
  loadEngine: () => Promise<Engine>,
): vscode.Disposable {
  const { chat } = vscode as { readonly chat?: Partial<typeof vscode.chat> };
  if (!chat?.createChatParticipant) return vscode.Disposable.from();
  const participant = chat.createChatParticipant(CHAT_PARTICIPANT, async (...request) =>
    (await loadEngine()).answerChat(...request),
  );
  participant.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
  return participant;
}

/** Runs of earlier sessions whose bill is still owed are a reason to load the engine at start. */
async function resumeLookUps(ledger: Ledger, loadEngine: () => Promise<unknown>): Promise<void> {
  const today = ledger.today();
  const open = await ledger.openEntries({ firstDay: today - LOOK_UP_DAYS, lastDay: today });
  if (open.size > 0) await loadEngine();
}

interface MoneyParts {
  readonly demo: Demo;
  readonly ledger: Ledger;
  readonly counters: Counters;
}

/** The page is a chunk of its own; the editor may bring it back before any command does. */
function registerCostPage(
  { subscriptions, extensionUri, globalState }: vscode.ExtensionContext,
  { demo, ledger, counters }: MoneyParts,
): () => Promise<void> {
  const load = lazily(async () => {
    const { CostPage } = await import('./editor/cost/costPage.js');
    const page: CostPage = new CostPage({
      extensionUri,
      memory: globalState,
      ledger,
      counters,
      readPolicy,
      isDemo: () => demo.endpoint !== null,
      onDidChange: (callback) =>
        vscode.Disposable.from(
          demo.onDidChange(callback),
          onSettingsChange(['budget.perRun', 'budget.daily', 'budget.monthly'], callback),
        ),
    });
    subscriptions.push(page);
    return page;
  });
  subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(COST_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel) => (await load()).restore(panel),
    }),
  );
  return async () => (await load()).show();
}

function showStatusBar(
  { subscriptions }: vscode.ExtensionContext,
  parts: MoneyParts & { readonly registry: RunRegistry },
): void {
  const { registry, demo, ledger, counters } = parts;
  const statusBar = new CostStatusBar(() => readStatusModel(parts));
  const update = (): void => statusBar.update();
  const stopWatching = ledger.watch();
  const stopFollowing = counters.watch();
  subscriptions.push(
    statusBar,
    registry.onDidChange(update),
    demo.onDidChange(update),
    new vscode.Disposable(ledger.onDidChange(update)),
    new vscode.Disposable(counters.onDidChange(update)),
    onSettingsChange(['statusBar.period', 'budget.daily', 'budget.monthly'], update),
    new vscode.Disposable(() => {
      stopFollowing();
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
