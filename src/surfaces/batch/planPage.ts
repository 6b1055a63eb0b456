import * as vscode from 'vscode';
import { type BatchPlan, planProblem } from '../../batch/batch';
import { judgementOf } from '../../batch/job';
import type { BatchFile } from '../../batch/journal/batchState';
import type { BatchChoices } from '../../batch/ticket';
import { NANO_PER_USD, formatUsd, nanoUsdFromDecimal } from '../../common/money';
import { answerAddress } from '../../editor/answers/answerDocuments';
import { askText, pickOne } from '../../editor/messages/show';
import { taskTitle } from '../../editor/messages/taskTitles';
import type { BatchParts } from './batchParts';
import type { BatchSession } from './batchSession';
import { timeWords } from './batchWords';
import { planText } from './planText';

/** What the user said to a plan; choices of a new plan first. */
export type PlanAnswer = 'start' | 'later' | 'discard' | BatchChoices;

/** Opens the plan as rendered Markdown. Its name stays, so that a new one takes its place. */
export async function showPlan(
  session: BatchSession,
  plan: BatchPlan,
  { documents }: Pick<BatchParts, 'documents'>,
): Promise<void> {
  const { l10n } = vscode;
  const { job, ticket } = session;
  const { orchestratorModel, workerModel } = job.settings;
  const title = taskTitle(job.task, l10n);
  const text = planText(
    plan,
    {
      title,
      orchestratorModel,
      workerModel: job.task.worker?.model ?? workerModel,
      ...ticket.choices,
      isProven: judgementOf(job) !== 'reading',
      isDemo: ticket.isDemo,
      formatted: job.task.id === 'reformat' ? await formattedLanguages(session, plan.files) : [],
    },
    l10n,
  );
  const revision = JSON.stringify(ticket.choices).replace(/\W+/g, '');
  const address = answerAddress(`${ticket.id}-${revision}`, l10n.t('Plan {0}', title), 'preview');
  await documents.show(address, text);
}

interface PlanItem extends vscode.QuickPickItem {
  readonly answer: () => PlanAnswer | Promise<PlanAnswer | null>;
}

/** Asks what to do with a plan, until it is answered. */
export async function askPlan(session: BatchSession, plan: BatchPlan): Promise<PlanAnswer> {
  for (;;) {
    const picked = await pickOne(planItems(session, plan), {
      title: vscode.l10n.t('Plan: {0}', taskTitle(session.job.task, vscode.l10n)),
      placeHolder: vscode.l10n.t('Nothing was sent yet'),
      ignoreFocusOut: true,
    });
    if (!picked) return 'later';
    const answer = await picked.answer();
    if (answer !== null) return answer;
  }
}

function planItems(session: BatchSession, plan: BatchPlan): readonly PlanItem[] {
  const { l10n } = vscode;
  const { choices } = session.ticket;
  const canStart = planProblem(plan, session.spentNanoUsd) === null;
  const change = (part: Partial<BatchChoices>): BatchChoices => ({ ...choices, ...part });
  return [
    ...(canStart ? [startItem(session, plan)] : []),
    {
      label: l10n.t('Change the limit…'),
      description: formatUsd(choices.limitNanoUsd),
      ...(!canStart && plan.price && { detail: tooLittle(session, plan) }),
      iconPath: new vscode.ThemeIcon('credit-card'),
      answer: async () => {
        const limitNanoUsd = await askLimit(choices.limitNanoUsd);
        return limitNanoUsd === null ? null : change({ limitNanoUsd });
      },
    },
    {
      label: l10n.t('Requests at once…'),
      description: String(choices.parallel),
      iconPath: new vscode.ThemeIcon('layers'),
      answer: async () => {
        const parallel = await askNumber(l10n.t('Requests at once'), choices.parallel, [1, 64]);
        return parallel === null ? null : change({ parallel: Math.round(parallel) });
      },
    },
    {
      label: l10n.t('Share that the orchestrator reads…'),
      description: l10n.t('{0} %', Math.round(choices.auditShare * 1000) / 10),
      iconPath: new vscode.ThemeIcon('eye'),
      answer: async () => {
        const title = l10n.t('Share that the orchestrator reads, in percent');
        const percent = await askNumber(title, choices.auditShare * 100, [0, 100]);
        return percent === null ? null : change({ auditShare: percent / 100 });
      },
    },
    {
      label: l10n.t('Discard the batch'),
      iconPath: new vscode.ThemeIcon('trash'),
      answer: () => 'discard',
    },
  ];
}

