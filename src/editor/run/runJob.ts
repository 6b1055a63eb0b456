import { randomBytes, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { DeclinedError } from '../../accounting/budget/budgetError';
import type { Reservation } from '../../accounting/budget/reservations';
import { type EndpointPriceRange, priceRange } from '../../catalog/endpointPrices';
import { systemClock } from '../../common/clock';
import { DelegateError } from '../../common/delegateError';
import type { RunEvent, RunRequest, RunResult } from '../../delegation/run/run';
import type { RunPorts } from '../../delegation/ports';
import { runTask } from '../../delegation/runTask';
import { countTokens } from '../../text/tokens';
import type { BudgetGate } from './budgetGate';
import { helpWith, showProblem } from '../connection/connectionProblem';
import type { Connection, Connections } from '../connection/connections';
import { noteResult } from '../walkthrough';
import type { RunBook } from './runBook';
import type { RunRegistry } from './activeRuns';
import { withAffordableWorker } from '../../recipes/affordableModel';
import { findBadSetting, readRunSettings } from '../settings/runSettings';
import type { JobSource } from '../selection/jobSource';
import { readSetting } from '../settings/settings';
import { type OriginOf, findIgnore, ignoredText } from '../selection/ignoredFiles';
import { describeError } from '../messages/errorMessages';
import { closingWords } from '../output/closingWords';
import type { OutputPanel } from '../output/outputPanel';
import { showRunProgress } from '../output/runProgress';
import { taskTitle } from '../messages/taskTitles';
import { Transcript } from '../output/transcript';
import { type RunChange, showError } from '../messages/errorActions';
import type { FinishedJob, JobHooks, RunStart } from './runView';
import type { Job } from './job';
import {
  ALL_IN_PLACE,
  type MaskedRequest,
  type PlaceholderReport,
  maskRequest,
} from '../../delegation/request/maskedRequest';
import { placeholderText } from '../messages/placeholderText';
import { showWarning } from '../messages/show';

/** What a run needs around it. */
export interface JobRunnerOptions {
  readonly registry: RunRegistry;
  readonly panel: OutputPanel;
  readonly connections: Connections;
  readonly budget: BudgetGate;
  readonly book: RunBook;
  /** Which file a document of ours shows, for the rules of ignore files. */
  readonly originOf: OriginOf;
}

interface Execution {
  readonly job: Job;
  readonly source: JobSource;
  readonly connection: Connection;
  readonly masked: MaskedRequest;
  readonly hooks: JobHooks;
}

/** Runs jobs: from a selection to a result, with panel, progress, status bar and ledger on the way. */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  /** Set when a stream did not show outcomes: then the orchestrator integrates for this window. */
  #isIntegrated = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  /** What starts a job anew with the change that the user picked; an integrated answer is kept for the window. */
  again(job: Job, start: (next: Job) => Promise<void>): (change: RunChange) => void {
    return ({ integrated, maxOutputTokens }) => {
      if (integrated) this.#isIntegrated = true;
      void start(maxOutputTokens === null ? job : { ...job, maxOutputTokens });
    };
  }

  /** @returns null when the run was not started; a message was shown. */
  async run(job: Job, source: JobSource, hooks: JobHooks): Promise<FinishedJob | null> {
    if (await isKeptOut(source, hooks, this.#options.originOf)) return null;
    if (isMisconfigured(job, source, hooks)) return null;
    if (!(await isSizeAccepted(source))) return null;
    const connection = await this.#connect(hooks);
    if (!connection) return null;
    const masked = this.#mask(this.#request(job, source, connection), source);
    const { result, maskedResult, placeholders } = await this.#execute({
      job,
      source,
      connection,
      masked,
      hooks,
    });
    const warning = placeholderText(placeholders, vscode.l10n);
    if (warning !== null) void showWarning(warning);
    if (result.status === 'completed') noteResult(job.task.id);
    const { again, view } = hooks;
    if (result.error && !view && !(result.error instanceof DeclinedError)) {
      void showError(result.error, again ? { again } : {});
    }
    return { job, source, result, maskedResult, isDemo: connection.isDemo };
  }

  async #connect({ again, view }: JobHooks): Promise<Connection | null> {
    const opened = await this.#options.connections.openWithKey();
    if (!('kind' in opened)) return opened;
    if (view) view.refuse(helpWith(opened));
    else {
      const goOn = again && (() => again({ integrated: false, maxOutputTokens: null }));
      void showProblem(opened, goOn);
    }
    return null;
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
      },
      ...(job.schema ? { schema: job.schema } : {}),
    };
  }

  #mask(request: RunRequest, source: JobSource): MaskedRequest {
    // Of several files one that wants masking decides; text of no file goes by the window.
    const scopes = source.files.length > 0 ? source.files : [undefined];
    return scopes.some((scope) => readSetting('privacy.maskSecrets', scope))
      ? maskRequest(request, randomBytes(4).toString('hex'))
      : unmasked(request);
  }

  async #execute(execution: Execution): Promise<{
    readonly result: RunResult;
    readonly maskedResult: RunResult;
    readonly placeholders: PlaceholderReport;
  }> {
    const { panel, registry, book } = this.#options;
    const { job, connection, masked, hooks } = execution;
    const { request } = masked;
    const { isDemo } = connection;
    const title = taskTitle(job.task, vscode.l10n);
    const start = runStart(execution, title);
    const transcript = new Transcript(vscode.l10n, start.answerLanguage);
    const controller = new AbortController();
    const cancel = (): void => controller.abort();
    if (hooks.cancellation?.isCancellationRequested) cancel();
    const listener = hooks.cancellation?.onCancellationRequested(cancel);
    const { view } = hooks;
    const progress = view ? null : showRunProgress(title, cancel);
    let lastWords: string | null = null;
    const startedAtMs = systemClock.now();
    const remove = registry.add({ id: request.id, title, startedAtMs, cancel });
    panel.beginSection(transcript.header(start.header));
    if (view) view.start(start);
    else panel.show();
    hooks.onStart?.(request.id);
    const show = (event: RunEvent): void => {
      if (event.type === 'run-start') panel.append(transcript.preflight(event, masked.secretCount));
      panel.append(transcript.event(event, systemClock.now() - startedAtMs));
      progress?.report(event);
      hooks.onEvent?.(event);
    };
    const gate = this.#gate(execution);
    const observe = (event: RunEvent): void => {
      gate.observe(event);
      view?.event(event);
      show(masked.restoreEvent(event));
    };
    try {
      const ports = { ...runPorts(connection, request), checkBudget: gate.checkBudget };
      const raw = await runTask(request, ports, observe, controller.signal);
      // It is restored already: put through restoring once more it would be held back again.
      const tail = masked.restoreTail();
      if (tail !== '') show({ type: 'answer-delta', text: tail });
      const restored = masked.restoreResult(raw);
      panel.append(transcript.closing(restored.result, isDemo));
      await book.settle(restored.result, gate.reservation(), isDemo);
      // Failures have messages of their own, and who cancels knows.
      if (restored.result.status === 'completed') {
        lastWords = closingWords(restored.result, isDemo, vscode.l10n);
      }
      return { ...restored, maskedResult: raw };
    } finally {
      listener?.dispose();
      remove();
      progress?.close(lastWords);
    }
  }

  /** Reserves a run's worst case right before sending, and keeps the id of its bill. */
  #gate({ connection }: Execution): {
    readonly checkBudget: NonNullable<RunPorts['checkBudget']>;
    readonly observe: (event: RunEvent) => void;
    /** Null while nothing was granted. */
    readonly reservation: () => Reservation | null;
  } {
    let reservation: Reservation | null = null;
    return {
      reservation: () => reservation,
      checkBudget: async ({ identity, didEnableDelegation, estimate }) => {
        const granted = await this.#options.budget.reserve(
          { ...identity, didEnableDelegation, requests: 1, demo: connection.isDemo },
          estimate?.ceilingNanoUsd ?? null,
        );
        if (granted instanceof DelegateError) return granted;
        reservation = granted;
        return null;
      },
      observe: (event) => {
        if (event.type !== 'request-sent' || event.generationId === null) return;
        void reservation?.noteGenerationId(event.generationId);
      },
    };
  }
}

