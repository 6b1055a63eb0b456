import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { BATCH_SCHEME, DRAFT_SCHEME, SENT_SCHEME } from '../../manifest';
import type { DraftFiles } from './draftFileSystem';

type LoadEngine = () => Promise<{
  readonly draftFiles: DraftFiles;
  readonly batchFiles: DraftFiles;
}>;

interface DraftDoorOptions {
  readonly globalStorageUri: vscode.Uri;
  /** How the engine tells that a draft's text changed. */
  readonly draftsChanged: vscode.EventEmitter<vscode.FileChangeEvent[]>;
}

/** Where drafts are kept on this machine. */
export function draftsFolder(globalStorageUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(globalStorageUri, 'drafts');
}

/**
 * Both sides of drafts, and those of a batch, as files of the editor, which may ask for one when it brings a diff back after
 * a reload, before any command has loaded the engine. Drafts of earlier sessions load it as well.
 */
export function registerDraftDoor(options: DraftDoorOptions, load: LoadEngine): vscode.Disposable {
  void resumeDrafts(options.globalStorageUri, load);
  const provider = fileSystem(options, async () => (await load()).draftFiles);
  const results = fileSystem(options, async () => (await load()).batchFiles);
  return vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(DRAFT_SCHEME, provider, { isCaseSensitive: true }),
    vscode.workspace.registerFileSystemProvider(SENT_SCHEME, provider, {
      isCaseSensitive: true,
      isReadonly: true,
    }),
    vscode.workspace.registerFileSystemProvider(BATCH_SCHEME, results, { isCaseSensitive: true }),
  );
}

async function resumeDrafts(globalStorageUri: vscode.Uri, load: LoadEngine): Promise<void> {
  const names = await readdir(draftsFolder(globalStorageUri).fsPath).catch((): string[] => []);
  if (names.some((name) => name.endsWith('.json'))) await load();
}

function fileSystem(
  { draftsChanged }: DraftDoorOptions,
  load: () => Promise<DraftFiles>,
): vscode.FileSystemProvider {
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  return {
    onDidChangeFile: draftsChanged.event,
    // Every change is announced; there is nothing to start or stop.
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => (await load()).stat(uri),
    readFile: async (uri) => (await load()).readFile(uri),
    writeFile: async (uri, content) => (await load()).writeFile(uri, content),
    readDirectory: refuse,
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
}
