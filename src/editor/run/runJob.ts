import { randomBytes, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type EndpointPriceRange, priceRange } from '../../catalog/endpointPrices';
import { systemClock } from '../../common/clock';
import type { RunRequest } from '../../delegation/run/run';
import type { RunPorts } from '../../delegation/ports';
import { runTask } from '../../delegation/runTask';
import { countTokens } from '../../text/tokens';
import type { BudgetGate } from './budgetGate';
import { helpWith } from '../connection/connectionProblem';
import type { Connection, Connections, WorkerEndpoint } from '../connection/connections';
import { noteResult } from '../walkthrough';
import type { RunBook } from './runBook';
import { type RunGate, createRunGate } from './runGate';
import type { RunRegistry } from './activeRuns';
import { withAffordableWorker } from '../../recipes/affordableModel';
import { findBadSetting, readRunSettings } from '../settings/runSettings';
import type { JobSource } from '../selection/jobSource';
import { readSetting } from '../settings/settings';
import { readTaskOverrides } from '../settings/taskOverrides';
import { type OriginOf, findIgnore, ignoredText } from '../selection/ignoredFiles';
import type { OutputPanel } from '../output/outputPanel';
import { taskTitle } from '../messages/taskTitles';
import { type Rerun, errorHelp } from '../messages/errorActions';
import type { OfferedHelp } from '../messages/offeredHelp';
import { NotificationView } from '../output/notificationView';
import { PanelView } from '../output/panelView';
import type { RunStart, RunView } from '../output/runView';
import type { FinishedJob, JobHooks } from './jobHooks';
import { type ShownRun, showRun } from './shownRun';
import type { Job } from './job';
import { WorkerFirstOffer } from './workerFirstOffer';
import { offerWorkerFirst } from './workerFirstSetting';
import {
  ALL_IN_PLACE,
  type MaskedRequest,
  maskRequest,
} from '../../delegation/request/maskedRequest';
import { placeholderText } from '../messages/placeholderText';
import { showWarning } from '../messages/show';
import { type Masker, MaskingError } from '../../privacy/maskingThread';

/** What a run needs around it. */
export interface JobRunnerOptions {
  readonly registry: RunRegistry;
  readonly panel: OutputPanel;
  readonly connections: Connections;
  readonly budget: BudgetGate;
  readonly book: RunBook;
  /** Masks secrets; large texts in a thread of its own. */
  readonly mask: Masker;
  /** Which file a document of ours shows, for the rules of ignore files. */
  readonly originOf: OriginOf;
  /** What the demo can do to a text, for a user who asked for something else. */
  readonly demoWishes: (text: string, languageId: string) => Promise<readonly string[]>;
  /** Hears of every run that was started and has ended. */
  readonly onFinished: (finished: FinishedJob) => void;
}

interface Execution {
  readonly job: Job;
  readonly source: JobSource;
  readonly connection: Connection;
  /** Where the worker is asked when not at OpenRouter. */
  readonly worker: WorkerEndpoint | null;
  readonly masked: MaskedRequest;
  readonly hooks: JobHooks;
  readonly view: RunView;
}

