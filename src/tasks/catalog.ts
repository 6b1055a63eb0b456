import type { BuiltInTaskId, TaskDefinition } from './task';
import { docstringTask } from './docstring';
import { extractTask } from './extract';
import { instructTask } from './instruct';
import { reformatTask } from './reformat';
import { refactorTask } from './refactor';
import { summarizeTask } from './summarize';

/** The built-in tasks by id; the type makes sure that none is forgotten. */
export const builtInTasks: Readonly<Record<BuiltInTaskId, TaskDefinition>> = {
  summarize: summarizeTask,
  docstring: docstringTask,
  reformat: reformatTask,
  extract: extractTask,
  refactor: refactorTask,
  instruct: instructTask,
};

/** Whether a task can do nothing without words of its own from whoever wants it done. */
export const needsInstruction: Readonly<Record<BuiltInTaskId, boolean>> = {
  summarize: false,
  docstring: false,
  reformat: false,
  extract: true,
  refactor: true,
  instruct: true,
};

export function isBuiltInTaskId(value: unknown): value is BuiltInTaskId {
  return typeof value === 'string' && Object.hasOwn(builtInTasks, value);
}
