import * as vscode from 'vscode';
import type { BatchProgress } from '../../batch/events';
import { systemClock } from '../../common/clock';
import { formatUsd } from '../../common/money';
import { shown } from '../../common/shown';
import type { Localization } from '../../common/translate';
import { BATCH_STATUS_ID } from '../../manifest';
import type { BatchSession } from './batchSession';
import { timeWords } from './batchWords';

/** Every message of a notification is read aloud. */
const TELL_EVERY_MS = 5_000;
const REDRAW_MS = 250;

/** `12 of 60 · $0.0123 · 2 min left` */
export function progressWords(
  progress: BatchProgress,
  isDemo: boolean,
  l10n: Localization,
): string {
  const { done, total, spentNanoUsd, leftMs } = progress;
  const cost = isDemo ? l10n.t('demo {0}', formatUsd(spentNanoUsd)) : formatUsd(spentNanoUsd);
  const left =
    leftMs === null || done === total ? [] : [l10n.t('{0} left', timeWords(leftMs, l10n))];
  return [l10n.t('{0} of {1}', done, total), cost, ...left].join(' · ');
}

/** Says rarely how far a batch is; the first and the last time at once. */
export class ProgressTeller {
  readonly #say: (message: string) => void;
  #toldAtMs = -Infinity;

  constructor(say: (message: string) => void) {
    this.#say = say;
  }

  tell(progress: BatchProgress, isDemo: boolean): void {
    const now = systemClock.now();
    if (now - this.#toldAtMs < TELL_EVERY_MS && progress.done < progress.total) return;
    this.#toldAtMs = now;
    this.#say(progressWords(progress, isDemo, vscode.l10n));
  }
}

/** The status bar item of a batch while it runs or waits for the user. */
export class BatchStatus implements vscode.Disposable {
  readonly #session: BatchSession;
  readonly #title: string;
  readonly #item: vscode.StatusBarItem;
  readonly #subscription: vscode.Disposable;
  #cancelRedraw: (() => void) | null = null;

  constructor(session: BatchSession, title: string) {
    this.#session = session;
    this.#title = title;
    this.#item = vscode.window.createStatusBarItem(
      BATCH_STATUS_ID,
      vscode.StatusBarAlignment.Right,
      89,
    );
    this.#item.name = vscode.l10n.t('Delegate: batch');
    this.#subscription = session.onDidChange(() => {
      this.#cancelRedraw ??= systemClock.after(REDRAW_MS, () => this.#redraw());
    });
    this.#redraw();
  }

  dispose(): void {
    this.#cancelRedraw?.();
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #redraw(): void {
    this.#cancelRedraw = null;
    const { activity, ticket } = this.#session;
    if (!activity) {
      this.#item.hide();
      return;
    }
    const { l10n } = vscode;
    const isWaiting = activity.question !== null;
    const words = isWaiting
      ? l10n.t('batch waits for you')
      : activity.progress
        ? progressWords(activity.progress, ticket.isDemo, l10n)
        : activity.isLearning
          ? l10n.t('batch learns from a few files')
          : l10n.t('batch begins');
    this.#item.text = shown(`${isWaiting ? '$(question)' : '$(sync~spin)'} ${words}`, {
      hasIcons: true,
    });
    const label = `${l10n.t('Delegate: {0}', this.#title)} · ${words}`;
    this.#item.accessibilityInformation = { label: shown(label), role: 'button' };
    this.#item.tooltip = shown(
      isWaiting ? l10n.t('Answer') : l10n.t('Stop the batch; what is done is kept'),
    );
    this.#item.command = isWaiting ? 'delegate.openBatch' : 'delegate.stopBatch';
    this.#item.show();
  }
}
