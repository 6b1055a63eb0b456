import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import { formatUsd } from '../../common/money';
import { shown } from '../../common/shown';
import { RefusalError } from '../../delegation/run/runErrors';
import type { RunSettings } from '../../delegation/run/run';
import {
  type CheckPorts,
  type CheckPrice,
  checkModels,
  priceCheck,
} from '../../modelCheck/checkModels';
import type { CheckReport, FittingSetting } from '../../modelCheck/report';
import { lineText, settingText } from '../../modelCheck/words';
import { showProblem } from '../connection/connectionProblem';
import type { Connection, Connections } from '../connection/connections';
import { showError } from '../messages/errorActions';
import { showInformation, showProgress } from '../messages/show';
import type { OutputPanel } from '../output/outputPanel';
import { readRunSettings } from '../settings/runSettings';
import type { BudgetGate } from './budgetGate';
import type { RunBook } from './runBook';
import { createRunGate } from './runGate';

export interface CheckCommandOptions {
  readonly connections: Connections;
  readonly panel: OutputPanel;
  readonly budget: BudgetGate;
  readonly book: RunBook;
  /** Keeps what was found out about each pair of models. */
  readonly memory: vscode.Memento;
}

export function createCheckCommand(options: CheckCommandOptions): {
  readonly 'delegate.checkModels': () => Promise<void>;
} {
  return { 'delegate.checkModels': () => checkPair(options) };
}

async function checkPair(options: CheckCommandOptions): Promise<void> {
  const connection = await options.connections.openWithKey();
  if ('kind' in connection) {
    void showProblem(connection);
    return;
  }
  const { settings } = readRunSettings('summarize', undefined);
  const price = priceCheck(settings, { ...basicPorts(connection), newId: randomUUID });
  if (price instanceof RefusalError) {
    void showError(price);
    return;
  }
  if (!(await isPriceAccepted(settings, price))) return;
  const report = await runCheck(options, connection, settings);
  if (report === null) return;
  await remember(options.memory, report);
  showReport(options.panel, report);
  await offerSettings(report.settings);
}

function basicPorts({ catalog }: Connection): Pick<CheckPorts, 'models' | 'clock' | 'random'> {
  return { models: catalog, clock: systemClock, random: Math.random };
}

async function isPriceAccepted(settings: RunSettings, price: CheckPrice | null): Promise<boolean> {
  const { l10n } = vscode;
  const go = l10n.t('Check');
  const cost =
    price === null
      ? l10n.t('What it costs is not known, because the price of a model is not.')
      : l10n.t(
          'It costs about {0}, at most {1}, and counts like any run.',
          formatUsd(price.expectedNanoUsd),
          formatUsd(price.ceilingNanoUsd),
        );
  const question = l10n.t(
    'Check {0} with {1} in three small runs?',
    settings.orchestratorModel,
    settings.workerModel,
  );
  return (await showInformation(question, { modal: true, detail: cost }, go)) === go;
}

/** @returns null when the user has cancelled it. */
async function runCheck(
  { budget, book }: CheckCommandOptions,
  connection: Connection,
  settings: RunSettings,
): Promise<CheckReport | null> {
  const { l10n } = vscode;
  const { client, isDemo } = connection;
  return showProgress(l10n.t('Delegate: {0}', l10n.t('Check models')), async (say, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    // Each run of the check has a reservation of its own.
    let gate = createRunGate(budget, isDemo);
    const ports: CheckPorts = {
      ...basicPorts(connection),
      client,
      newId: () => randomUUID(),
      checkBudget: (planned) => {
        gate = createRunGate(budget, isDemo);
        return gate.checkBudget(planned);
      },
      noteRequest: (note) => gate.noteRequest(note),
      observe: (event) => gate.observing(() => undefined)(event),
      settle: (result) => book.settle(result, gate.reservation(), isDemo),
    };
    try {
      const tell = (line: Parameters<typeof lineText>[0]): void => say(lineText(line, l10n));
      return await checkModels(settings, ports, { onLine: tell, signal: controller.signal });
    } catch (error) {
      if (controller.signal.aborted) return null;
      throw error;
    }
  });
}

/** Written in one piece, so that a run that is under way is not torn. */
function showReport(panel: OutputPanel, report: CheckReport): void {
  const { l10n } = vscode;
  const { orchestratorModel, workerModel, costNanoUsd } = report;
  const cost = costNanoUsd === null ? l10n.t('cost unknown') : formatUsd(costNanoUsd);
  const lines = [
    `## ${l10n.t('Check models')}`,
    '',
    `- ${l10n.t('orchestrator `{0}` · worker `{1}`', shown(orchestratorModel), shown(workerModel))}`,
    ...report.lines.map((line) => `- ${lineText(line, l10n)}`),
    ...report.settings.map((setting) => `- ${settingText(setting, l10n)}`),
    `- ${l10n.t('done')} · ${cost}`,
  ];
  panel.openSection(`\n${lines.join('\n')}\n`).end();
  panel.show();
}

async function offerSettings(settings: readonly FittingSetting[]): Promise<void> {
  const { l10n } = vscode;
  const [setting] = settings;
  if (setting === undefined) {
    void showInformation(l10n.t('This pair of models works as the settings are.'));
    return;
  }
  const title = settingText(setting, l10n);
  const message = l10n.t('This pair of models works better with another setting.');
  if ((await showInformation(message, title)) !== title) return;
  await vscode.workspace
    .getConfiguration('delegate')
    .update(setting.key, setting.value, vscode.ConfigurationTarget.Global);
}

const MEMORY_KEY = 'delegate.modelChecks';
/** Pairs that are remembered; the oldest make way. */
const MAX_PAIRS = 50;

async function remember(memory: vscode.Memento, report: CheckReport): Promise<void> {
  const known = memory.get<Readonly<Record<string, CheckReport>>>(MEMORY_KEY, {});
  const pair = `${report.orchestratorModel} ${report.workerModel}`;
  const others = Object.entries(known).filter(([other]) => other !== pair);
  const kept = [...others, [pair, report] as const].slice(-MAX_PAIRS);
  await memory.update(MEMORY_KEY, Object.fromEntries(kept));
}
