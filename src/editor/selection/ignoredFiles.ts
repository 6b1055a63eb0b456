import path from 'node:path';
import * as vscode from 'vscode';
import { parseRecord, readString } from '../../common/json';
import {
  IgnoreFileError,
  MAX_IGNORE_FILE_BYTES,
  decodeIgnoreFile,
} from '../../privacy/ignoreFileError';
import { type IgnoreRefusal, findIgnoreRule } from '../../privacy/ignoreFiles';
import { findIgnoreOnDisk } from '../../privacy/nodeIgnoreFiles';
import { readLayers } from '../settings/settings';

/** The file whose text a document of ours shows, such as a draft's; null for other documents. */
export type OriginOf = (uri: vscode.Uri) => vscode.Uri | null;

/** A page of search results names this many files at most; each is asked about. */
const MAX_SHOWN_FILES = 1000;

/**
 * What keeps the text of a document from being sent: a rule of an ignore file that names the file, by
 * its name or by where its links lead, or one that the document shows; or an ignore file that cannot
 * be used. Null for nothing.
 */
export async function findIgnore(
  uri: vscode.Uri,
  originOf: OriginOf = () => null,
): Promise<IgnoreRefusal | null> {
  const files = filesShownBy(originOf(uri) ?? uri);
  if (files.length > MAX_SHOWN_FILES) return { ignoreFile: '', problem: 'too-complex', detail: '' };
  for (const file of files) {
    const refusal = await refusalOf(file);
    if (refusal) return refusal;
  }
  return null;
}

/** A refusal in words. */
export function ignoredText(refusal: IgnoreRefusal): string {
  const { l10n } = vscode;
  if ('rule' in refusal) {
    const { line, ignoreFile, rule } = refusal;
    return l10n.t('Not sent: line {0} of {1} keeps this file out ({2}).', line, ignoreFile, rule);
  }
  const file = refusal.ignoreFile === '' ? l10n.t('the ignore file') : refusal.ignoreFile;
  return l10n.t('Not sent: {0} may keep this file out, but {1}.', file, problemText(refusal));
}

function problemText(refusal: Extract<IgnoreRefusal, { readonly problem: unknown }>): string {
  const { l10n } = vscode;
  switch (refusal.problem) {
    case 'unreadable':
      return refusal.detail === ''
        ? l10n.t('it cannot be read')
        : l10n.t('it cannot be read ({0})', refusal.detail);
    case 'not-a-file':
      return l10n.t('it is not a file');
    case 'not-text':
      return l10n.t('it is not text in UTF-8 or UTF-16');
    case 'too-large':
      return l10n.t('it is larger than {0} KB', MAX_IGNORE_FILE_BYTES / 1024);
    case 'too-complex':
      return l10n.t('its rules take too long to check');
  }
}

/** The file of an address, and those that a page of search results quotes. */
function filesShownBy(uri: vscode.Uri): readonly vscode.Uri[] {
  if (uri.scheme === 'search-editor' || uri.path.endsWith('.code-search')) {
    const document = vscode.workspace.textDocuments.find(
      (open) => open.uri.toString() === uri.toString(),
    );
    return [uri, ...(document ? quotedFiles(document.getText()) : [])];
  }
  const named = pathInQuery(uri);
  return named === null ? [uri] : [uri, vscode.Uri.file(named)];
}

/** Results stand below a line with the file's name: `src/app.ts:`, `folder • src/app.ts:`. */
function quotedFiles(text: string): readonly vscode.Uri[] {
  const names = [...text.matchAll(/^(\S[^\n]{0,4000}):\r?$/gm)].map(([, name = '']) => name);
  return [...new Set(names)].slice(0, MAX_SHOWN_FILES + 1).flatMap((name) => {
    if (path.isAbsolute(name)) return [vscode.Uri.file(name)];
    const [folderName, below] = name.split(' • ');
    return folders().map((folder) =>
      vscode.Uri.joinPath(folder.uri, below && folderName === folder.name ? below : name),
    );
  });
}

/** Git and others name the file in the query of their addresses: `git:/…?{"path":"/…"}`. */
function pathInQuery({ scheme, query }: vscode.Uri): string | null {
  if (scheme === 'file' || !query.startsWith('{')) return null;
  const fields = parseRecord(query);
  const named = readString(fields?.['path']) ?? readString(fields?.['fsPath']);
  return named !== null && path.isAbsolute(named) ? named : null;
}

/** Every folder that holds the file counts: they may lie in each other. */
async function refusalOf(uri: vscode.Uri): Promise<IgnoreRefusal | null> {
  for (const folder of folders()) {
    const refusal =
      folder.uri.scheme === 'file'
        ? await refusalOnDisk(uri, folder)
        : await refusalElsewhere(uri, folder);
    if (refusal) return refusal;
  }
  return null;
}

/**
 * Also of a file's other views, such as an older version in a comparison: their path is the file's,
 * or begins at the folder.
 */
async function refusalOnDisk(
  uri: vscode.Uri,
  folder: vscode.WorkspaceFolder,
): Promise<IgnoreRefusal | null> {
  const names = ignoreFileNames(folder.uri);
  const file = vscode.Uri.file(uri.path).fsPath;
  const refusal = await findIgnoreOnDisk(file, [folder.uri.fsPath], names);
  if (refusal || uri.scheme === 'file' || !uri.path.startsWith('/')) return refusal;
  return findIgnoreOnDisk(path.join(folder.uri.fsPath, uri.path), [folder.uri.fsPath], names);
}

async function refusalElsewhere(
  uri: vscode.Uri,
  folder: vscode.WorkspaceFolder,
): Promise<IgnoreRefusal | null> {
  return findIgnoreRule(path.posix.relative(folder.uri.path, uri.path), {
    names: ignoreFileNames(folder.uri),
    read: (file) => readText(vscode.Uri.joinPath(folder.uri, file)),
  });
}

function folders(): readonly vscode.WorkspaceFolder[] {
  return vscode.workspace.workspaceFolders ?? [];
}

/** A workspace adds names to the user's; it cannot take the user's away. */
function ignoreFileNames(uri: vscode.Uri): readonly string[] {
  const { user, workspace } = readLayers('privacy.ignoreFiles', uri);
  return [...new Set([user, ...workspace].flat())];
}

async function readText(uri: vscode.Uri): Promise<string | null> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_IGNORE_FILE_BYTES) throw new IgnoreFileError('too-large');
    return decodeIgnoreFile(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof IgnoreFileError) throw error;
    const code = error instanceof vscode.FileSystemError ? error.code : '';
    // Most folders have no ignore file.
    if (code === 'FileNotFound' || code === 'FileNotADirectory') return null;
    throw new IgnoreFileError('unreadable', code);
  }
}
