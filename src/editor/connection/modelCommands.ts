import * as vscode from 'vscode';
import type { CatalogModel } from '../../catalog/model';
import type { ModelCatalog } from '../../catalog/modelCatalog';
import { supportsTools } from '../../catalog/readModels';
import { workerOrder } from '../../catalog/workerOrder';
import type { Connections } from './connections';
import { createPicker } from '../messages/show';
import { readSetting } from '../settings/settings';
import { modelDetail } from './modelText';

type ModelSetting = 'orchestratorModel' | 'workerModel';

export function createModelCommands(connections: Connections): {
  readonly 'delegate.selectOrchestratorModel': () => Promise<void>;
  readonly 'delegate.selectWorkerModel': () => Promise<void>;
} {
  return {
    'delegate.selectOrchestratorModel': () =>
      selectModel(connections, {
        setting: 'orchestratorModel',
        title: vscode.l10n.t('Select orchestrator model'),
      }),
    'delegate.selectWorkerModel': () =>
      selectModel(connections, {
        setting: 'workerModel',
        title: vscode.l10n.t('Select worker model'),
      }),
  };
}

export interface ModelChoice {
  readonly setting: ModelSetting;
  readonly title: string;
}

async function selectModel(connections: Connections, choice: ModelChoice): Promise<void> {
  const { catalog } = await connections.open();
  const picked = await pickModel(choice, catalog);
  if (picked === null) return;
  await vscode.workspace
    .getConfiguration('delegate')
    .update(choice.setting, picked, vscode.ConfigurationTarget.Global);
}

/**
 * Lets the user search the catalog; any slug that is typed can be taken as well. A list that is old
 * shows at once and is replaced when the newer one comes.
 */
export async function pickModel(
  choice: ModelChoice,
  catalog: ModelCatalog,
): Promise<string | null> {
  const current = readSetting(choice.setting);
  const { pick, setItems, setPlaceholder } = createPicker<ModelItem>(choice.title);
  setPlaceholder(vscode.l10n.t('Search by name, or type a slug. Now: {0}', current));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  const update = (): void => {
    const items = modelItems(catalog.models, choice.setting, current);
    const typed = pick.value.trim();
    // While it may still become a listed one, Enter must not take a piece of its name.
    const isSlug =
      /^~?[^\s/]+\/[^\s/]+$/.test(typed) && !items.some(({ id }) => id.includes(typed));
    setItems([
      ...items,
      ...(isSlug
        ? [{ id: typed, label: typed, description: vscode.l10n.t('as typed'), alwaysShow: true }]
        : []),
    ]);
  };
  const chosen = new Promise<string | null>((resolve) => {
    pick.onDidChangeValue(update);
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.id ?? null);
      pick.hide();
    });
    pick.onDidHide(() => resolve(null));
  });
  const stopFollowing = catalog.onDidChange(() => {
    // The rows are new objects; the one that the user is at stays theirs.
    const at = pick.activeItems[0]?.id;
    update();
    pick.activeItems = pick.items.filter(({ id }) => id === at);
  });
  pick.show();
  update();
  try {
    if (catalog.ageMs === null) await catalog.refresh();
    else catalog.refreshInBackground();
  } catch {
    setPlaceholder(
      vscode.l10n.t(
        'The model list is not available right now. Type a model slug. Now: {0}',
        current,
      ),
    );
  }
  pick.busy = false;
  const id = await chosen;
  stopFollowing();
  pick.dispose();
  return id;
}

interface ModelItem extends vscode.QuickPickItem {
  readonly id: string;
}

/** Orchestrators in the catalog's order; workers by price, the cheapest that fits first. */
function modelItems(
  models: readonly CatalogModel[],
  setting: ModelSetting,
  current: string,
): ModelItem[] {
  const items = (some: readonly CatalogModel[]): ModelItem[] =>
    some.map((model) => modelItem(model, current));
  // Without tools a model cannot call a worker.
  if (setting === 'orchestratorModel') return items(models.filter(supportsTools));
  const { fitting, others } = workerOrder(models, readSetting('worker.maxCompletionTokens'));
  const separator = vscode.l10n.t('too small for usual jobs, or without a price');
  return [
    ...items(fitting),
    ...(others.length > 0
      ? [{ id: '', label: separator, kind: vscode.QuickPickItemKind.Separator }]
      : []),
    ...items(others),
  ];
}

function modelItem(model: CatalogModel, current: string): ModelItem {
  return {
    id: model.id,
    label: model.name,
    ...(model.id === current && { iconPath: new vscode.ThemeIcon('check') }),
    description: model.id,
    detail: modelDetail(model, vscode.l10n),
  };
}
