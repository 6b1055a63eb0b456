import * as vscode from 'vscode';
import { type Job, builtInJob } from '../../editor/run/job';
import type { TaskBoxes } from '../../editor/run/instructionBox';
import {
  askExtractJob,
  askFreeJob,
  askRefactorJob,
  askTranslationJob,
  readJobArguments,
} from '../../editor/run/askJob';
import { pickOne } from '../../editor/messages/show';
import { type JobItem, recipeItems } from '../../editor/run/recipeItems';

const NOTHING_GIVEN = readJobArguments(undefined);

/** Lets the user pick any task: built-in ones, the workspace's recipes, the free instruction. */
export async function pickTask(boxes: TaskBoxes): Promise<Job | null> {
  const { l10n } = vscode;
  const items: (JobItem | vscode.QuickPickItem)[] = [
    ...builtInItems(boxes),
    ...(await recipeItems()),
  ];
  const picked = await pickOne(items, {
    title: l10n.t('Run task'),
    placeHolder: l10n.t('What should be done with the selection?'),
    matchOnDescription: true,
  });
  return picked && 'job' in picked ? picked.job() : null;
}

function builtInItems({ box, languages }: TaskBoxes): JobItem[] {
  const { l10n } = vscode;
  return [
    { label: l10n.t('Summarize selection'), job: () => builtInJob('summarize') },
    { label: l10n.t('Draft docstring'), job: () => builtInJob('docstring') },
    { label: l10n.t('Reformat selection'), job: () => builtInJob('reformat') },
    { label: l10n.t('Extract from selection…'), job: () => askExtractJob(box, NOTHING_GIVEN) },
    { label: l10n.t('Draft refactor…'), job: () => askRefactorJob(box, NOTHING_GIVEN) },
    {
      label: l10n.t('Translate comments…'),
      job: () => askTranslationJob(languages, NOTHING_GIVEN),
    },
    { label: l10n.t('Instruction in your own words…'), job: () => askFreeJob(box) },
  ];
}
