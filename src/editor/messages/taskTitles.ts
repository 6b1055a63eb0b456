import type { Localization } from '../../common/translate';
import type { BuiltInTaskId } from '../../tasks/catalog';
import type { OwnDoorTaskId, TaskDefinition } from '../../tasks/task';

/** What the user reads for a task; a recipe has the title that its file gives it. */
export function taskTitle(task: TaskDefinition, l10n: Localization): string {
  return isTitled(task.id) ? TITLES[task.id](l10n) : task.title;
}

/** What the user reads for a ledger's `route`; one that nobody knows stays as it is written. */
export function routeTitle(route: string, l10n: Localization): string {
  return isTitled(route) ? TITLES[route](l10n) : route;
}

type TitledId = BuiltInTaskId | OwnDoorTaskId | 'compareWorkers' | 'recipe';

/** Stands apart from the definitions, whose prompts the page of the costs has no need to load. */
const TITLES: Readonly<Record<TitledId, (l10n: Localization) => string>> = {
  summarize: (l10n) => l10n.t('Summarize'),
  docstring: (l10n) => l10n.t('Docstring'),
  reformat: (l10n) => l10n.t('Reformat'),
  extract: (l10n) => l10n.t('Extract'),
  refactor: (l10n) => l10n.t('Refactor'),
  translateComments: (l10n) => l10n.t('Translate comments'),
  instruct: (l10n) => l10n.t('Instruction'),
  commitMessage: (l10n) => l10n.t('Commit message'),
  draftTests: (l10n) => l10n.t('Tests'),
  compareWorkers: (l10n) => l10n.t('Compare workers'),
  recipe: (l10n) => l10n.t('Recipe'),
};

function isTitled(id: string): id is TitledId {
  return Object.hasOwn(TITLES, id);
}
