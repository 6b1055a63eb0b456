import * as vscode from 'vscode';
import { asRecord, parseJson } from '../common/json';
import { builtInTasks } from '../delegation/tasks/catalog';
import { ownExtraction, presetExtraction } from '../delegation/tasks/extract';
import { type ExtractPreset, extractPresets } from '../delegation/tasks/extractPresets';
import type { TaskDefinition } from '../delegation/task';
import type { JsonObject } from '../openrouter/wire';
import type { InstructionBox } from '../ui/instructionBox';

/** What a run is to do, before it has a selection. */
export interface Job {
  readonly task: TaskDefinition;
  readonly instruction: string | null;
  readonly schema?: JsonObject;
}

export function plainJob(id: 'summarize' | 'docstring' | 'reformat'): Job {
  return { task: builtInTasks[id], instruction: null };
}

/** @returns null when the user closed the box. */
export async function askRefactorJob(box: InstructionBox): Promise<Job | null> {
  const instruction = await box.ask({
    title: vscode.l10n.t('Draft refactor'),
    placeholder: vscode.l10n.t('What should change? For example: rename total to sum'),
  });
  return instruction === null ? null : { task: builtInTasks.refactor, instruction };
}

/** @returns null when the user closed the box. */
export async function askFreeJob(box: InstructionBox): Promise<Job | null> {
  const instruction = await box.ask({
    title: vscode.l10n.t('Run instruction'),
    placeholder: vscode.l10n.t('What should be done with the selection?'),
  });
  return instruction === null ? null : { task: builtInTasks.instruct, instruction };
}

/** @returns null when the user closed a box. */
export async function askExtractJob(box: InstructionBox): Promise<Job | null> {
  const ownWords = vscode.l10n.t('In your own words…');
  const items = [
    ...extractPresets.map((preset) => ({ label: presetTitle(preset.id), preset })),
    { label: ownWords, preset: null },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Extract from selection'),
    placeHolder: vscode.l10n.t('What should be extracted?'),
  });
  if (!picked) return null;
  if (picked.preset) return presetExtraction(picked.preset);
  const instruction = await box.ask({
    title: vscode.l10n.t('Extract from selection'),
    placeholder: vscode.l10n.t('What should be extracted? For example: all URLs with their line'),
  });
  if (instruction === null) return null;
  const schema = await askSchema();
  return schema === undefined ? null : ownExtraction(instruction, schema);
}

function presetTitle(id: ExtractPreset['id']): string {
  const { l10n } = vscode;
  switch (id) {
    case 'todos':
      return l10n.t('TODOs');
    case 'types':
      return l10n.t('Types');
    case 'strings':
      return l10n.t('Strings');
    case 'sql':
      return l10n.t('SQL');
    case 'config-keys':
      return l10n.t('Config keys');
  }
}

/** @returns a schema, null for none, undefined when the user closed the box. */
async function askSchema(): Promise<JsonObject | null | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('JSON Schema of the result (optional)'),
    prompt: vscode.l10n.t('Paste a JSON Schema to get JSON; leave empty to get Markdown.'),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || readSchema(value)
        ? null
        : vscode.l10n.t('This is not a JSON object. Paste the whole schema, from { to }.'),
  });
  if (text === undefined) return undefined;
  return text.trim() === '' ? null : readSchema(text);
}

function readSchema(text: string): JsonObject | null {
  const parsed = parseJson(text);
  return parsed.ok ? asRecord(parsed.value) : null;
}