function startItem({ ticket }: BatchSession, { files, price }: BatchPlan): PlanItem {
  const { l10n } = vscode;
  const waiting = files.filter(({ standing }) => standing === null).length;
  const range = price && `~${formatUsd(price.lowNanoUsd)} – ~${formatUsd(price.highNanoUsd)}`;
  const time = price && `~${timeWords(price.expectedMs, l10n)}`;
  return {
    label: l10n.t('Start (files: {0})', waiting),
    description: [range, time, ...(ticket.isDemo ? [l10n.t('demo')] : [])]
      .filter((part) => part !== null)
      .join(' · '),
    iconPath: new vscode.ThemeIcon('play'),
    answer: () => 'start',
  };
}

/** Why a plan cannot start, with the numbers. */
export function tooLittle({ spentNanoUsd }: BatchSession, plan: BatchPlan): string {
  return vscode.l10n.t(
    'It may cost up to ~{0}, and the limit is {1}. Nothing was sent.',
    formatUsd(spentNanoUsd + (plan.price?.highNanoUsd ?? 0)),
    formatUsd(plan.limitNanoUsd),
  );
}

async function askLimit(nanoUsd: number): Promise<number | null> {
  const { l10n } = vscode;
  const text = await askText({
    title: l10n.t('Limit of this batch'),
    prompt: l10n.t('Most that it may cost, in US dollars'),
    value: String(nanoUsd / NANO_PER_USD),
    ignoreFocusOut: true,
    validateInput: (value) =>
      nanoUsdFromDecimal(value.trim()) === null
        ? l10n.t('Write an amount in US dollars such as 0.50.')
        : null,
  });
  return text === undefined ? null : nanoUsdFromDecimal(text.trim());
}

async function askNumber(
  title: string,
  now: number,
  [low, high]: readonly [number, number],
): Promise<number | null> {
  const { l10n } = vscode;
  const read = (value: string): number | null => {
    const number = value.trim() === '' ? NaN : Number(value.trim().replace(',', '.'));
    return number >= low && number <= high ? number : null;
  };
  const text = await askText({
    title,
    value: String(now),
    ignoreFocusOut: true,
    validateInput: (value) =>
      read(value) === null ? l10n.t('Write a number from {0} to {1}.', low, high) : null,
  });
  return text === undefined ? null : read(text);
}

/** Files of a language that are tried: one that is tidy already tells nothing. */
const TRIES = 3;
const MAX_LANGUAGES = 6;

/** Languages of the plan for which the editor has a formatter. */
async function formattedLanguages(
  session: BatchSession,
  files: readonly BatchFile[],
): Promise<readonly string[]> {
  const languages = [...new Set(files.map(({ languageId }) => languageId))];
  const found = languages.slice(0, MAX_LANGUAGES).map(async (languageId) => {
    const tried = files.filter((file) => file.languageId === languageId).slice(0, TRIES);
    for (const file of tried) if (await canFormat(session.uriOf(file))) return [languageId];
    return [];
  });
  return (await Promise.all(found)).flat();
}

async function canFormat(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.openTextDocument(uri);
    const edits = await vscode.commands.executeCommand(
      'vscode.executeFormatDocumentProvider',
      uri,
      { tabSize: 4, insertSpaces: true },
    );
    return Array.isArray(edits) && edits.length > 0;
  } catch {
    return false;
  }
}
