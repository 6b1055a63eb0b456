import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { LedgerDisk } from './accounting/disk';
import type { Ledger } from './accounting/ledger';
import { Reconciler } from './accounting/reconcile';
import { systemClock } from './common/clock';
import { createAgentTool } from './commands/agentTool';
import { ChatRestarts, createChatHandler } from './commands/chatParticipant';
import { createAccountCommands } from './commands/accountCommands';
import { createCostCommands } from './commands/costCommands';
import { createDemoCommands } from './commands/demoCommands';
import { createDraftCommands } from './commands/draftCommands';
import { JobRunner } from './commands/jobRunner';
import { createModelCommands } from './commands/modelCommands';
import { SampleDocument } from './commands/sampleDocument';
import { createRecipeCommands } from './commands/recipeCommands';
import { createTaskCommands } from './commands/taskCommands';
import { createViewCommands } from './commands/viewCommands';
import { BudgetGate } from './host/budgetGate';
import { Connections } from './host/connections';
import type { Credentials } from './host/credentials';
import type { Demo } from './host/demo';
import type { DraftDesk } from './host/draftDesk';
import { DraftProver } from './host/draftProver';
import { Network } from './host/network';
import { RunBook } from './host/runBook';
import type { RunRegistry } from './host/runRegistry';
import type { CommandId } from './manifest';
import { createSyntaxService } from './syntax/syntaxService';
import { OutputPanel } from './ui/outputPanel';

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
  const runner = new JobRunner({ registry, panel, connections, budget, book });
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
