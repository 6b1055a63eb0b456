import * as vscode from 'vscode';

/** Folders that hold nothing that the user wrote. */
const NOT_OWN: ReadonlySet<string> = new Set([
  ...['node_modules', '.git', 'dist', 'out', 'build', 'target', 'vendor', '.venv', 'venv'],
]);
const EXCLUDED = `**/{${[...NOT_OWN].join()}}/**`;

/**
 * The files below a folder that are the user's own.
 *
 * The editor's search leaves out what its settings exclude. Where it does not work, as in an editor
 * whose search program is missing, the folders are read one by one.
 *
 * @param max files are listed at most.
 */
export async function workspaceFiles(
  root: vscode.Uri,
  max: number,
  token?: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  try {
    const pattern = new vscode.RelativePattern(root, '**/*');
    return await vscode.workspace.findFiles(pattern, EXCLUDED, max, token);
  } catch {
    return readFolders(root, max, token);
  }
}

async function readFolders(
  root: vscode.Uri,
  max: number,
  token?: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const files: vscode.Uri[] = [];
  const folders = [root];
  for (const folder of folders) {
    if (files.length >= max || token?.isCancellationRequested === true) break;
    for (const [name, type] of await entriesOf(folder)) {
      const uri = vscode.Uri.joinPath(folder, name);
      // A link could lead in a circle, or out of the workspace.
      if (type === vscode.FileType.File) files.push(uri);
      else if (type === vscode.FileType.Directory && !NOT_OWN.has(name)) folders.push(uri);
    }
  }
  return files.slice(0, max);
}

async function entriesOf(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
