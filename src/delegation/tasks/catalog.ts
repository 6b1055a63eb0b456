import type { BuiltInTaskId, TaskDefinition } from '../task';
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
