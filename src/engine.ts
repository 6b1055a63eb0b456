import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { LedgerDisk } from './accounting/disk';
import type { Ledger } from './accounting/ledger/ledger';
import { Reconciler } from './accounting/bills/reconcile';
import { systemClock } from './common/clock';
import { createAgentTool } from './surfaces/agent/agentTool';
import { ChatReruns, createChatHandler } from './surfaces/chat/chatParticipant';
import { createAccountCommands } from './editor/connection/accountCommands';
import { createCostCommands } from './editor/cost/costCommands';
import { createDemoCommands } from './editor/connection/demoCommands';
import { Answers } from './editor/answers/answers';
import { createDraftCommands } from './editor/drafts/draftCommands';
import { JobRunner } from './editor/run/runJob';
import { createCheckCommand } from './editor/run/checkCommand';
import { createModelCommands } from './editor/connection/modelCommands';
import { Batches } from './surfaces/batch/batchCommands';
import { createCompareCommand } from './surfaces/compare/compareCommand';
import { createCommitCommands } from './surfaces/scm/commitCommands';
import { SampleDocument } from './surfaces/commands/sampleDocument';
import { createRecipeCommands } from './editor/recipes/recipeCommands';
import { createTaskCommands } from './surfaces/commands/taskCommands';
import { createViewCommands } from './editor/run/viewCommands';
import { BudgetGate } from './editor/run/budgetGate';
import { Connections } from './editor/connection/connections';
import type { Credentials } from './editor/connection/credentials';
import type { Demo } from './editor/connection/demo';
import { type DraftFiles, DraftFileSystem } from './editor/drafts/draftFileSystem';
import { DraftMarks } from './editor/drafts/draftMarks';
import { DraftVerdicts } from './editor/drafts/draftVerdicts';
import { createWindowDesk } from './editor/drafts/windowDesk';
import { draftOrigin } from './editor/drafts/draftUris';
import { DraftProver } from './editor/drafts/draftProver';
import { Network } from './editor/connection/network';
import { RunBook } from './editor/run/runBook';
import type { RunRegistry } from './editor/run/activeRuns';
import type { CommandId } from './manifest';
import type { DraftDesk } from './drafts/draftDesk';
import { draftsFolder } from './editor/drafts/draftDoor';
import { ProofThread } from './drafts/proof/proofThread';
import { OutputPanel } from './editor/output/outputPanel';
import { MaskingThread } from './privacy/maskingThread';

/** What the entry hands to the engine. */
export interface EngineOptions {
  readonly context: vscode.ExtensionContext;
  readonly credentials: Credentials;
  readonly registry: RunRegistry;
  readonly ledger: Ledger;
  readonly disk: LedgerDisk;
  /** How the editor is told of drafts that changed, which the entry provides as files. */
  readonly draftsChanged: vscode.EventEmitter<vscode.FileChangeEvent[]>;
  readonly demo: Demo;
}

export type CommandHandler = (...args: readonly unknown[]) => unknown;

/** All commands but the page, which needs nothing of the engine and shows at once. */
export type EngineCommandId = Exclude<CommandId, 'delegate.showCost'>;

/** Everything that commands need, built once, with the first command. */
export interface Engine {
  readonly commands: Readonly<Record<EngineCommandId, CommandHandler>>;
  readonly draftFiles: DraftFiles;
  readonly batchFiles: DraftFiles;
  /** Brings back the batch that was open when the window closed. */
  readonly restoreBatch: () => Promise<void>;
  readonly agentTool: vscode.LanguageModelTool<unknown>;
  readonly answerChat: vscode.ChatRequestHandler;
}

export function createEngine(options: EngineOptions): Engine {
  const { context, credentials, registry, ledger, disk, demo } = options;
  const panel = new OutputPanel();
  const connections = new Connections({
    credentials,
    demo,
    network: new Network(process.env),
    storage: context.globalStorageUri,
    memory: context.globalState,
  });
  const budget = new BudgetGate(ledger, disk);
  const book = new RunBook();
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const syntax = new ProofThread({
    script: vscode.Uri.joinPath(dist, 'proofWorker.js').fsPath,
    grammars: vscode.Uri.joinPath(dist, 'grammars').fsPath,
  });
  const masking = new MaskingThread({
    script: vscode.Uri.joinPath(dist, 'maskingWorker.js').fsPath,
  });
  const { mask } = masking;
  const prover = new DraftProver(syntax);
  const { desk, draftFiles } = openDrafts(options, prover);
  const runner = new JobRunner({
    registry,
    panel,
    connections,
    budget,
    book,
    mask,
    originOf: (uri) => draftOrigin(uri, desk),
    demoWishes: (text, languageId) => demo.wishes(text, languageId),
    onFinished: (finished) => answers.add(finished),
  });
  const drafting = { runner, desk, prover, syntax };
  const answers = new Answers({ ...drafting, connections });
  const reruns = new ChatReruns();
  const batches = new Batches({
    ...{ context, demo, ledger, connections, budget, book, syntax, mask },
    changed: options.draftsChanged,
    documents: answers.documents,
  });
  context.subscriptions.push(syntax, masking, panel, connections, budget, budget.watch());
  context.subscriptions.push(book, reruns, answers, batches);
  startReconciling(options, { connections, budget, batches });
  return {
    draftFiles,
    batchFiles: batches.files,
    restoreBatch: () => batches.restore(),
    agentTool: createAgentTool(drafting),
    answerChat: createChatHandler({ ...drafting, documents: answers.documents, reruns }),
    commands: {
      ...createTaskCommands({
        ...drafting,
        demo,
        sample: new SampleDocument(),
        documents: answers.documents,
      }),
      ...answers.commands,
      ...createRecipeCommands(),
      ...createDraftCommands({ desk, prover }),
      ...createViewCommands({ registry, panel, book }),
      ...createAccountCommands({ credentials, connections, panel, demo }, context.subscriptions),
      ...createModelCommands(connections),
      ...createCheckCommand({
        connections,
        panel,
        budget,
        book,
        memory: context.globalState,
      }),
      ...createCostCommands(ledger),
      ...createDemoCommands(demo),
      ...createCommitCommands(runner),
      ...batches.commands,
      ...createCompareCommand({
        connections,
        budget,
        book,
        syntax,
        mask,
        documents: answers.documents,
        storage: context.globalStorageUri,
      }),
    },
  };
}

/** The drafts of this window, with all that shows and follows them. */
function openDrafts(
  { context, draftsChanged }: EngineOptions,
  prover: DraftProver,
): { readonly desk: DraftDesk; readonly draftFiles: DraftFiles } {
  const folder = draftsFolder(context.globalStorageUri);
  const { desk, subscription } = createWindowDesk(folder);
  const draftFiles = new DraftFileSystem(desk, draftsChanged);
  const verdicts = new DraftVerdicts(desk, (draft, text) => prover.prove(draft, text));
  context.subscriptions.push(subscription, draftFiles, verdicts, new DraftMarks(desk));
  return { desk, draftFiles };
}

/** Looks up the bills of runs that ended without one, in the background. */
function startReconciling(
  { context, ledger, disk }: EngineOptions,
  {
    connections,
    budget,
    batches,
  }: {
    readonly connections: Connections;
    readonly budget: BudgetGate;
    readonly batches: Batches;
  },
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
    onSettled: (id, cost) => {
      void budget.release(id);
      void batches.settleBill(id, cost).catch(() => undefined);
    },
  });
  context.subscriptions.push(new vscode.Disposable(reconciler.start()));
}
