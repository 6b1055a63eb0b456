import { DelegateError } from '../../common/delegateError';
import type { NanoUsd } from '../../common/money';
import {
  ALL_IN_PLACE,
  type MaskedRequest,
  type PlaceholderReport,
} from '../../delegation/request/maskedRequest';
import { RunError } from '../../delegation/run/runError';
import type { RunEvent, RunResult } from '../../delegation/run/run';
import type { RunEnded } from '../output/runEnded';
import type { RunStart, RunView } from '../output/runView';

/** What a run that is shown needs around it; nothing of it is the editor's own. */
export interface ShownRunOptions {
  readonly masked: MaskedRequest;
  readonly start: RunStart;
  readonly isDemo: boolean;
  /** Sees the secrets that were masked: it is the user's own. */
  readonly ownView: RunView;
  /** Sees placeholders in their place. */
  readonly view: RunView;
  /** Runs the masked request to its end; never rejects. */
  readonly send: (observe: (event: RunEvent) => void) => Promise<RunResult>;
  /** Writes the ledger line that is owed and frees what was reserved. */
  readonly book: (result: RunResult) => Promise<void>;
  /** Hears every event with its secrets. */
  readonly onEvent?: (event: RunEvent) => void;
  /** What is to be said of worker first. */
  readonly offer: (result: RunResult) => NanoUsd | null;
}

export interface ShownRun extends RunEnded {
  /** The result with placeholders where secrets were masked. */
  readonly maskedResult: RunResult;
  readonly placeholders: PlaceholderReport;
}

/**
 * Sends a request and shows it in its views.
 *
 * The run is booked before anything else is done with its answer, and nothing that fails then takes
 * the result, its closing line or its message away.
 */
export async function showRun(options: ShownRunOptions): Promise<ShownRun> {
  const { masked, start, isDemo } = options;
  const own = guarded(options.ownView);
  const view = guarded(options.view);
  own.start(start);
  view.start(start);
  const show = (event: RunEvent): void => {
    own.event(event);
    attempt(() => options.onEvent?.(event));
  };
  const maskedResult = await options.send((event) => {
    view.event(event);
    const restored = attempt(() => masked.restoreEvent(event));
    if (restored) show(restored);
  });
  await options.book(maskedResult).catch(() => undefined);
  const tail = attempt(() => masked.restoreTail()) ?? '';
  // It is restored already: put through restoring once more it would be held back again.
  if (tail !== '') show({ type: 'answer-delta', text: tail });
  const { result, placeholders } = restored(masked, maskedResult);
  const ended: RunEnded = { result, isDemo, workerFirstNanoUsd: options.offer(result) };
  own.end(ended);
  view.end({ ...ended, result: hasFailedSince(maskedResult, result) ? result : maskedResult });
  return { ...ended, maskedResult, placeholders };
}

function restored(
  masked: MaskedRequest,
  raw: RunResult,
): { readonly result: RunResult; readonly placeholders: PlaceholderReport } {
  try {
    return masked.restoreResult(raw);
  } catch (error) {
    return { result: brokenResult(raw, error), placeholders: ALL_IN_PLACE };
  }
}

/** A run whose answer could not be made use of; what it cost stays as it was. */
export function brokenResult(raw: RunResult, cause: unknown): RunResult {
  return {
    ...raw,
    status: 'failed',
    outcome: null,
    checkedBy: null,
    error: cause instanceof DelegateError ? cause : new RunError(cause),
  };
}

function hasFailedSince(before: RunResult, after: RunResult): boolean {
  return before.status === 'completed' && after.status !== 'completed';
}

/** The view with what it throws kept from the run. */
function guarded(view: RunView): RunView {
  return {
    refuse: (help) => attempt(() => view.refuse(help)),
    start: (start) => attempt(() => view.start(start)),
    event: (event) => attempt(() => view.event(event)),
    end: (ended) => attempt(() => view.end(ended)),
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    // A view's own tests are the place to find this.
    return undefined;
  }
}