/** Runs jobs: from a selection to a result, with panel, progress, status bar and ledger on the way. */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  /** Set when a stream did not show outcomes: then the orchestrator integrates for this window. */
  #isIntegrated = false;
  readonly #workerFirst = new WorkerFirstOffer();
  readonly #refusedFormats = new Set<string>();

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  /** Starts a job once more with the change that the user picked; an integrated answer is kept for the window. */
  rerunOf(job: Job, start: (next: Job) => Promise<void>): Rerun {
    return ({ integrated, maxOutputTokens, instruction }) => {
      if (integrated) this.#isIntegrated = true;
      void start({
        ...job,
        isFresh: true,
        ...(maxOutputTokens !== null && { maxOutputTokens }),
        ...(instruction !== undefined && { instruction }),
      });
    };
  }

  /** @returns null when the run was not started; the view says why. */
  async run(job: Job, source: JobSource, hooks: JobHooks): Promise<FinishedJob | null> {
    const view = hooks.view ?? new NotificationView(this.#options.panel, hooks.rerun);
    const refusal = (await keptOut(source)) ?? misconfigured(job, source);
    if (refusal) {
      view.refuse(refusal);
      return null;
    }
    if (!(await isSizeAccepted(source))) return null;
    const connection = await this.#options.connections.openWithKey();
    if ('kind' in connection) {
      view.refuse(helpWith(connection));
      return null;
    }
    const request = this.#request(job, source, connection);
    // Of all routes only this one asks the worker by itself.
    const isWorkerAsked = request.settings.routing === 'worker-first';
    const worker = isWorkerAsked ? await this.#options.connections.openWorker() : null;
    if (worker && 'kind' in worker) {
      view.refuse(helpWith(worker));
      return null;
    }
    const masked = await this.#mask(request, source).catch(maskingError);
    if (masked instanceof MaskingError) {
      view.refuse(errorHelp(masked, () => null));
      return null;
    }
    const shown = await this.#execute({ job, source, connection, worker, masked, hooks, view });
    const warning = placeholderText(shown.placeholders, vscode.l10n);
    if (warning !== null) void showWarning(warning);
    const { result, maskedResult, isDemo, workerFirstNanoUsd } = shown;
    if (result.status === 'completed') noteResult(job.task.id);
    const finished = { job, source, result, maskedResult, isDemo, workerFirstNanoUsd };
    this.#options.onFinished(finished);
    // Other views have buttons of their own.
    if (workerFirstNanoUsd !== null && !hooks.view) {
      void offerWorkerFirst(finished, workerFirstNanoUsd);
    }
    return finished;
  }

  #request(job: Job, source: JobSource, { catalog }: Connection): RunRequest {
    const { settings, problems } = readRunSettings(job.task.id, source.files[0]);
    for (const { setting, key, expected } of problems) {
      void showWarning(
        vscode.l10n.t('{0}: "{1}" is not used. Expected: {2}.', setting, key, expected),
      );
    }
    const { task, refusedModel } = withAffordableWorker(job.task, settings.workerModel, catalog);
    if (refusedModel !== null) warnOfDearWorker(refusedModel, settings.workerModel);
    return {
      id: randomUUID(),
      task,
      instruction: job.instruction,
      selection: source.selection,
      settings: {
        ...settings,
        ...(this.#isIntegrated && { answer: 'integrated' }),
        ...(job.maxOutputTokens !== undefined && { maxOutputTokens: job.maxOutputTokens }),
        ...(job.isFresh === true && {
          responseCache: { ...settings.responseCache, isCleared: true },
        }),
        ...job.changes,
      },
      ...(job.schema ? { schema: job.schema } : {}),
    };
  }

  #demoWishes({ job, source, connection }: Execution): RunStart['demoWishes'] {
    if (!connection.isDemo || job.task.id !== 'refactor') return null;
    const { text, languageId } = source.selection;
    return () => this.#options.demoWishes(text, languageId);
  }

  async #mask(request: RunRequest, source: JobSource): Promise<MaskedRequest> {
    // Of several files one that wants masking decides; text of no file goes by the window.
    const scopes = source.files.length > 0 ? source.files : [undefined];
    return scopes.some((scope) => readSetting('privacy.maskSecrets', scope))
      ? maskRequest(request, randomBytes(4).toString('hex'), this.#options.mask)
      : unmasked(request);
  }

  async #execute(execution: Execution): Promise<ShownRun> {
    const { registry, book, panel, budget } = this.#options;
    const { connection, masked, hooks, view } = execution;
    const { request } = masked;
    const { isDemo } = connection;
    const isWanted = view.canOffer === true && !isRouteChosen(execution.job, execution.source);
    const controller = new AbortController();
    const cancel = (): void => controller.abort();
    if (hooks.cancellation?.isCancellationRequested) cancel();
    const listener = hooks.cancellation?.onCancellationRequested(cancel);
    const start = { ...runStart(execution, cancel), demoWishes: this.#demoWishes(execution) };
    const title = start.header.taskTitle;
    const remove = registry.add({ id: request.id, title, startedAtMs: systemClock.now(), cancel });
    hooks.onStart?.(request.id);
    const gate = createRunGate(budget, isDemo);
    const panelView = new PanelView({ panel, l10n: vscode.l10n, clock: systemClock });
    try {
      return await showRun({
        masked,
        start,
        isDemo,
        view,
        ownView: panelView,
        send: (observe) =>
          runTask(
            request,
            { ...runPorts(execution, gate), refusedFormats: this.#refusedFormats },
            gate.observing(observe),
            controller.signal,
          ),
        book: (result) => book.settle(result, gate.reservation(), isDemo),
        ...(hooks.onEvent && { onEvent: hooks.onEvent }),
        offer: (result) => this.#workerFirst.take(result, { isDemo, isWanted }),
      });
    } finally {
      panelView.close();
      listener?.dispose();
      remove();
    }
  }
}