/** Whether an ignore file keeps one of the files from being sent; then the user is told which rule. */
async function isKeptOut(
  { files }: JobSource,
  { view }: JobHooks,
  originOf: OriginOf,
): Promise<boolean> {
  for (const uri of files) {
    const refusal = await findIgnore(uri, originOf);
    if (!refusal) continue;
    const message = ignoredText(refusal);
    if (view) view.refuse({ message, commands: [] });
    else void showWarning(message);
    return true;
  }
  return false;
}

/** Whether a setting's value keeps the run from being made; then the user was told. */
function isMisconfigured(job: Job, { files }: JobSource, { view }: JobHooks): boolean {
  const refusal = findBadSetting(job.task.id, files[0]);
  if (!refusal) return false;
  if (view) view.refuse({ message: describeError(refusal, vscode.l10n).message, commands: [] });
  else void showError(refusal);
  return true;
}

function runStart({ job, source, masked }: Execution, title: string): RunStart {
  const { settings } = masked.request;
  return {
    header: {
      taskTitle: title,
      location: source.location,
      orchestratorModel: settings.orchestratorModel,
      workerModel: settings.workerModel,
    },
    answerLanguage: answerLanguage(job, source),
    secretCount: masked.secretCount,
  };
}

/** Code is shown in a fence of its language; text is Markdown already. */
function answerLanguage({ task }: Job, source: JobSource): string | null {
  if (task.answer === 'text') return null;
  return task.answer === 'replacement' ? source.selection.languageId : 'json';
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

function runPorts({ client, catalog, endpoints }: Connection, request: RunRequest): RunPorts {
  const tokens = countTokens(request.selection.text);
  const prices = (slug: string): EndpointPriceRange | null => {
    const model = catalog.find(slug);
    return model ? priceRange(endpoints.find(model), tokens, systemClock.now()) : null;
  };
  const orchestrator = prices(request.settings.orchestratorModel);
  const worker = prices(request.settings.workerModel);
  return {
    client,
    models: catalog,
    clock: systemClock,
    random: Math.random,
    endpointPrices: {
      ...(orchestrator ? { orchestrator } : {}),
      ...(worker ? { worker } : {}),
    },
  };
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
