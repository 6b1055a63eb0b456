import * as vscode from 'vscode';
import { isBuiltInTaskId } from '../../tasks/catalog';
import {
  askExtractJob,
  askRefactorJob,
  askTranslationJob,
  readJobArguments,
} from '../../editor/run/askJob';
import type { TaskBoxes } from '../../editor/run/instructionBox';
import { type Job, builtInJob } from '../../editor/run/job';
import { type JobItem, recipeItems } from '../../editor/run/recipeItems';
import { pickOne } from '../../editor/messages/show';
import { asRecord } from '../../common/json';

/**
 * Which task a batch does: one that was named by a keybinding or another extension, as in
 * `{ "task": "refactor", "instruction": "…" }`, or the one that the user picks.
 *
 * @returns null when the user closed a box.
 */
export async function batchTask(boxes: TaskBoxes, given: unknown): Promise<Job | null> {
  const { box, languages } = boxes;
  const named = await namedJob(boxes, given);
  if (named) return named;
  const { l10n } = vscode;
  const nothing = readJobArguments(undefined);
  const items: (JobItem | vscode.QuickPickItem)[] = [
    {
      label: l10n.t('Docstring'),
      description: l10n.t('comments, each proven to be nothing else'),
      job: () => builtInJob('docstring'),
    },
    {
      label: l10n.t('Reformat'),
      description: l10n.t('layout, proven to be nothing else'),
      job: () => builtInJob('reformat'),
    },
    {
      label: l10n.t('Translate comments…'),
      description: l10n.t('in comments alone, proven to be nothing else'),
      job: () => askTranslationJob(languages, nothing),
    },
    {
      label: l10n.t('Refactor…'),
      description: l10n.t('a change in your words; no proof'),
      job: () => askRefactorJob(box, nothing),
    },
    {
      label: l10n.t('Extract…'),
      description: l10n.t('into one document'),
      job: () => askExtractJob(box, nothing),
    },
    {
      label: l10n.t('Summarize'),
      description: l10n.t('into one document'),
      job: () => builtInJob('summarize'),
    },
    ...(await recipeItems()),
  ];
  const picked = await pickOne(items, {
    title: l10n.t('Run task on files'),
    placeHolder: l10n.t('What should be done with each file?'),
    matchOnDescription: true,
  });
  return picked && 'job' in picked ? picked.job() : null;
}

async function namedJob({ languages }: TaskBoxes, given: unknown): Promise<Job | null> {
  const task = asRecord(given)?.['task'];
  if (!isBuiltInTaskId(task)) return null;
  const words = readJobArguments(given);
  if (task === 'translateComments') return askTranslationJob(languages, words);
  const { instruction, schema } = words;
  return builtInJob(task, instruction, schema);
}
