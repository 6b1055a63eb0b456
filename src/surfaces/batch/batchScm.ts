import * as vscode from 'vscode';
import type { SkippedFile } from '../../batch/collect/skipReason';
import type { BatchFile } from '../../batch/journal/batchState';
import { REVIEW_GROUPS, type ReviewGroup, reviewGroup } from '../../batch/review';
import { systemClock } from '../../common/clock';
import { shown } from '../../common/shown';
import { BATCH_SCM_ID } from '../../manifest';
import type { BatchSession } from './batchSession';
import { resultUri } from './batchUris';
import { groupTitle, skipWords, standingWords } from './batchWords';

/** A row of the view; commands are given it back. */
export interface BatchRow extends vscode.SourceControlResourceState {
  /** Null for what was left out. */
  readonly file: BatchFile | null;
}

/** Many results come at once; the view is drawn again at most this often. */
const REDRAW_MS = 250;
/** What was left out is counted in the plan; the view lists this many at most. */
const MAX_LEFT_OUT = 1000;

/** The Source Control provider of one batch: what came of each file, by group. */
export class BatchScm implements vscode.Disposable {
  readonly #session: BatchSession;
  readonly #control: vscode.SourceControl;
  readonly #groups: ReadonlyMap<ReviewGroup, vscode.SourceControlResourceGroup>;
  readonly #subscription: vscode.Disposable;
  #cancelRedraw: (() => void) | null = null;

  constructor(session: BatchSession, title: string) {
    this.#session = session;
    const label = shown(vscode.l10n.t('Delegate: {0}', title));
    this.#control = vscode.scm.createSourceControl(BATCH_SCM_ID, label, session.root);
    this.#control.inputBox.visible = false;
    this.#groups = new Map(
      REVIEW_GROUPS.map((id) => {
        // Menus know groups by their ids: an entry of a document cannot be applied.
        const name = session.makesEdits ? id : `document-${id}`;
        const group = this.#control.createResourceGroup(name, groupTitle(id, vscode.l10n));
        group.hideWhenEmpty = true;
        return [id, group];
      }),
    );
    this.#subscription = session.onDidChange(() => this.#redrawSoon());
    this.#redraw();
  }

  dispose(): void {
    this.#cancelRedraw?.();
    this.#subscription.dispose();
    this.#control.dispose();
  }

  #redrawSoon(): void {
    this.#cancelRedraw ??= systemClock.after(REDRAW_MS, () => this.#redraw());
  }

  #redraw(): void {
    this.#cancelRedraw = null;
    const rows = new Map<ReviewGroup, BatchRow[]>(REVIEW_GROUPS.map((id) => [id, []]));
    const { files, skipped } = this.#session.state;
    for (const file of files.values()) {
      const group = reviewGroup(file);
      if (group !== 'waiting') rows.get(group)?.push(this.#row(file, group));
    }
    rows.get('skipped')?.push(...skipped.slice(0, MAX_LEFT_OUT).map((each) => this.#leftOut(each)));
    for (const [id, group] of this.#groups) group.resourceStates = rows.get(id) ?? [];
    this.#control.count = (['verified', 'look', 'conflicts'] as const).reduce(
      (sum, id) => sum + (rows.get(id)?.length ?? 0),
      0,
    );
  }

  #row(file: BatchFile, group: ReviewGroup): BatchRow {
    const session = this.#session;
    const hasDiff = file.result !== '' && session.makesEdits;
    return {
      file,
      resourceUri: session.uriOf(file),
      contextValue: group,
      decorations: {
        tooltip: shown(standingWords(file, vscode.l10n)),
        faded: group === 'skipped' || group === 'applied',
        strikeThrough: file.isDiscarded,
        ...(ICONS[group] !== undefined && { iconPath: new vscode.ThemeIcon(ICONS[group]) }),
      },
      command: {
        title: vscode.l10n.t('Open changes'),
        command: hasDiff ? 'delegate.openBatchFile' : 'vscode.open',
        arguments: [hasDiff ? resultUri(session, file) : session.uriOf(file)],
      },
    };
  }

  #leftOut({ path, reason }: SkippedFile): BatchRow {
    return {
      file: null,
      resourceUri: vscode.Uri.joinPath(this.#session.root, path.replace(/\/$/, '')),
      contextValue: 'skipped',
      decorations: { tooltip: shown(skipWords(reason, vscode.l10n)), faded: true },
    };
  }
}

const ICONS: Partial<Record<ReviewGroup, string>> = {
  verified: 'verified',
  look: 'eye',
  conflicts: 'git-merge',
  failed: 'error',
  applied: 'check',
};
