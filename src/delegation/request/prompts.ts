import { type AnswerBrief, answerHeader, answerRules, formatRule, maskedRule } from './answerRules';
import { TASK_DESCRIPTION, outcomeMarker, refusalMarker, tagged } from '../run/markers';
import type { PlannedTask } from '../plan/plan';
import { jobName } from '../../tasks/task';
import type { AnswerMode } from '../run/run';

/** What the prompts of one run are made of. */
export interface PromptParts extends AnswerBrief {
  /** The user's words; null when the task needs none. */
  readonly instruction: string | null;
}

export interface DelegationPromptParts extends PromptParts {
  readonly tasks: readonly PlannedTask[];
  /** How many repeated calls the orchestrator may make in all. */
  readonly corrections: number;
  readonly answerMode: AnswerMode;
  /** Its name, which may be empty; null without an advisor. */
  readonly advisor: { readonly name: string } | null;
  readonly hasFusion: boolean;
}

/**
 * The orchestrator's instructions. It is told, not asked, to delegate: live ones answer small jobs
 * themselves. Every word is billed again in each step, so none is wasted.
 */
export function orchestratorInstructions(parts: DelegationPromptParts): string {
  const { task, tasks, corrections, nonce } = parts;
  const lines = [
    'You plan and check; workers write.',
    tasks.length === 1
      ? 'Delegate this task exactly once, by calling the named worker:'
      : 'Delegate each of these tasks exactly once, in this order, all in one turn, by calling the named worker:',
    ...tasks.map((planned) => taskLine(planned, tasks.length > 1)),
    `task_description: ${TASK_DESCRIPTION}`,
    // With an outline there is no code to copy.
    ...(task.context === 'full' ? ['Never copy code into task_description.'] : []),
    `An outcome is right when ${task.acceptance}.`,
    ...answerLines(parts),
  ];
  if (corrections > 0) {
    lines.push(
      `If one is wrong, call its worker again with the corrections, at most ${corrections} more times.`,
    );
  }
  if (parts.advisor) {
    const name = parts.advisor.name === '' ? 'the advisor' : `the advisor "${parts.advisor.name}"`;
    lines.push(`Ask ${name} only when in doubt about an outcome.`);
  }
  if (parts.hasFusion)
    lines.push('Use fusion only where the instruction asks for several opinions.');
  lines.push(`If the job cannot be done, answer with ${refusalMarker(nonce)} and one sentence.`);
  return lines.join('\n');
}

/** A part is named by its lines; the only task has them all. */
function taskLine(
  { taskName, workerName, startLine, endLine }: PlannedTask,
  isPart: boolean,
): string {
  const lines = isPart ? ` (lines ${startLine}-${endLine})` : '';
  return `- task_name "${taskName}": call worker "${workerName}"${lines}`;
}

function answerLines(parts: DelegationPromptParts): string[] {
  const { answerMode, nonce, tasks, task } = parts;
  if (answerMode === 'integrated') {
    return [
      'Write the final answer yourself, in full, from the outcomes.',
      ...formatRule(task).split('\n'),
      ...maskedRule(parts),
    ];
  }
  const [only] = tasks;
  const isSingle = tasks.length === 1 && only !== undefined;
  return [
    `Accept it by writing its marker, alone on a line: ${outcomeMarker(nonce, isSingle ? only.taskName : 'TASK_NAME')}`,
    ...(isSingle ? [] : ['(one per task, in order)']),
    "Never repeat an outcome's text; add nothing.",
  ];
}

/** The orchestrator's input: the job, the user's words, and what it may see of the selection. */
export function orchestratorInput(
  parts: PromptParts,
  view: {
    readonly role: 'outline' | 'selection';
    readonly text: string;
    /** Why answers that a worker gave before were not taken; null when none was asked. */
    readonly rejected: string | null;
  },
): string {
  const { nonce, instruction, languageId } = parts;
  return [
    `Job: ${jobName(parts.task)}`,
    `Language: ${languageId}`,
    ...instructionLines(nonce, instruction),
    ...(view.rejected === null ? [] : [rejectedLine(view.rejected)]),
    tagged(view.role, nonce, view.text),
  ].join('\n');
}

/** Where the text stays with the user's own worker, the orchestrator can only say what to heed. */
export const ADVICE_INSTRUCTIONS = [
  'You advise a worker. It has the code; you are shown an outline only.',
  'A check rejected its answers. Tell it in at most 80 words what to heed in its next answer.',
  'Write no code, and nothing besides the advice.',
].join('\n');

/** A worker's outcome must not be wrong in the same way again. */
function rejectedLine(reason: string): string {
  return `Workers tried this twice, and their answers were rejected: ${reason}`;
}

/** Why a worker is asked once more, and perhaps what it should heed. */
export interface Rejection {
  readonly reason: string;
  readonly advice: string | null;
}

/** What a worker that is asked alone gets after its pinned instructions; the next times with why. */
export function workerInput(rejected: Rejection | null): string {
  if (rejected === null) return TASK_DESCRIPTION;
  const { reason, advice } = rejected;
  return [
    `Your last answer was rejected: ${reason}`,
    ...(advice === null ? [] : [`Advice: ${advice}`]),
    'Write the whole answer again, corrected.',
  ].join('\n');
}

/** A worker's instructions, with its part of the selection pinned at the end. */
export function workerInstructions(
  parts: PromptParts & { readonly extraInstructions: string },
  pinnedText: string,
): string {
  return [
    answerHeader(parts),
    answerRules(parts),
    'The task description you get adds nothing to this, except for corrections.',
    ...(parts.extraInstructions === '' ? [] : [parts.extraInstructions]),
    ...instructionLines(parts.nonce, parts.instruction),
    tagged('selection', parts.nonce, pinnedText),
  ].join('\n');
}

/** Instructions of the direct route: the orchestrator model does the worker's job. */
export function directInstructions(parts: PromptParts): string {
  return [answerHeader(parts), answerRules(parts)].join('\n');
}

/** Input of the direct route. */
export function directInput(parts: PromptParts, text: string): string {
  return [
    ...instructionLines(parts.nonce, parts.instruction),
    tagged('selection', parts.nonce, text),
  ].join('\n');
}

function instructionLines(nonce: string, instruction: string | null): string[] {
  return instruction === null || instruction.trim() === ''
    ? []
    : [tagged('instruction', nonce, instruction)];
}
