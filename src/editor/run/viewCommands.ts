import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import type { RunBook } from './runBook';
import type { RunRegistry } from './activeRuns';
import type { OutputPanel } from '../output/outputPanel';
import { pickMany, showInformation } from '../messages/show';

export interface ViewCommandOptions {
  readonly registry: RunRegistry;
  readonly panel: OutputPanel;
  readonly book: RunBook;
}

export function createViewCommands({ registry, panel, book }: ViewCommandOptions): {
  readonly 'delegate.cancelRun': () => Promise<void>;
  readonly 'delegate.showOutput': () => void;
  readonly 'delegate.showLog': () => void;
} {
  return {
    'delegate.cancelRun': () => cancelRun(registry),
    // A user who asks for them wants to read them, by keyboard as well, so they take the focus.
    'delegate.showOutput': () => panel.show({ preserveFocus: false }),
    'delegate.showLog': () => book.log.show(),
  };
}

/** Cancels the one run there is; of several, those that the user picks. */
async function cancelRun(registry: RunRegistry): Promise<void> {
  const { runs } = registry;
  const [only, ...others] = runs;
  if (!only) {
    void showInformation(vscode.l10n.t('Nothing is running.'));
    return;
  }
  if (others.length === 0) {
    only.cancel();
    return;
  }
  const picked = await pickMany(
    runs.map((run) => ({
      label: run.title,
      description: vscode.l10n.t(
        'running for {0} s',
        Math.round((systemClock.now() - run.startedAtMs) / 1000),
      ),
      run,
    })),
    { title: vscode.l10n.t('Cancel run') },
  );
  for (const { run } of picked ?? []) run.cancel();
}
