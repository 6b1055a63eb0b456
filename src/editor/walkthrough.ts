import { setContextKey } from './editorCommands';

/** Ticks off steps of the walkthrough: what was really done, not what was only tried. */
export function noteKey(hasKey: boolean): void {
  setContextKey('delegate.hasKey', hasKey);
}

/** Tasks of which a run has ended well in this window. */
const tasksDone = new Set<string>();

/** @param taskId a task whose run has ended well. */
export function noteResult(taskId: string): void {
  tasksDone.add(taskId);
  if (taskId === 'summarize') {
    setContextKey('delegate.hasSummary', true);
  } else if (taskId === 'refactor') {
    setContextKey('delegate.hasRefactorDraft', true);
  }
}

/** Whether a run of this task has ended well in this window. */
export function isTaskDone(taskId: string): boolean {
  return tasksDone.has(taskId);
}
