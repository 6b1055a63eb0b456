import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Ledger } from './accounting/ledger';
import { createAccountCommands } from './commands/accountCommands';
import { createCostCommands } from './commands/costCommands';
import { createDemoCommands } from './commands/demoCommands';
import { createDraftCommands } from './commands/draftCommands';
import { JobRunner } from './commands/jobRunner';
import { createModelCommands } from './commands/modelCommands';
import { createTaskCommands } from './commands/taskCommands';
import { createViewCommands } from './commands/viewCommands';
import { BudgetGate } from './host/budgetGate';
import { Connections } from './host/connections';
import { Credentials } from './host/credentials';
import type { Demo } from './host/demo';
import type { DraftDesk } from './host/draftDesk';
import { DraftProver } from './host/draftProver';
import { RunBook } from './host/runBook';
import type { RunRegistry } from './host/runRegistry';
import type { CommandId } from './manifest';
import { createSyntaxService } from './syntax/syntaxService';
import { OutputPanel } from './ui/outputPanel';

/** What the entry hands to the engine. */
export interface EngineOptions {
  readonly context: vscode.ExtensionContext;
  readonly registry: RunRegistry;
  readonly ledger: Ledger;
  readonly ledgerFolder: vscode.Uri;
  readonly desk: DraftDesk;
  readonly demo: Demo;
}

export type CommandHandler = (...args: readonly unknown[]) => unknown;

/** Everything that commands need, built once, with the first command. */
export interface Engine {
  readonly commands: Readonly<Record<CommandId, CommandHandler>>;
}

export function createEngine(options: EngineOptions): Engine {
  const { context, registry, ledger, desk, demo } = options;
  const panel = new OutputPanel();
  const credentials = new Credentials(context.secrets, process.env);
  const connections = new Connections({ credentials, demo, storage: context.globalStorageUri });
  const budget = new BudgetGate(ledger, options.ledgerFolder);
  const book = new RunBook();
  const runner = new JobRunner({ registry, panel, connections, budget, book });
  const grammars = vscode.Uri.joinPath(context.extensionUri, 'dist', 'grammars');
  const syntax = createSyntaxService({
    loadWasm: (name) => fs.readFile(vscode.Uri.joinPath(grammars, name).fsPath),
  });
  const prover = new DraftProver(syntax);
  context.subscriptions.push(panel, connections, budget, book);
  void budget.recover();
  return {
    commands: {
      ...createTaskCommands({ runner, desk, prover, syntax }),
      ...createDraftCommands({ desk, prover }),
      ...createViewCommands({ registry, panel, book }),
      ...createAccountCommands({ credentials, connections, panel }),
      ...createModelCommands(connections),
      ...createCostCommands(ledger),
      ...createDemoCommands(demo),
    },
  };
}
