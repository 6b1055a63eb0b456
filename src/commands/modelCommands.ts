import * as vscode from 'vscode';
import type { CatalogModel } from '../catalog/model';
import { supportsTools } from '../catalog/readModels';
import { NANO_PER_USD } from '../common/money';
import type { Connections } from '../host/connections';
import { readSetting } from '../host/settings';

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
        // Without tools a model cannot call a worker.
        isOffered: supportsTools,
      }),
    'delegate.selectWorkerModel': () =>
      selectModel(connections, {
        setting: 'workerModel',
        title: vscode.l10n.t('Select worker model'),
        isOffered: () => true,
      }),
  };
}

interface ModelChoice {
  readonly setting: ModelSetting;
  readonly title: string;
  readonly isOffered: (model: CatalogModel) => boolean;
}

async function selectModel(connections: Connections, choice: ModelChoice): Promise<void> {
  const { catalog } = await connections.open();
  const picked = await pickModel(choice, async () => {
    if (catalog.ageMs === null) await catalog.refresh();
    return catalog.models.filter(choice.isOffered);
  });
  if (picked === null) return;
  await vscode.workspace
    .getConfiguration('delegate')
    .update(choice.setting, picked, vscode.ConfigurationTarget.Global);
}

/** Lets the user search the catalog; any slug that is typed can be taken as well. */
async function pickModel(
  choice: ModelChoice,
  loadModels: () => Promise<readonly CatalogModel[]>,
): Promise<string | null> {
  const current = readSetting(choice.setting);
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly id: string }>();
  pick.title = choice.title;
  pick.placeholder = vscode.l10n.t('Search by name, or type a slug. Now: {0}', current);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  let models: readonly CatalogModel[] = [];
  const update = (): void => {
    const typed = pick.value.trim();
    const isSlug = /^~?[^\s/]+\/[^\s/]+$/.test(typed) && !models.some(({ id }) => id === typed);
    pick.items = [
      ...models.map((model) => modelItem(model, current)),
      ...(isSlug
        ? [{ id: typed, label: typed, description: vscode.l10n.t('as typed'), alwaysShow: true }]
        : []),
    ];
  };
  const chosen = new Promise<string | null>((resolve) => {
    pick.onDidChangeValue(update);
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.id ?? null);
      pick.hide();
    });
    pick.onDidHide(() => resolve(null));
  });
  pick.show();
  try {
    models = await loadModels();
  } catch {
    pick.placeholder = vscode.l10n.t('The list cannot be had now; type a slug. Now: {0}', current);
  }
  pick.busy = false;
  update();
  const id = await chosen;
  pick.dispose();
  return id;
}

function modelItem(
  model: CatalogModel,
  current: string,
): vscode.QuickPickItem & { readonly id: string } {
  const { l10n } = vscode;
  const { promptNanoPerMillion, completionNanoPerMillion } = model.pricing;
  const parts = [
    l10n.t(
      '{0} in / {1} out per million',
      price(promptNanoPerMillion),
      price(completionNanoPerMillion),
    ),
  ];
  if (model.contextLength !== null) {
    parts.push(l10n.t('context {0}', model.contextLength.toLocaleString('en-US')));
  }
  parts.push(supportsTools(model) ? l10n.t('tools') : l10n.t('no tools'));
  if (model.aliasTarget !== null) parts.push(l10n.t('now {0}', model.aliasTarget));
  return {
    id: model.id,
    label: model.id === current ? `$(check) ${model.name}` : model.name,
    description: model.id,
    detail: parts.join(' · '),
  };
}

function price(nanoPerMillion: number | null): string {
  return nanoPerMillion === null ? '?' : `$${(nanoPerMillion / NANO_PER_USD).toFixed(2)}`;
}
