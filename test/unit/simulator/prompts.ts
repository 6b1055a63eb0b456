/** Prompts in the form that engine and simulator agree on, written by hand for the tests. */

export const NONCE = 'abcd2345';

export const CODE = `export function add(left: number, right: number): number {
  return left + right;
}

export class Counter {
  count = 0;
}`;

export interface PromptOptions {
  readonly model?: string;
  readonly job?: string;
  /** Names of the tasks; each gets a worker entry of its own. */
  readonly tasks?: readonly string[];
  readonly integrated?: boolean;
  readonly corrections?: number;
  readonly workerModel?: string;
  readonly showsSelection?: boolean;
}

export function instructions(options: PromptOptions = {}): string {
  const tasks = options.tasks ?? ['summarize'];
  return [
    'You plan and check; workers write.',
    'Delegate each of these tasks exactly once, in this order, all in one turn, by calling the named worker:',
    ...tasks.map(
      (task, index) => `- task_name "${task}": call worker "${workerName(index)}" (lines 1-7)`,
    ),
    'task_description: Do your job on the pinned selection.',
    'Never copy code into task_description.',
    options.integrated
      ? 'Write the final answer yourself, in full, from the outcomes.'
      : `Accept an outcome by writing its marker, alone on a line: [[outcome:${NONCE}:TASK_NAME]] (one per task, in order). Never repeat an outcome's text.`,
    `If an outcome is wrong, call the same worker again with the same task_name and the corrections, at most ${options.corrections ?? 1} more times.`,
    `If the job cannot be done, answer with [[cannot:${NONCE}]] and one sentence.`,
  ].join('\n');
}

export function workerName(index: number): string {
  return index === 0 ? 'delegate-worker' : `delegate-worker-${index + 1}`;
}

export function userMessage(options: PromptOptions = {}): string {
  const tag = options.showsSelection ? 'selection' : 'outline';
  const text = options.showsSelection
    ? CODE
    : 'function add (lines 1-3)\nclass Counter (lines 5-7)';
  return [
    `Job: ${options.job ?? 'summarize'}`,
    'Language: typescript',
    `<${tag}-${NONCE}>`,
    text,
    `</${tag}-${NONCE}>`,
  ].join('\n');
}

export function workerInstructions(job = 'summarize', answer = 'text'): string {
  return [
    `Job: ${job}`,
    'Language: typescript',
    `Answer: ${answer}`,
    `<selection-${NONCE}>`,
    CODE,
    `</selection-${NONCE}>`,
  ].join('\n');
}

function subagents(options: PromptOptions = {}): Record<string, unknown>[] {
  return (options.tasks ?? ['summarize']).map((_, index) => ({
    type: 'openrouter:subagent',
    parameters: {
      name: workerName(index),
      model: options.workerModel ?? '~anthropic/claude-haiku-latest',
      instructions: workerInstructions(options.job),
      max_completion_tokens: 4096,
    },
  }));
}

export function responsesBody(options: PromptOptions = {}): Record<string, unknown> {
  return {
    model: options.model ?? '~anthropic/claude-opus-latest',
    instructions: instructions(options),
    input: userMessage(options),
    tools: subagents(options),
    max_output_tokens: 4096,
    stream: true,
  };
}

export function chatBody(options: PromptOptions = {}): Record<string, unknown> {
  return {
    model: options.model ?? '~anthropic/claude-opus-latest',
    messages: [
      { role: 'system', content: instructions(options) },
      { role: 'user', content: userMessage(options) },
    ],
    tools: subagents(options),
    max_completion_tokens: 4096,
    stream: true,
  };
}
