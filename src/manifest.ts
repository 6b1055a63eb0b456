/**
 * Every id that code and `package.json` share. A test compares both in both directions.
 */

export const COMMANDS = [
  'delegate.summarizeSelection',
  'delegate.draftDocstring',
  'delegate.reformatSelection',
  'delegate.extractFromSelection',
  'delegate.draftRefactor',
  'delegate.translateComments',
  'delegate.draftTests',
  'delegate.runTask',
  'delegate.runOnFiles',
  'delegate.openBatch',
  'delegate.stopBatch',
  'delegate.applyVerified',
  'delegate.undoBatch',
  'delegate.openBatchFile',
  'delegate.openBatchGroup',
  'delegate.applyBatchFiles',
  'delegate.discardBatchFiles',
  'delegate.undoBatchFiles',
  'delegate.draftCommitMessage',
  'delegate.newRecipe',
  'delegate.applyDraft',
  'delegate.applyVerifiedDraft',
  'delegate.applyDoubtfulDraft',
  'delegate.discardDraft',
  'delegate.discardAllDrafts',
  'delegate.openDraft',
  'delegate.openAnswer',
  'delegate.copyAnswer',
  'delegate.runAgain',
  'delegate.openRun',
  'delegate.cancelRun',
  'delegate.showOutput',
  'delegate.showLog',
  'delegate.showCost',
  'delegate.setBudget',
  'delegate.exportLedger',
  'delegate.selectOrchestratorModel',
  'delegate.selectWorkerModel',
  'delegate.signIn',
  'delegate.setApiKey',
  'delegate.signOut',
  'delegate.testConnection',
  'delegate.compareWorkers',
  'delegate.checkModels',
  'delegate.startDemo',
  'delegate.stopDemo',
] as const;

export type CommandId = (typeof COMMANDS)[number];

/** Settings below `delegate.` with the type that the manifest's schema promises. */
export interface SettingTypes {
  orchestratorModel: string;
  workerModel: string;
  protocol: 'responses' | 'chat';
  answer: 'spliced' | 'integrated';
  routing: 'auto' | 'delegated' | 'worker-first' | 'direct';
  'api.baseUrl': string;
  'worker.maxCompletionTokens': number;
  'worker.temperature': number;
  'orchestrator.reasoningEffort': string;
  'worker.reasoningEffort': string;
  'worker.reasoningMaxTokens': number;
  'worker.instructions': string;
  'worker.tools': readonly unknown[];
  'worker.maxToolCalls': number;
  'worker.baseUrl': string;
  tasks: Readonly<Record<string, unknown>>;
  'advisor.model': string;
  'advisor.name': string;
  'advisor.instructions': string;
  'fusion.enabled': boolean;
  'responseCache.enabled': boolean;
  'responseCache.ttlSeconds': number;
  provider: Readonly<Record<string, unknown>>;
  'budget.perRun': number;
  'budget.daily': number;
  'budget.monthly': number;
  'budget.action': 'block' | 'warn';
  'batch.perBatchBudget': number;
  'batch.parallel': number;
  'batch.auditShare': number;
  project: string;
  'statusBar.period': 'session' | 'today' | 'month';
  'stream.connectTimeoutSeconds': number;
  'stream.silenceTimeoutSeconds': number;
  'stream.progressTimeoutSeconds': number;
  'privacy.maskSecrets': boolean;
  'privacy.ignoreFiles': readonly string[];
  'ui.confirmLargeSelectionTokens': number;
  'agentTool.enabled': boolean;
  'chatParticipant.enabled': boolean;
}

export type SettingKey = keyof SettingTypes;

/** Keys of `when` clauses. */
export const CONTEXT_KEYS = [
  'delegate.isRunning',
  'delegate.hasDrafts',
  'delegate.hasRuns',
  'delegate.hasAnswer',
  'delegate.isBatchRunning',
  'delegate.hasVerified',
  'delegate.hasApplied',
  'delegate.isDemo',
  'delegate.verifiedDrafts',
  'delegate.doubtfulDrafts',
  'delegate.hasKey',
  'delegate.hasSummary',
  'delegate.hasRefactorDraft',
] as const;
export type ContextKey = (typeof CONTEXT_KEYS)[number];

/** Name of the tool that agents in chat may call. */
export const AGENT_TOOL = 'delegate_task';
/** Id of the participant `@delegate` in chat. */
export const CHAT_PARTICIPANT = 'delegate.participant';
/** Of buttons in chat that start a run again; no command of the palette. */
export const RUN_AGAIN_COMMAND = 'delegate.internal.runAgain';
/** Id of the status bar item, by which a user hides or shows it. */
export const STATUS_BAR_ID = 'delegate.cost';
/** Id of the status bar item that tells of drafts. */
export const DRAFTS_STATUS_ID = 'delegate.drafts';
/** Key of a workspace's state: which batch is open, for the entry to bring it back. */
export const OPEN_BATCH_KEY = 'delegate.batch';
/** Id of the status bar item that tells of a batch. */
export const BATCH_STATUS_ID = 'delegate.batchProgress';
/** Id of the Source Control provider of a batch. */
export const BATCH_SCM_ID = 'delegate';
/** Type of the page "Show cost". */
export const COST_VIEW_TYPE = 'delegate.cost';
export const OUTPUT_CHANNEL_NAME = 'Delegate';
export const LOG_CHANNEL_NAME = 'Delegate log';
/** Scheme of a draft's editable right side. */
export const DRAFT_SCHEME = 'delegate-draft';
/** Scheme of a draft's left side, the text as it was sent. */
export const SENT_SCHEME = 'delegate-sent';
/**
 * Languages that the editor itself checks whatever a document's scheme is. Of each the manifest
 * brings a second one, which nothing checks, for parts of files.
 */
export const CHECKED_LANGUAGES: readonly string[] = [
  ...['typescript', 'typescriptreact', 'javascript', 'javascriptreact'],
  ...['json', 'jsonc', 'css', 'scss', 'less'],
];
/** What the ids of these second languages begin with. */
export const PART_LANGUAGE_PREFIX = 'delegate-part-';
/** Scheme of the results of a batch and of what was sent for them. */
export const BATCH_SCHEME = 'delegate-batch';
/** Scheme of answers that are opened as documents. */
export const ANSWER_SCHEME = 'delegate-answer';
