import type { TaskDefinition } from './task';
import { docstringTask } from './docstring';
import { extractTask } from './extract';
import { instructTask } from './instruct';
import { reformatTask } from './reformat';
import { refactorTask } from './refactor';
import { summarizeTask } from './summarize';
import { translateCommentsTask } from './translateComments';

/** The built-in tasks by id. */
export const builtInTasks = {
  summarize: summarizeTask,
  docstring: docstringTask,
  reformat: reformatTask,
  extract: extractTask,
  refactor: refactorTask,
  translateComments: translateCommentsTask,
  instruct: instructTask,
} satisfies Readonly<Record<string, TaskDefinition>>;

export type BuiltInTaskId = keyof typeof builtInTasks;

/** Whether a task can do nothing without an instruction of its own. */
export function needsInstruction(id: BuiltInTaskId): boolean {
  const task: TaskDefinition = builtInTasks[id];
  return task.needsInstruction ?? false;
}

export function isBuiltInTaskId(value: unknown): value is BuiltInTaskId {
  return typeof value === 'string' && Object.hasOwn(builtInTasks, value);
}
