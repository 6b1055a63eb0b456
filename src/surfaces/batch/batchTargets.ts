import path from 'node:path';
import * as vscode from 'vscode';
import { pickOne, showInformation } from '../../editor/messages/show';

/** The files and folders of a batch, in one workspace folder. */
export interface BatchTargets {
  readonly folder: vscode.WorkspaceFolder;
  /** Below the folder, with slashes; `''` is the folder itself. */
  readonly paths: readonly string[];
}

/**
 * What the explorer's menu was opened on, all that is selected there; from the palette what the
 * user picks.
 *
 * @returns null when there is none; the user was told, or closed the list.
 */
export async function batchTargets(clicked: unknown, all: unknown): Promise<BatchTargets | null> {
  const given = Array.isArray(all) && all.length > 0 ? (all as readonly unknown[]) : [clicked];
  const uris = given.filter((each) => each instanceof vscode.Uri);
  return targetsOf(uris.length > 0 ? uris : await pickUris());
}

function targetsOf(uris: readonly vscode.Uri[] | null): BatchTargets | null {
  if (uris === null) return null;
  const { l10n } = vscode;
  const folders = new Set(uris.map((uri) => vscode.workspace.getWorkspaceFolder(uri)));
  const [folder, ...others] = folders;
  if (!folder || others.length > 0) {
    void showInformation(
      others.length > 0
        ? l10n.t('A batch works in one folder of the workspace at a time. Select files of one.')
        : l10n.t('A batch works on files of a folder. Open the folder first.'),
    );
    return null;
  }
  if (folder.uri.scheme !== 'file') {
    void showInformation(l10n.t('Batches work in folders on a disk, not in virtual ones.'));
    return null;
  }
  const paths = uris.map((uri) => path.posix.relative(folder.uri.path, uri.path));
  return { folder, paths };
}

interface UrisItem extends vscode.QuickPickItem {
  readonly uris: () => readonly vscode.Uri[] | Promise<readonly vscode.Uri[] | null>;
}

async function pickUris(): Promise<readonly vscode.Uri[] | null> {
  const { l10n } = vscode;
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) return [];
  const items: UrisItem[] = [
    ...fileItems(),
    ...folders.map(({ name, uri }) => ({
      label: l10n.t('All of {0}', name),
      iconPath: vscode.ThemeIcon.Folder,
      uris: () => [uri],
    })),
    { label: l10n.t('Choose files and folders…'), uris: chooseUris },
  ];
  const picked = await pickOne(items, {
    title: l10n.t('Run task on files'),
    placeHolder: l10n.t('Which files?'),
  });
  return picked ? picked.uris() : null;
}

/** The file in front and its folder. */
function fileItems(): readonly UrisItem[] {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
  if (!uri || !folder) return [];
  const { l10n } = vscode;
  const parent = vscode.Uri.joinPath(uri, '..');
  const isTop = parent.path === folder.uri.path;
  return [
    ...(isTop
      ? []
      : [
          {
            label: l10n.t('Folder {0}', path.posix.relative(folder.uri.path, parent.path)),
            iconPath: vscode.ThemeIcon.Folder,
            uris: () => [parent],
          },
        ]),
    {
      label: l10n.t('File {0}', path.posix.basename(uri.path)),
      iconPath: vscode.ThemeIcon.File,
      uris: () => [uri],
    },
  ];
}

async function chooseUris(): Promise<readonly vscode.Uri[] | null> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: true,
    canSelectFolders: true,
    canSelectMany: true,
    ...(folder && { defaultUri: folder.uri }),
  });
  return chosen ?? null;
}
