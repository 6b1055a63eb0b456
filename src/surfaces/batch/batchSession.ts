import os from 'node:os';
import * as vscode from 'vscode';
import { type ApplyContext, type ApplyEnd, type UndoEnd } from '../../batch/apply/applyFile';
import { applyFile, undoFile } from '../../batch/apply/applyFile';
import type { BatchProgress } from '../../batch/events';
import { type BatchJob, makesEdits } from '../../batch/job';
import type { BatchFile, BatchState } from '../../batch/journal/batchState';
import { Journal } from '../../batch/journal/journal';
import { takeLock } from '../../batch/journal/lock';
import { nodeFolder } from '../../batch/journal/nodeFolder';
import { Results, type StoredResult } from '../../batch/journal/results';
import type { BatchFolder, WorkspaceFiles } from '../../batch/ports';
import { type ReviewGroup, layOutConflict, reviewGroup, reviseFile } from '../../batch/review';
import { type BatchTicket, readTicket, writeTicket } from '../../batch/ticket';
import { processExists } from '../../common/processes';
import type { NanoUsd } from '../../common/money';
import { readRunSettings } from '../../editor/settings/runSettings';
import type { SyntaxService } from '../../syntax/syntax';
import { editorWorkspace } from './editorWorkspace';

/** What a batch asks of the user while it waits. */
export interface BatchQuestion {
  readonly ask: () => Promise<void>;
}

/** What has become of a batch's requests: nothing runs, or they do. */
export interface BatchActivity {
  readonly stop: () => void;
  /** Whether a few files are done first, to learn from them. */
  isLearning: boolean;
  progress: BatchProgress | null;
  question: BatchQuestion | null;
  /** Takes in a bill that became known late. */
  settleBill: ((run: string, cost: NanoUsd | null) => Promise<void>) | null;
}

/**
 * One batch that this window has open: its journal, its results and the user's files. Reviewing
 * needs no connection; `produceBatch` brings one.
 */
export class BatchSession implements vscode.Disposable {
  #ticket: BatchTicket;
  readonly folder: BatchFolder;
  readonly journal: Journal;
  readonly results: Results;
  readonly files: WorkspaceFiles;
  readonly root: vscode.Uri;
  readonly #syntax: SyntaxService;
  readonly #unlock: () => Promise<void>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #activity: BatchActivity | null = null;
  /** Applying and undoing take turns: each looks at what is there and changes it. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    opened: { readonly ticket: BatchTicket; readonly folder: BatchFolder },
    parts: {
      readonly journal: Journal;
      readonly syntax: SyntaxService;
      readonly unlock: () => Promise<void>;
    },
  ) {
    this.#ticket = opened.ticket;
    this.folder = opened.folder;
    this.journal = parts.journal;
    this.results = new Results(opened.folder);
    this.root = vscode.Uri.parse(opened.ticket.root);
    this.files = editorWorkspace(this.root);
    this.#syntax = parts.syntax;
    this.#unlock = parts.unlock;
  }

  /** @returns null when there is no such batch, and `busy` while another window has it. */
  static async open(path: string, syntax: SyntaxService): Promise<BatchSession | 'busy' | null> {
    const folder = nodeFolder(path);
    const ticket = await readTicket(folder);
    if (!ticket) return null;
    const self = { pid: process.pid, host: os.hostname(), isAlive: processExists };
    const unlock = await takeLock(folder, self);
    if (!unlock) return 'busy';
    const journal = await Journal.open(folder);
    return new BatchSession({ ticket, folder }, { journal, syntax, unlock });
  }

  get ticket(): BatchTicket {
    return this.#ticket;
  }

  get id(): string {
    return this.ticket.id;
  }

  get state(): BatchState {
    return this.journal.state;
  }

  get activity(): BatchActivity | null {
    return this.#activity;
  }

  /** With the settings as they are now. */
  get job(): BatchJob {
    const { task, instruction, schema } = this.ticket;
    const { settings } = readRunSettings(task.id, this.root);
    return {
      task,
      instruction,
      schema,
      settings: { ...settings, routing: 'delegated', advisorModel: '', fusionEnabled: false },
    };
  }

