import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Ledger } from '../../accounting/ledger/ledger';
import { settleFromLedger } from '../../batch/books';
import { nodeFolder, removeOldFolder } from '../../batch/journal/nodeFolder';
import type { ReviewGroup } from '../../batch/review';
import { type BatchTicket, readTicket, writeTicket } from '../../batch/ticket';
import { delay, systemClock } from '../../common/clock';
import type { NanoUsd } from '../../common/money';
import { OPEN_BATCH_KEY } from '../../manifest';
import { setContextKey } from '../../editor/editorCommands';
import { taskTitle } from '../../editor/messages/taskTitles';
import type { SyntaxService } from '../../syntax/syntax';
import { BatchScm } from './batchScm';
import { BatchSession } from './batchSession';
import { BatchStatus } from './batchProgress';

/** The process of a window that was reloaded may live for a moment longer. */
const LOCK_TRIES = 8;
const LOCK_WAIT_MS = 1_000;

export interface BatchDeskOptions {
  readonly storage: vscode.Uri;
  readonly memory: vscode.Memento;
  readonly syntax: SyntaxService;
  readonly ledger: Ledger;
}

/** Whether there is something left to do in a batch, or to look at. */
function isPending(session: BatchSession): boolean {
  const { state } = session;
  if (!state.isEnded) return true;
  const open = (['verified', 'look', 'conflicts'] as const).some(
    (group) => session.filesOf(group).length > 0,
  );
  return session.makesEdits && open;
}

/** Tells of a value when it changes. */
class Flag {
  readonly #tell: (value: boolean) => void;
  #value = false;

  constructor(tell: (value: boolean) => void) {
    this.#tell = tell;
  }

  set(value: boolean): void {
    if (value === this.#value) return;
    this.#value = value;
    this.#tell(value);
  }
}

/** The batches on this machine, and the one that this window has open. */
export class BatchDesk implements vscode.Disposable {
  readonly #options: BatchDeskOptions;
  readonly #root: string;
  #current: { readonly session: BatchSession; readonly views: vscode.Disposable } | null = null;
  readonly #isRunning = new Flag((is) => setContextKey('delegate.isBatchRunning', is));
  readonly #hasVerified = new Flag((is) => setContextKey('delegate.hasVerified', is));
  readonly #hasApplied = new Flag((is) => setContextKey('delegate.hasApplied', is));
  /** One that is through is found in the list; it is not a reason to load anything at start. */
  readonly #isPending = new Flag((is) => {
    const id = is ? this.current?.id : undefined;
    void this.#options.memory.update(OPEN_BATCH_KEY, id);
  });
  #restoring: Promise<unknown> = Promise.resolve();

  constructor(options: BatchDeskOptions) {
    this.#options = options;
    this.#root = vscode.Uri.joinPath(options.storage, 'batches').fsPath;
  }

  get current(): BatchSession | null {
    return this.#current?.session ?? null;
  }

  /** The open batch with this id, once what is being brought back is there. */
  async find(id: string): Promise<BatchSession | null> {
    await this.#restoring;
    return this.current?.id === id ? this.current : null;
  }

  /** Begins a batch and opens it. */
  async create(ticket: Omit<BatchTicket, 'id' | 'at'>): Promise<BatchSession> {
    await this.#removeOld();
    const id = randomUUID();
    const at = new Date(systemClock.now()).toISOString();
    await writeTicket(nodeFolder(this.#path(id)), { ...ticket, id, at });
    const session = await this.open(id);
    if (!session) throw new Error('A batch that was just made cannot be opened.');
    return session;
  }

  /** @returns null when there is none, or another window has it. */
  async open(id: string): Promise<BatchSession | null> {
    if (this.current?.id === id) return this.current;
    const session = await BatchSession.open(this.#path(id), this.#options.syntax);
    if (session === null || session === 'busy') return null;
    const begunAtMs = Date.parse(session.ticket.at);
    await settleFromLedger(session.journal, this.#options.ledger, [begunAtMs, systemClock.now()]);
    this.#show(session);
    return session;
  }

  /** Opens the batch that was open when the window closed, waiting for its last process to end. */
  restore(): Promise<BatchSession | null> {
    const restoring = this.#restore();
    this.#restoring = restoring.catch(() => undefined);
    return restoring;
  }

  /** Removes the open batch for good; files that were applied stay as they are. */
  async discard(): Promise<void> {
    const { current } = this;
    if (!current) return;
    this.#close();
    await rm(this.#path(current.id), { recursive: true, force: true });
  }

  /** Batches of the folders of this window, the newest first. */
  async list(): Promise<readonly BatchTicket[]> {
    const roots = new Set(vscode.workspace.workspaceFolders?.map(({ uri }) => uri.toString()));
    const names = await readdir(this.#root).catch((): string[] => []);
    const tickets = await Promise.all(names.map((id) => readTicket(nodeFolder(this.#path(id)))));
    return tickets
      .filter((ticket) => ticket !== null)
      .filter(({ root }) => roots.has(root))
      .sort((a, b) => b.at.localeCompare(a.at));
  }

  async settleBill(run: string, cost: NanoUsd | null): Promise<void> {
    await this.current?.settleBill(run, cost);
  }

  /** As the window closes: what is open is remembered. */
  dispose(): void {
    this.#current?.views.dispose();
    this.#current?.session.dispose();
  }

  async #restore(): Promise<BatchSession | null> {
    const { memory } = this.#options;
    const id = memory.get<string>(OPEN_BATCH_KEY);
    if (id === undefined) return null;
    for (let tries = 1; ; tries += 1) {
      const session = await this.open(id);
      if (session && !isPending(session)) await memory.update(OPEN_BATCH_KEY, undefined);
      if (session || tries === LOCK_TRIES) return session;
      await delay(systemClock, LOCK_WAIT_MS);
    }
  }

  #path(id: string): string {
    return path.join(this.#root, path.basename(id));
  }

  #show(session: BatchSession): void {
    this.#close();
    const title = taskTitle(session.ticket.task, vscode.l10n);
    const views = vscode.Disposable.from(
      new BatchScm(session, title),
      new BatchStatus(session, title),
      session.onDidChange(() => this.#setKeys()),
    );
    this.#current = { session, views };
    this.#setKeys();
  }

  #close(): void {
    const current = this.#current;
    this.#current = null;
    current?.views.dispose();
    current?.session.dispose();
    this.#setKeys();
  }

  /** Only what has changed is told: files come by the hundred. */
  #setKeys(): void {
    const { current } = this;
    const has = (group: ReviewGroup): boolean =>
      current !== null && current.makesEdits && current.filesOf(group).length > 0;
    this.#isRunning.set(current !== null && current.activity !== null);
    this.#hasVerified.set(has('verified'));
    this.#hasApplied.set(has('applied'));
    this.#isPending.set(current !== null && isPending(current));
  }

  async #removeOld(): Promise<void> {
    const nowMs = systemClock.now();
    for (const id of await readdir(this.#root).catch((): string[] => [])) {
      if (id !== this.current?.id) await removeOldFolder(this.#path(id), nowMs);
    }
  }
}
