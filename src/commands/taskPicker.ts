import * as vscode from 'vscode';
import type { InstructionBox } from '../ui/instructionBox';
import { type Job, askExtractJob, askFreeJob, askRefactorJob, plainJob } from './jobInput';

interface TaskItem extends vscode.QuickPickItem {
  readonly job: () => Job | null | Promise<Job | null>;
}

/** Lets the user pick any task: built-in ones and the free instruction. */
export async function pickTask(box: InstructionBox): Promise<Job | null> {
  const { l10n } = vscode;
  const items: TaskItem[] = [
    { label: l10n.t('Summarize selection'), job: () => plainJob('summarize') },
    { label: l10n.t('Draft docstring'), job: () => plainJob('docstring') },
    { label: l10n.t('Reformat selection'), job: () => plainJob('reformat') },
    { label: l10n.t('Extract from selection…'), job: () => askExtractJob(box) },
    { label: l10n.t('Draft refactor…'), job: () => askRefactorJob(box) },
    { label: l10n.t('Instruction in your own words…'), job: () => askFreeJob(box) },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Run task'),
    placeHolder: l10n.t('What should be done with the selection?'),
    matchOnDescription: true,
  });
  return (await picked?.job()) ?? null;
}
