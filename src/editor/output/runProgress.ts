import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import type { RunEvent } from '../../delegation/run/run';
import { showProgress } from '../messages/show';
import { retryWords } from './retryWords';
import { stepWords } from './stepWords';
import { HEARTBEAT_LINE_MS } from './transcript';

/**
 * The extension host hands messages of a progress on at most every 100 ms, and drops what is left
 * when it ends. The editor reads a message aloud as it comes, so the notification need not stay.
 */
const LAST_WORDS_MS = 120;

export interface RunProgress {
  readonly report: (event: RunEvent) => void;
  /** Closes at once, or as soon as the last words have reached the editor. */
  readonly close: (lastWords: string | null) => void;
}

/** Shows a run as a progress notification with Cancel; screen readers announce its messages. */
export function showRunProgress(title: string, onCancel: () => void): RunProgress {
  let close = (): void => undefined;
  let say: ((message: string) => void) | null = null;
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  void showProgress(vscode.l10n.t('Delegate: {0}', title), (report, token) => {
    say = report;
    token.onCancellationRequested(onCancel);
    return closed;
  });
  const words = new ProgressWords();
  return {
    close: (lastWords) => {
      if (lastWords === null) {
        close();
        return;
      }
      say?.(lastWords);
      systemClock.after(LAST_WORDS_MS, close);
    },
    report: (event) => {
      const message = words.next(event);
      if (message !== null) say?.(message);
    },
  };
}

/** What is told of a run while it is under way, event by event. */
export class ProgressWords {
  #heartbeats = -1;
  #last: string | null = null;
  #isWorkerAlone = false;

  /** @returns null for nothing new. */
  next(event: RunEvent): string | null {
    if (event.type === 'heartbeat-received') {
      const told = this.#heartbeats;
      this.#heartbeats = Math.floor(event.waitingMs / HEARTBEAT_LINE_MS);
      if (this.#heartbeats === told) return null;
    }
    if (event.type === 'step-start') this.#isWorkerAlone = event.step !== 'delegated';
    // Only an orchestrator plans; a worker that is asked alone was announced by its step.
    if (event.type === 'request-sent' && this.#isWorkerAlone) return null;
    const message = progressMessage(event);
    if (message === this.#last) return null;
    this.#last = message ?? this.#last;
    return message;
  }
}

/** What a notification says of an event; null for nothing new. */
function progressMessage(event: RunEvent): string | null {
  const { l10n } = vscode;
  switch (event.type) {
    case 'run-start':
      return l10n.t('sending…');
    case 'step-start':
      return stepWords(event, l10n);
    case 'request-sent':
      return l10n.t('the orchestrator plans');
    case 'heartbeat-received':
      return l10n.t('alive · waiting {0} s', Math.round(event.waitingMs / 1000));
    case 'delegation-update':
      return delegationMessage(event);
    case 'answer-delta':
      return l10n.t('the answer arrives');
    case 'retry-scheduled':
      if (event.reason === 'format-refused') return retryWords(event, l10n);
      return l10n.t('trying again in {0} s', Math.round(event.delayMs / 1000));
    case 'tool-update':
      return l10n.t('the orchestrator asks: {0}', event.use.tool.replaceAll('_', ' '));
    case 'answer-restart':
    case 'preamble':
    case 'usage-available':
      return null;
  }
}

function delegationMessage({
  delegation,
  planned,
}: Extract<RunEvent, { type: 'delegation-update' }>): string {
  const { l10n } = vscode;
  const known = planned.taskName ?? delegation.taskName ?? delegation.workerName;
  const name = known ?? delegation.model ?? planned.workerModel ?? l10n.t('worker');
  switch (delegation.status) {
    case 'running':
      return l10n.t('worker writes: {0}', name);
    case 'ok':
      return l10n.t('the orchestrator checks: {0}', name);
    case 'failed':
      return l10n.t('worker failed: {0}', name);
  }
}
