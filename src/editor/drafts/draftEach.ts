import * as vscode from 'vscode';
import { trackRange, updateTrackedRange } from '../../text/trackedRange';
import { documentSymbols } from '../selection/documentSymbols';
import { type SelectionSource, sourceAt } from '../selection/selectionSource';
import { textChanges } from '../selection/documentText';
import { type DraftRunOptions, type FinishedDraft, runDraftJob } from './draftRun';
import type { Rerun } from '../messages/errorActions';
import type { RunView } from '../output/runView';
import type { Job } from '../run/job';
import { showWarning } from '../messages/show';
import type { SyntaxService } from '../../syntax/syntax';

/** Above this many selections, each of which is a run, the user is asked first. */
const MAX_UNASKED = 5;

export interface DraftEachOptions extends DraftRunOptions {
  /** For a caller that shows the runs in a place of its own. */
  readonly view?: RunView;
  readonly cancellation?: vscode.CancellationToken;
  /** Called once per run that started; `rerun` starts it once more, like an error's action. */
  readonly onFinished?: (finished: FinishedDraft, rerun: Rerun) => void;
}

/**
 * Drafts an edit of each selection, one run after the other, because nothing between the selections
 * may change and because each draft is applied or discarded by itself. A run that is refused,
 * fails or is cancelled ends the row: what stopped one would stop the next as well.
 */
export async function draftEach(
  job: Job,
  sources: readonly SelectionSource[],
  options: DraftEachOptions,
): Promise<void> {
  if (sources.length > MAX_UNASKED && !(await isCountAccepted(sources.length))) return;
  const waiting = sources.map((source) => followSource(source, options.syntax));
  try {
    for (const next of waiting) {
      const source = await next.take();
      if (source && !(await draftOne(job, source, options))) return;
    }
  } finally {
    for (const { dispose } of waiting) dispose();
  }
}

async function draftOne(
  job: Job,
  source: SelectionSource,
  options: DraftEachOptions,
): Promise<boolean> {
  const { runner, desk, prover, syntax, onFinished } = options;
  // What is run again from an error is a run like any other, wherever the first one was shown.
  const ordinary = { runner, desk, prover, syntax };
  const rerun = runner.rerunOf(job, (next) => draftEach(next, [source], ordinary));
  const finished = await runDraftJob(job, source, { ...options, rerun });
  if (finished) onFinished?.(finished, rerun);
  return finished?.result.status === 'completed';
}

/** Keeps a source's range right while the document changes, until its turn has come. */
function followSource(
  source: SelectionSource,
  syntax: SyntaxService,
): {
  /** The source as it is now; null when its text is gone. */
  readonly take: () => Promise<SelectionSource | null>;
  readonly dispose: () => void;
} {
  const { document, startOffset, endOffset } = source;
  let range = trackRange({ start: startOffset, end: endOffset });
  const listener = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document !== document) return;
    range = updateTrackedRange(range, textChanges(event));
  });
  return {
    dispose: () => void listener.dispose(),
    take: async () => {
      if (document.version === source.version) return source;
      if (document.isClosed) return null;
      const symbols = await documentSymbols(document, syntax);
      if (range.state === 'gone') return null;
      const now = new vscode.Range(
        document.positionAt(range.start),
        document.positionAt(range.end),
      );
      return sourceAt(document, now, symbols);
    },
  };
}

async function isCountAccepted(count: number): Promise<boolean> {
  const each = vscode.l10n.t('Draft each');
  const answer = await showWarning(
    vscode.l10n.t('{0} places are selected.', count),
    { modal: true, detail: vscode.l10n.t('Each is a run and a draft of its own.') },
    each,
  );
  return answer === each;
}
