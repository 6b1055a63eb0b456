import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Reservations } from '../accounting/budget/reservations';
import { Reconciler } from '../accounting/bills/reconcile';
import { Ledger } from '../accounting/ledger/ledger';
import { nodeDisk } from '../accounting/nodeDisk';
import { Batch, type BatchOptions } from '../batch/batch';
import { ledgerAccounts, settleFromLedger, heldRun } from '../batch/books';
import { languageOfName } from '../batch/collect/languages';
import { unattended } from '../batch/decisions';
import { hashOf } from '../batch/hash';
import type { BatchJob } from '../batch/job';
import { takeLock } from '../batch/journal/lock';
import { nodeFolder } from '../batch/journal/nodeFolder';
import { nodeWorkspace } from '../batch/nodeWorkspace';
import type { Accounts } from '../batch/produce/accounts';
import { BatchError } from '../batch/produce/batchError';
import { systemClock } from '../common/clock';
import { processExists } from '../common/processes';
import { findIgnoreRule } from '../privacy/ignoreFiles';
import { nodeIgnoreReader } from '../privacy/nodeIgnoreFiles';
import { ProofThread } from '../drafts/proof/proofThread';
import { loadGrammarFile } from '../syntax/grammarFiles';
import type { SyntaxService } from '../syntax/syntax';
import { createSyntaxService } from '../syntax/syntaxService';
import type { Arguments } from './arguments';
import type { Config } from './config';
import type { CliConnection } from './connection';
import { type Folders, batchFolders, newBatchFolder } from './folders';
import type { Report } from './report';
import { maskHere } from '../privacy/maskingThread';

export interface SessionOptions {
  readonly root: string;
  readonly args: Arguments;
  readonly config: Config;
  readonly job: BatchJob;
  readonly folders: Folders;
  readonly connection: CliConnection;
  readonly report: Report;
}

/** A batch that this process works on, with all it needs. */
export interface Session {
  readonly batch: Batch;
  readonly options: BatchOptions;
  close(): Promise<void>;
}

/**
 * Opens the batch of a command: the one that an earlier process began, or whose results still fit
 * the files, else a new one.
 *
 * @throws BatchError while another process works on it.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { args, folders, root, job, report } = options;
  const key = keyOf(root, args, job);
  const existing = await batchFolders(folders.cache, key);
  const latest = existing.at(-1);
  if (latest !== undefined && !args.isNew) {
    const session = await openFolder(options, { key, path: latest });
    const { state } = session.batch;
    // One that was killed while it planned has sent nothing, and plans again.
    if (!state.isEnded) return session;
    if (await session.batch.isCurrent()) {
      report.say('The results of the last run still fit; nothing is sent for them again.');
      if (args.isResuming) await session.batch.retry();
      return session;
    }
    await session.close();
  }
  return openFolder(options, { key, path: newBatchFolder(folders.cache, key, existing) });
}

/** The same command in the same folder is the same batch, whatever its limit or where results go. */
function keyOf(
  root: string,
  args: Arguments,
  { task, instruction, schema, settings }: BatchJob,
): string {
  const { orchestratorModel, workerModel } = settings;
  const targets = [...args.targets].sort();
  return hashOf(
    JSON.stringify([root, task, instruction, schema, targets, orchestratorModel, workerModel]),
  );
}

async function openFolder(
  { root, config, job, connection, report, args }: SessionOptions,
  { key, path }: { readonly key: string; readonly path: string },
): Promise<Session> {
  const folder = nodeFolder(path);
  const self = { pid: process.pid, host: hostname(), isAlive: processExists };
  const unlock = await takeLock(folder, self);
  if (!unlock) throw new BatchError('batch-busy');
  const { syntax, dispose } = openSyntax();
  const options: BatchOptions = {
    key,
    job,
    folder,
    files: nodeWorkspace(root),
    targets: args.targets,
    excludes: config.excludes,
    isKeptOut: ignoreRules(root, config.ignoreFiles),
    languageOf: languageOfName,
    pause: () => nextTurn(),
    syntax,
    ports: {
      client: connection.client,
      models: connection.catalog,
      clock: systemClock,
      random: Math.random,
    },
    limitNanoUsd: args.maxCostNanoUsd ?? config.limitNanoUsd,
    parallel: config.parallel,
    auditShare: config.auditShare,
    mask: config.masksSecrets ? maskHere : null,
    newId: randomUUID,
    newNonce: () => randomBytes(4).toString('hex'),
    decisions: unattended,
    observe: (event) => report.event(event),
  };
  const close = async (): Promise<void> => {
    dispose();
    await unlock();
  };
  return { batch: await Batch.open(options), options, close };
}

/** Parses and proves in a thread of its own where its code lies beside the program; else here. */
function openSyntax(): { readonly syntax: SyntaxService; readonly dispose: () => void } {
  const script = join(__dirname, 'proofWorker.js');
  if (!existsSync(script)) {
    return { syntax: createSyntaxService({ loadWasm: loadGrammarFile }), dispose: () => undefined };
  }
  const thread = new ProofThread({ script, grammars: join(__dirname, 'grammars') });
  return { syntax: thread, dispose: () => thread.dispose() };
}

/** Asks the ignore files of the folder, each of which is read once. */
function ignoreRules(root: string, names: readonly string[]): (path: string) => Promise<boolean> {
  const onDisk = nodeIgnoreReader(root);
  const known = new Map<string, Promise<string | null>>();
  const read = (path: string): Promise<string | null> => {
    const text = known.get(path) ?? onDisk(path);
    known.set(path, text);
    return text;
  };
  return async (path) => (await findIgnoreRule(path, { names, read })) !== null;
}

/** The books of this process: ledger, reservations and the looking up of unknown bills. */
export interface Books {
  readonly accounts: Accounts;
  close(): Promise<void>;
}

/**
 * Opens the books and holds the batch's limit against the budgets.
 *
 * @returns null when a budget does not allow it; nothing was sent then.
 */
export async function openBooks(
  { folders, config, job, connection, report }: SessionOptions,
  { batch, options }: Session,
): Promise<Books | null> {
  const disk = nodeDisk(folders.ledger);
  const ledger = new Ledger({ disk, clock: systemClock });
  const self = { pid: process.pid, host: hostname(), isAlive: processExists };
  const reservations = new Reservations({
    disk,
    ledger,
    clock: systemClock,
    random: Math.random,
    self,
  });
  await reservations.recover();
  await settleFromLedger(batch.journal, ledger, [systemClock.now()]);
  const { hold } = await reservations.hold(
    heldRun(job, batch.state.id ?? '', {
      startedAtMs: systemClock.now(),
      project: '',
      demo: false,
    }),
    Math.max(0, options.limitNanoUsd - batch.state.spentNanoUsd),
    config.policy,
  );
  if (!hold) return null;
  const reconciler = new Reconciler({
    ledger,
    disk,
    clock: systemClock,
    windowId: randomUUID(),
    getGeneration: (id) => connection.client.getGeneration(id),
    onSettled: (id, cost) => {
      void batch.settleBill(id, cost).catch(() => undefined);
      if (cost === null) void reservations.release(id).catch(() => undefined);
    },
  });
  const stop = reconciler.start();
  const onLedgerProblem = (): void =>
    report.say('The ledger could not be written. What was spent is kept in the batch.');
  return {
    accounts: ledgerAccounts({ hold, job, isDemo: false, onLedgerProblem }),
    close: async () => {
      stop();
      await hold.release();
      reservations.dispose();
      await ledger.flush().catch(() => undefined);
    },
  };
}
