import * as vscode from 'vscode';
import { asRecord, parseRecord, readString } from '../../common/json';
import { ownExtraction, presetExtraction } from '../../tasks/extract';
import { type ExtractPreset, extractPresets } from '../../tasks/extractPresets';
import { translationInto } from '../../tasks/translateComments';
import type { JsonObject } from '../../openrouter/wire';
import { type Job, builtInJob } from './job';
import type { InstructionBox } from './instructionBox';
import { askText, pickOne } from '../messages/show';

/**
 * Arguments that a keybinding or another extension may pass to a task's command, so that nothing
 * has to be asked: `{ "instruction": "rename total to sum" }`, for extraction also `preset` and
 * `schema`. A menu passes other things, which are not arguments of ours.
 */
export interface JobArguments {
  readonly instruction: string | null;
  readonly preset: string | null;
  readonly schema: JsonObject | null;
}

export function readJobArguments(value: unknown): JobArguments {
  const record = value instanceof vscode.Uri ? null : asRecord(value);
  return {
    instruction: readString(record?.['instruction']),
    preset: readString(record?.['preset']),
    schema: asRecord(record?.['schema']),
  };
}

/**
 * @param demoWishes what can be asked of the demo about the text at hand; null outside of the demo.
 * @returns null when the user closed the box.
 */
export async function askRefactorJob(
  box: InstructionBox,
  given: JobArguments,
  demoWishes: readonly string[] | null = null,
): Promise<Job | null> {
  const instruction = given.instruction ?? (await askRefactorInstruction(box, demoWishes));
  return instruction === null ? null : builtInJob('refactor', instruction);
}

function askRefactorInstruction(
  box: InstructionBox,
  demoWishes: readonly string[] | null,
): Promise<string | null> {
  return box.ask({
    title: vscode.l10n.t('Draft refactor'),
    placeholder: demoWishes
      ? vscode.l10n.t('The demo is a script. These are the changes that it can make here:')
      : vscode.l10n.t('What should change? For example: rename total to sum'),
    suggestions: demoWishes ?? [
      vscode.l10n.t('Use early returns'),
      vscode.l10n.t('Extract the repeated string into a constant'),
      vscode.l10n.t('Remove debug output'),
    ],
  });
}

/** Written in their own words, so that people who speak it find it; the box takes any other. */
const LANGUAGES = [
  'English',
  'Deutsch',
  'Español',
  'Français',
  'Italiano',
  'Português',
  'Polski',
  'Türkçe',
  'Українська',
  '日本語',
  '한국어',
  '简体中文',
];

/**
 * @param box remembers languages, not instructions.
 * @returns null when the user closed the box.
 */
export async function askTranslationJob(
  box: InstructionBox,
  given: JobArguments,
): Promise<Job | null> {
  const language =
    given.instruction ??
    (await box.ask({
      title: vscode.l10n.t('Translate comments'),
      placeholder: vscode.l10n.t('Into which language?'),
      suggestions: LANGUAGES,
    }));
  return language === null ? null : builtInJob('translateComments', translationInto(language));
}

/** @returns null when the user closed the box. */
export async function askFreeJob(box: InstructionBox): Promise<Job | null> {
  const instruction = await box.ask({
    title: vscode.l10n.t('Run instruction'),
    placeholder: vscode.l10n.t('What should be done with the selection?'),
  });
  return instruction === null ? null : builtInJob('instruct', instruction);
}

/** @returns null when the user closed a box. */
export async function askExtractJob(box: InstructionBox, given: JobArguments): Promise<Job | null> {
  const preset = extractPresets.find(({ id }) => id === given.preset);
  if (preset) return presetExtraction(preset);
  if (given.instruction !== null) return ownExtraction(given.instruction, given.schema);
  const ownWords = vscode.l10n.t('In your own words…');
  const items = [
    ...extractPresets.map((preset) => ({ label: presetTitle(preset.id), preset })),
    { label: ownWords, preset: null },
  ];
  const picked = await pickOne(items, {
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
  const text = await askText({
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
  return parseRecord(text);
}
