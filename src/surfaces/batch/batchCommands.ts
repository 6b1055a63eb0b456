import * as vscode from 'vscode';
import type { Ledger } from '../../accounting/ledger/ledger';
import { NANO_PER_USD } from '../../common/money';
import type { Demo } from '../../editor/connection/demo';
import type { DraftFiles } from '../../editor/drafts/draftFileSystem';
import { showInformation } from '../../editor/messages/show';
import { InstructionBox } from '../../editor/run/instructionBox';
import { readSetting } from '../../editor/settings/settings';
import { filesGiven, groupGiven, inGroups } from './batchArguments';
import { BatchDesk } from './batchDesk';
import { openResult, openResults } from './batchDiffs';
import { BatchFiles } from './batchFiles';
import { BatchMenu } from './batchMenu';
import type { BatchParts } from './batchParts';
import { applyFiles, undoFiles } from './batchReview';
import type { BatchSession } from './batchSession';
import { batchTargets } from './batchTargets';
import { batchTask } from './batchTask';
import { groupTitle } from './batchWords';

export interface BatchesOptions extends BatchParts {
  readonly demo: Demo;
  readonly context: vscode.ExtensionContext;
  readonly ledger: Ledger;
  readonly changed: vscode.EventEmitter<vscode.FileChangeEvent[]>;
}

/** The door to batches: commands, the sides of results as files, and what a reload brings back. */
export class Batches implements vscode.Disposable {
  readonly #options: BatchesOptions;
  readonly #desk: BatchDesk;
  readonly #files: BatchFiles;
  readonly #menu: BatchMenu;
  readonly #boxes = { box: new InstructionBox(), languages: new InstructionBox() };

  constructor(options: BatchesOptions) {
    const { context, syntax, changed, ledger } = options;
    this.#options = options;
    this.#desk = new BatchDesk({
      storage: context.globalStorageUri,
      memory: context.workspaceState,
      syntax,
      ledger,
    });
    this.#files = new BatchFiles((id) => this.#desk.find(id), changed);
    this.#menu = new BatchMenu({ ...options, desk: this.#desk, views: this.#files });
  }

  get files(): DraftFiles {
    return this.#files;
  }

  readonly commands = {
    'delegate.runOnFiles': (...given: readonly unknown[]) => this.#runOnFiles(given),
    'delegate.openBatch': () => this.#menu.open(),
    'delegate.stopBatch': () => this.#desk.current?.activity?.stop(),
    'delegate.applyVerified': () =>
      this.#with((session) => applyFiles(session, session.filesOf('verified'), this.#files)),
    'delegate.undoBatch': () =>
      this.#with((session) => undoFiles(session, session.filesOf('applied'), this.#files)),
    'delegate.openBatchFile': (...given: readonly unknown[]) =>
      this.#with(async (session) => {
        const [file] = filesGiven(session, given);
        if (file) await openResult(session, file);
      }),
    'delegate.openBatchGroup': (given?: unknown) =>
      this.#with(async (session) => {
        const group = groupGiven(given);
        if (!group) return;
        await openResults(session, session.filesOf(group), groupTitle(group, vscode.l10n));
      }),
    'delegate.applyBatchFiles': (...given: readonly unknown[]) =>
      this.#with((session) =>
        applyFiles(
          session,
          inGroups(filesGiven(session, given), ['verified', 'look', 'conflicts']),
          this.#files,
        ),
      ),
    'delegate.discardBatchFiles': (...given: readonly unknown[]) =>
      this.#with(async (session) => {
        const files = filesGiven(session, given);
        await session.discard(inGroups(files, ['verified', 'look', 'conflicts', 'failed']));
        this.#files.announce(session, files);
      }),
    'delegate.undoBatchFiles': (...given: readonly unknown[]) =>
      this.#with((session) =>
        undoFiles(session, inGroups(filesGiven(session, given), ['applied']), this.#files),
      ),
  };

  /** Brings back the batch that was open when the window closed, and offers to go on with it. */
  async restore(): Promise<void> {
    const session = await this.#desk.restore();
    if (session) await this.#menu.offerToGoOn(session);
  }

  /** Takes in a bill that was looked up. */
  settleBill(run: string, costNanoUsd: number | null): Promise<void> {
    return this.#desk.settleBill(run, costNanoUsd);
  }

  dispose(): void {
    this.#files.dispose();
    this.#desk.dispose();
  }

  async #with(act: (session: BatchSession) => Promise<void>): Promise<void> {
    const { current } = this.#desk;
    if (current) await act(current);
  }

  /** `given` are the file that was clicked and all that are selected, or arguments of a keybinding. */
  async #runOnFiles(given: readonly unknown[]): Promise<void> {
    const [clicked, all] = given;
    if (this.#desk.current?.activity) {
      void showInformation(vscode.l10n.t('A batch is under way. Stop it, or wait for its end.'));
      return;
    }
    const targets = await batchTargets(clicked, all);
    const job = targets && (await batchTask(this.#boxes, given.at(-1)));
    if (!targets || !job) return;
    const session = await this.#desk.create({
      root: targets.folder.uri.toString(),
      targets: targets.paths,
      task: job.task,
      instruction: job.instruction,
      schema: job.schema ?? null,
      isDemo: this.#options.demo.endpoint !== null,
      choices: {
        limitNanoUsd: Math.round(readSetting('batch.perBatchBudget') * NANO_PER_USD),
        parallel: readSetting('batch.parallel'),
        auditShare: readSetting('batch.auditShare'),
      },
    });
    await this.#menu.planAndRun(session);
  }
}