  get makesEdits(): boolean {
    return makesEdits(this.job);
  }

  get spentNanoUsd(): NanoUsd {
    return this.state.spentNanoUsd;
  }

  filesOf(group: ReviewGroup): readonly BatchFile[] {
    return [...this.state.files.values()].filter((file) => reviewGroup(file) === group);
  }

  fileAt(path: string): BatchFile | null {
    for (const file of this.state.files.values()) if (file.path === path) return file;
    return null;
  }

  uriOf({ path }: Pick<BatchFile, 'path'>): vscode.Uri {
    return vscode.Uri.joinPath(this.root, path);
  }

  stored(file: BatchFile): Promise<StoredResult | null> {
    return file.result === '' ? Promise.resolve(null) : this.results.get(file.n, file.result);
  }

  /** Keeps what the user chose in the plan. */
  async choose(choices: BatchTicket['choices']): Promise<void> {
    this.#ticket = { ...this.#ticket, choices };
    await writeTicket(this.folder, this.#ticket);
  }

  begin(stop: () => void): BatchActivity {
    this.#activity = { stop, isLearning: false, progress: null, question: null, settleBill: null };
    this.touch();
    return this.#activity;
  }

  end(): void {
    this.#activity = null;
    this.touch();
  }

  /** Tells the views that something changed. */
  touch(): void {
    this.#changed.fire();
  }

  /** Writes results into their files; where both changed, both versions become the result. */
  async apply(
    files: readonly BatchFile[],
    report: (done: number) => void = () => undefined,
  ): Promise<ReadonlyMap<BatchFile, ApplyEnd>> {
    return this.#each(files, report, async (file) => {
      const end = await applyFile(file, this.#context());
      if (end === 'conflict') await this.#layOut(file);
      return end;
    });
  }

  async undo(
    files: readonly BatchFile[],
    report: (done: number) => void = () => undefined,
  ): Promise<ReadonlyMap<BatchFile, UndoEnd>> {
    return this.#each(files, report, (file) => undoFile(file, this.#context()));
  }

  async discard(files: readonly BatchFile[]): Promise<void> {
    for (const { n } of files) await this.journal.add({ t: 'discarded', n });
    this.touch();
  }

  /** Takes over what the user made of a result. */
  async revise(file: BatchFile, text: string): Promise<void> {
    await reviseFile(file, text, this.#context());
    this.touch();
  }

  /** Takes in a bill that was looked up after its request's end, if it is one of this batch. */
  async settleBill(run: string, cost: NanoUsd | null): Promise<void> {
    if (!this.state.open.has(run)) return;
    const settle = this.#activity?.settleBill;
    if (settle) await settle(run, cost);
    else await this.journal.add({ t: 'paid', run, cost });
    this.touch();
  }

  dispose(): void {
    this.#activity?.stop();
    this.#changed.dispose();
    void this.#unlock();
  }

  async #layOut(file: BatchFile): Promise<void> {
    const bytes = await this.files.read(file.path);
    if (bytes === null) return;
    const { l10n } = vscode;
    const labels = {
      mine: l10n.t('your file'),
      base: l10n.t('as it was sent'),
      theirs: l10n.t('result'),
    };
    await layOutConflict(file, bytes.toString('utf8'), { ...this.#context(), labels });
  }

  async #each<T>(
    files: readonly BatchFile[],
    report: (done: number) => void,
    act: (file: BatchFile) => Promise<T>,
  ): Promise<ReadonlyMap<BatchFile, T>> {
    const turn = this.#turn.then(async () => {
      const ends = new Map<BatchFile, T>();
      for (const file of files) {
        ends.set(file, await act(file));
        report(ends.size);
      }
      return ends;
    });
    this.#turn = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.touch();
    }
  }

  #context(): ApplyContext {
    const { job, files, journal, results } = this;
    return { job, files, journal, results, syntax: this.#syntax };
  }
}
