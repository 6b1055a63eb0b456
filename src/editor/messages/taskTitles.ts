import type { Localization } from '../../common/translate';
import type { BuiltInTaskId, TaskDefinition } from '../../tasks/task';

/** What the user reads for a task; a recipe has the title that its file gives it. */
export function taskTitle(task: TaskDefinition, l10n: Localization): string {
  return isBuiltIn(task.id) ? builtInTitle(task.id, l10n) : task.title;
}

/** What the user reads for a ledger's `route`; one that nobody knows stays as it is written. */
export function routeTitle(route: string, l10n: Localization): string {
  if (route === 'recipe') return l10n.t('Recipe');
  return isBuiltIn(route) ? builtInTitle(route, l10n) : route;
}

const BUILT_IN: Readonly<Record<BuiltInTaskId, true>> = {
  summarize: true,
  docstring: true,
  reformat: true,
  extract: true,
  refactor: true,
  instruct: true,
};

function isBuiltIn(id: string): id is BuiltInTaskId {
  return Object.hasOwn(BUILT_IN, id);
}

function builtInTitle(id: BuiltInTaskId, l10n: Localization): string {
  switch (id) {
    case 'summarize':
      return l10n.t('Summarize');
    case 'docstring':
      return l10n.t('Docstring');
    case 'reformat':
      return l10n.t('Reformat');
    case 'extract':
      return l10n.t('Extract');
    case 'refactor':
      return l10n.t('Refactor');
    case 'instruct':
      return l10n.t('Instruction');
  }
}
