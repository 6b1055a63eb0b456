import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { LedgerDisk } from './accounting/disk';
import type { Ledger } from './accounting/ledger/ledger';
import { Reconciler } from './accounting/bills/reconcile';
import { systemClock } from './common/clock';
import { createAgentTool } from './surfaces/agent/agentTool';
import { ChatRestarts, createChatHandler } from './surfaces/chat/chatParticipant';
import { createAccountCommands } from './editor/connection/accountCommands';
import { createCostCommands } from './editor/cost/costCommands';
import { createDemoCommands } from './editor/connection/demoCommands';
import { createDraftCommands } from './editor/drafts/draftCommands';
import { JobRunner } from './editor/run/runJob';
import { createModelCommands } from './editor/connection/modelCommands';
import { SampleDocument } from './surfaces/commands/sampleDocument';
import { createRecipeCommands } from './editor/recipes/recipeCommands';
import { createTaskCommands } from './surfaces/commands/taskCommands';
import { createViewCommands } from './editor/run/viewCommands';
import { BudgetGate } from './editor/run/budgetGate';
import { Connections } from './editor/connection/connections';
import type { Credentials } from './editor/connection/credentials';
import type { Demo } from './editor/connection/demo';
import type { DraftDesk } from './editor/drafts/draftDesk';
import { draftOrigin } from './editor/drafts/draftFileSystem';
import { DraftProver } from './editor/drafts/draftProver';
import { Network } from './editor/connection/network';
import { RunBook } from './editor/run/runBook';
import type { RunRegistry } from './editor/run/activeRuns';
import type { CommandId } from './manifest';
import { createSyntaxService } from './syntax/syntaxService';
import { OutputPanel } from './editor/output/outputPanel';

/** What the entry hands to the engine. */
export interface EngineOptions {
  readonly context: vscode.ExtensionContext;
  readonly credentials: Credentials;
  readonly registry: RunRegistry;
  readonly ledger: Ledger;
  readonly disk: LedgerDisk;
  readonly desk: DraftDesk;
  readonly demo: Demo;
}

export type CommandHandler = (...args: readonly unknown[]) => unknown;

/** All commands but the page, which needs nothing of the engine and shows at once. */
export type EngineCommandId = Exclude<CommandId, 'delegate.showCost'>;

/** Everything that commands need, built once, with the first command. */
export interface Engine {
  readonly commands: Readonly<Record<EngineCommandId, CommandHandler>>;
  readonly prover: DraftProver;
  readonly agentTool: vscode.LanguageModelTool<unknown>;
  readonly answerChat: vscode.ChatRequestHandler;
}

export function createEngine(options: EngineOptions): Engine {
  const { context, credentials, registry, ledger, disk, desk, demo } = options;
  const panel = new OutputPanel();
  const connections = new Connections({
    credentials,
    demo,
    network: new Network(process.env),
    storage: context.globalStorageUri,
  });
  const budget = new BudgetGate(ledger, disk);
  const book = new RunBook();
  const runner = new JobRunner({
    registry,
    panel,
    connections,
    budget,
    book,
    originOf: (uri) => draftOrigin(uri, desk),
  });
  const grammars = vscode.Uri.joinPath(context.extensionUri, 'dist', 'grammars');
  const syntax = createSyntaxService({
    loadWasm: (name) => fs.readFile(vscode.Uri.joinPath(grammars, name).fsPath),
  });
  const prover = new DraftProver(syntax);
  const restarts = new ChatRestarts();
  context.subscriptions.push(panel, connections, budget, budget.watch(), book, restarts);
  startReconciling(options, { connections, budget });
  return {
    prover,
    agentTool: createAgentTool({ runner, desk, prover, syntax }),
    answerChat: createChatHandler({ runner, desk, prover, syntax, restarts }),
    commands: {
      ...createTaskCommands({ runner, desk, prover, syntax, demo, sample: new SampleDocument() }),
      ...createRecipeCommands(),
      ...createDraftCommands({ desk, prover }),
      ...createViewCommands({ registry, panel, book }),
      ...createAccountCommands({ credentials, connections, panel, demo }, context.subscriptions),
      ...createModelCommands(connections),
      ...createCostCommands(ledger),
      ...createDemoCommands(demo),
    },
  };
}

/** Looks up the bills of runs that ended without one, in the background. */
function startReconciling(
  { context, ledger, disk }: EngineOptions,
  { connections, budget }: { readonly connections: Connections; readonly budget: BudgetGate },
): void {
  const reconciler = new Reconciler({
    ledger,
    disk,
    clock: systemClock,
    windowId: randomUUID(),
    getGeneration: async (id) => {
      const { client, isDemo } = await connections.open();
      // The simulator knows nothing of real runs; they wait until the demo is off.
      if (isDemo) throw new Error('The demo is on.');
      return client.getGeneration(id);
    },
    onSettled: (id) => void budget.release(id),
  });
  context.subscriptions.push(new vscode.Disposable(reconciler.start()));
}
