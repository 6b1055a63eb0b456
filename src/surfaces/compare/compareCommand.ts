import { randomBytes, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { hashOf } from '../../batch/hash';
import type { BatchJob } from '../../batch/job';
import { nodeFolder } from '../../batch/journal/nodeFolder';
import { Limiter } from '../../batch/produce/limiter';
import { Purse } from '../../batch/produce/purse';
import { BatchRuns } from '../../batch/produce/runs';
import type { CatalogModel } from '../../catalog/model';
import { workerOrder } from '../../catalog/workerOrder';
import { systemClock } from '../../common/clock';
import { NANO_PER_USD, formatUsd, nanoUsdFromDecimal } from '../../common/money';
import { askingPorts } from '../../compare/asking';
import { type ComparisonResult, ROUND, compare } from '../../compare/comparison';
import { NumberFile, readNumbers } from '../../compare/numbers';
import type { Place } from '../../compare/place';
import { COMPARED_TASKS, type ComparedTask } from '../../compare/places';
import { firstRoundNanoUsd } from '../../compare/price';
import { type AnswerDocuments, answerAddress } from '../../editor/answers/answerDocuments';
import { showProblem } from '../../editor/connection/connectionProblem';
import type { Connection, Connections } from '../../editor/connection/connections';
import { modelDetail } from '../../editor/connection/modelText';
import { showError } from '../../editor/messages/errorActions';
import {
  askText,
  pickMany,
  pickOne,
  showInformation,
  showProgress,
  showWarning,
} from '../../editor/messages/show';
import { routeTitle } from '../../editor/messages/taskTitles';
import type { BudgetGate } from '../../editor/run/budgetGate';
import type { RunBook } from '../../editor/run/runBook';
import { findBadSetting, readRunSettings } from '../../editor/settings/runSettings';
import { readSetting } from '../../editor/settings/settings';
import type { SyntaxService } from '../../syntax/syntax';
import { builtInTasks } from '../../tasks/catalog';
import { translationInto } from '../../tasks/translateComments';
import { compareAccounts } from './compareAccounts';
import { compareReport } from './compareReport';
import { workspacePlaces } from './workspacePlaces';
import type { Masker } from '../../privacy/maskingThread';

export interface CompareOptions {
  readonly connections: Connections;
  readonly budget: BudgetGate;
  readonly book: RunBook;
  readonly syntax: SyntaxService;
  readonly mask: Masker;
  readonly documents: AnswerDocuments;
  /** Folder of the extension; the numbers of comparisons are kept below it. */
  readonly storage: vscode.Uri;
}

const DEFAULT_LIMIT_USD = '2';
const MAX_CANDIDATES = 6;
/** This many are ticked for a start, besides the present worker. */
const TICKED = 3;
const PARALLEL = 4;

export function createCompareCommand(options: CompareOptions): {
  readonly 'delegate.compareWorkers': () => Promise<void>;
} {
  return { 'delegate.compareWorkers': () => compareWorkers(options) };
}

async function compareWorkers(options: CompareOptions): Promise<void> {
  const connection = await options.connections.openWithKey();
  if ('kind' in connection) {
    void showProblem(connection, () => void compareWorkers(options));
    return;
  }
  const job = await askJob();
  if (!job) return;
  const refusal = findBadSetting(job.task.id, undefined);
  if (refusal) {
    void showError(refusal);
    return;
  }
  const models = await askCandidates(connection, job);
  if (!models) return;
  const places = await showProgress(
    vscode.l10n.t('Delegate: {0}', vscode.l10n.t('looking for places in the workspace')),
    (_, token) => workspacePlaces(job.task.id as ComparedTask, options.syntax, token),
  );
  if (places.length < ROUND) {
    void showWarning(
      vscode.l10n.t(
        'This workspace has {0} places for this task, and {1} are needed. Open a folder with more code.',
        places.length,
        ROUND,
      ),
    );
    return;
  }
  const limitNanoUsd = await askLimit({ job, models, places }, connection);
  if (limitNanoUsd === null) return;
  const result = await run({ job, models, places, limitNanoUsd }, connection, options);
  if (result) await show({ job, models, places }, result, options);
}

interface Compared {
  readonly job: BatchJob;
  /** By price, the cheapest first. */
  readonly models: readonly string[];
  readonly places: readonly Place[];
}

/** @returns null when the user closed a box. */
async function askJob(): Promise<BatchJob | null> {
  const { l10n } = vscode;
  const picked = await pickOne(
    COMPARED_TASKS.map((id) => ({ label: routeTitle(id, l10n), id })),
    { title: l10n.t('Compare workers'), placeHolder: l10n.t('For which task?') },
  );
  if (!picked) return null;
  const language =
    picked.id === 'translateComments'
      ? await askText({
          title: l10n.t('Translate comments'),
          prompt: l10n.t('Into which language?'),
          value: 'English',
        })
      : null;
  if (language === undefined) return null;
  return {
    task: builtInTasks[picked.id],
    instruction: language === null ? null : translationInto(language),
    schema: null,
    settings: readRunSettings(picked.id, undefined).settings,
  };
}

interface CandidateItem extends vscode.QuickPickItem {
  readonly model: CatalogModel;
}

/** @returns slugs by price; null when the user closed the list or ticked too few. */
async function askCandidates(
  { catalog }: Connection,
  { settings }: BatchJob,
): Promise<readonly string[] | null> {
  const { l10n } = vscode;
  const { fitting } = workerOrder(catalog.models, readSetting('worker.maxCompletionTokens'));
  const present = catalog.find(settings.workerModel);
  const isPresent = ({ id }: CatalogModel): boolean =>
    id === settings.workerModel || id === present?.id;
  const at = fitting.findIndex(isPresent);
  const ticked = new Set(fitting.slice(Math.max(0, at - TICKED), at < 0 ? TICKED : at + 1));
  const items: CandidateItem[] = fitting.map((model) => ({
    label: model.id,
    description: modelDetail(model, l10n),
    picked: ticked.has(model),
    model,
  }));
  const picked = await pickMany(items, {
    title: l10n.t('Compare workers'),
    placeHolder: l10n.t('Which models? The cheapest is first; type to narrow the list.'),
    matchOnDescription: true,
  });
  if (!picked) return null;
  if (picked.length >= 2 && picked.length <= MAX_CANDIDATES) {
    const chosen = new Set(picked.map(({ model }) => model.id));
    return fitting.map(({ id }) => id).filter((id) => chosen.has(id));
  }
  void showInformation(l10n.t('Tick two to {0} models to compare.', MAX_CANDIDATES));
  return null;
}

/** Says what it may cost and has the user set a limit. @returns null when the user thought better of it. */
async function askLimit(compared: Compared, { catalog }: Connection): Promise<number | null> {
  const { l10n } = vscode;
  const expected = firstRoundNanoUsd(compared, { models: catalog, nowMs: systemClock.now() });
  if (expected === null) {
    void showWarning(
      l10n.t(
        'The price of one of these models is not known, so nothing would limit what it costs.',
      ),
    );
    return null;
  }
  const text = await askText({
    title: l10n.t('Compare workers'),
    prompt: l10n.t(
      'The first {0} places cost about {1}; more are asked only where those do not tell. How much may it cost at most, in US dollars?',
      ROUND,
      formatUsd(expected),
    ),
    value: DEFAULT_LIMIT_USD,
    validateInput: (value) =>
      readLimit(value) === null ? l10n.t('Write an amount such as 2 or 0.50.') : null,
  });
  return text === undefined ? null : readLimit(text);
}

function readLimit(text: string): number | null {
  const nano = nanoUsdFromDecimal(text.trim().replace(/^\$/, '').replace(',', '.'));
  return nano !== null && nano > 0 && nano <= 1000 * NANO_PER_USD ? nano : null;
}

/** @returns null when the user cancelled; what was known until then is kept for the next time. */
async function run(
  compared: Compared & { readonly limitNanoUsd: number },
  connection: Connection,
  options: CompareOptions,
): Promise<ComparisonResult | null> {
  const { job, models, places, limitNanoUsd } = compared;
  const { client, catalog, isDemo } = connection;
  const folder = nodeFolder(vscode.Uri.joinPath(options.storage, 'compare').fsPath);
  const name = `${fileName(job, isDemo)}.jsonl`;
  const file = new NumberFile(folder, name);
  const known = readNumbers((await folder.read(name))?.toString('utf8') ?? '');
  const { orchestratorModel } = job.settings;
  const runs = new BatchRuns({
    ports: { client, models: catalog, clock: systemClock, random: Math.random },
    accounts: compareAccounts(options, { orchestratorModel, isDemo }),
    limiter: new Limiter({ clock: systemClock, parallel: PARALLEL, random: Math.random }),
    purse: new Purse(limitNanoUsd, { spentNanoUsd: 0, open: new Map() }),
    // What a lost window owes is looked up by its reservations.
    journal: { add: () => Promise.resolve() },
    newNonce: () => randomBytes(4).toString('hex'),
    mask: readSetting('privacy.maskSecrets') ? options.mask : null,
  });
  const { l10n } = vscode;
  return showProgress(l10n.t('Delegate: {0}', l10n.t('Compare workers')), async (say, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const { signal } = controller;
    const ports = askingPorts({ job, runs, syntax: options.syntax, newId: randomUUID, signal });
    try {
      return await compare(
        { models, places, known },
        {
          ...ports,
          keep: (row) => file.add(row),
          onProgress: (done, planned) =>
            say(l10n.t('{0} of about {1} answers', done, Math.max(done, planned))),
        },
      );
    } catch (error) {
      if (!signal.aborted) throw error;
      void showInformation(
        l10n.t('The comparison was stopped. What it knows is kept: start it again to go on.'),
      );
      return null;
    }
  });
}

/** One file for each task and workspace; other candidates go on in it. */
function fileName({ task, instruction }: BatchJob, isDemo: boolean): string {
  const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.toString()) ?? [];
  return hashOf(JSON.stringify([folders, task.id, instruction, isDemo]));
}

async function show(
  { job, models, places }: Compared,
  result: ComparisonResult,
  { documents }: CompareOptions,
): Promise<void> {
  const { l10n } = vscode;
  const taskTitle = routeTitle(job.task.id, l10n);
  const text = compareReport({ taskTitle, models, result, placeCount: places.length }, l10n);
  const title = l10n.t('Compare workers: {0}', taskTitle);
  await documents.show(answerAddress('compare', title, 'preview'), text);
  const { chosen } = result;
  if (chosen === null) return;
  const use = l10n.t('Use the cheapest that passes');
  const picked = await showInformation(
    l10n.t('{0} is the cheapest that passes for: {1}.', chosen, taskTitle),
    use,
  );
  if (picked === use) await useFor(job.task.id, chosen);
}

/** Sets the worker for the task alone, in the user's settings; what else stands there stays. */
async function useFor(taskId: string, workerModel: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('delegate');
  const tasks =
    settings.inspect<Record<string, Record<string, unknown>>>('tasks')?.globalValue ?? {};
  await settings.update(
    'tasks',
    { ...tasks, [taskId]: { ...tasks[taskId], workerModel } },
    vscode.ConfigurationTarget.Global,
  );
}