/** Which rule of an ignore file keeps one of the files from being sent; null for none. */
async function keptOut({ files }: JobSource): Promise<OfferedHelp | null> {
  for (const uri of files) {
    const refusal = await findIgnore(uri);
    if (refusal) return { message: ignoredText(refusal), commands: [], severity: 'warning' };
  }
  return null;
}

/** Which setting's value keeps the run from being made; null for none. */
function misconfigured(job: Job, { files }: JobSource): OfferedHelp | null {
  const refusal = findBadSetting(job.task.id, files[0]);
  // Nothing was sent, so there is nothing to start once more.
  return refusal && errorHelp(refusal, () => null);
}

function runStart(
  { job, source, connection, masked, worker }: Execution,
  cancel: () => void,
): Omit<RunStart, 'demoWishes'> {
  const { settings } = masked.request;
  return {
    header: {
      taskTitle: taskTitle(job.task, vscode.l10n),
      location: source.location,
      orchestratorModel: settings.orchestratorModel,
      workerModel: settings.workerModel,
    },
    answerLanguage: answerLanguage(job, source),
    secretCount: masked.secretCount,
    workerOrigin: worker?.origin ?? null,
    isDemo: connection.isDemo,
    cancel,
  };
}

/** Code is shown in a fence of its language; text is Markdown already. */
function answerLanguage({ task }: Job, source: JobSource): string | null {
  if (task.answer === 'text') return null;
  return task.answer === 'replacement' || task.answer === 'file'
    ? source.selection.languageId
    : 'json';
}

function maskingError(error: unknown): MaskingError {
  if (error instanceof MaskingError) return error;
  throw error;
}

function unmasked(request: RunRequest): MaskedRequest {
  return {
    request,
    secretCount: 0,
    restoreEvent: (event) => event,
    restoreTail: () => '',
    restoreOutcome: (outcome) => outcome,
    restoreResult: (result) => ({ result, placeholders: ALL_IN_PLACE }),
  };
}

function runPorts({ connection, worker, masked, hooks }: Execution, gate: RunGate): RunPorts {
  const { client, catalog, endpoints } = connection;
  const { selection, settings } = masked.request;
  const tokens = countTokens(selection.text);
  const prices = (slug: string): EndpointPriceRange | null => {
    const model = catalog.find(slug);
    return model ? priceRange(endpoints.find(model), tokens, systemClock.now()) : null;
  };
  const orchestrator = prices(settings.orchestratorModel);
  const workerPrices = prices(settings.workerModel);
  const { prove } = hooks;
  return {
    client,
    models: catalog,
    clock: systemClock,
    random: Math.random,
    endpointPrices: {
      ...(orchestrator ? { orchestrator } : {}),
      ...(workerPrices ? { worker: workerPrices } : {}),
    },
    checkBudget: gate.checkBudget,
    noteRequest: gate.noteRequest,
    ...(worker && { localWorker: worker.client }),
    ...(prove && { prove: (outcome) => prove(masked.restoreOutcome(outcome)) }),
  };
}

/** Whether the user has said how the task, or this run of it, is to be done. */
function isRouteChosen({ task, changes }: Job, { files }: JobSource): boolean {
  const { overrides } = readTaskOverrides(readSetting('tasks', files[0]), task.id);
  return (changes?.routing ?? overrides.routing) !== undefined;
}

/** A large selection is sent only after a question; nothing is ever shortened silently. */
async function isSizeAccepted(source: JobSource): Promise<boolean> {
  const limit = readSetting('ui.confirmLargeSelectionTokens');
  const tokens = Math.ceil(countTokens(source.selection.text));
  if (limit === 0 || tokens <= limit) return true;
  const send = vscode.l10n.t('Send it');
  const answer = await showWarning(
    vscode.l10n.t('The selection has about {0} tokens.', tokens.toLocaleString('en-US')),
    {
      modal: true,
      detail: vscode.l10n.t('Above {0} tokens Delegate asks first.', limit.toLocaleString('en-US')),
    },
    send,
  );
  return answer === send;
}

function warnOfDearWorker(asked: string, used: string): void {
  void showWarning(
    vscode.l10n.t(
      'The recipe asks for the worker model {0}, which costs more than yours or has no known price, so {1} is used. To allow it, set it for this recipe in delegate.tasks.',
      asked,
      used,
    ),
  );
}
