import * as vscode from 'vscode';
import { languageOfName } from '../../batch/collect/languages';
import { shareOf } from '../../batch/hash';
import type { Place } from '../../compare/place';
import { type ComparedTask, choosePlaces, placesIn } from '../../compare/places';
import { findIgnore } from '../../editor/selection/ignoredFiles';
import { workspaceFiles } from '../../editor/selection/workspaceFiles';
import type { SyntaxService } from '../../syntax/syntax';

/** At most this many places; most comparisons need far fewer. */
const MAX_PLACES = 48;
const MAX_FILES = 20_000;
/** Files that are read at most, and those after which there is choice enough. */
const MAX_READ = 150;
const MAX_BYTES = 150_000;
const CODE = /\.(?:tsx?|jsx?|mjs|cjs|py|go|rs|java|c|cc|cpp|cs|php|rb)$/;
const NOT_WRITTEN = /\.(?:min|generated)\.|\.d\.ts$/;

/** Finds places in the workspace's own code; the same code gives the same places. */
export async function workspacePlaces(
  task: ComparedTask,
  syntax: SyntaxService,
  token: vscode.CancellationToken,
): Promise<readonly Place[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(folders.map(({ uri }) => workspaceFiles(uri, MAX_FILES, token)));
  const shuffled = found
    .flat()
    .filter(({ path }) => CODE.test(path) && !NOT_WRITTEN.test(path))
    .map((uri) => ({ uri, share: shareOf(vscode.workspace.asRelativePath(uri)) }))
    .sort((a, b) => a.share - b.share);
  const files: (readonly Place[])[] = [];
  let count = 0;
  for (const { uri } of shuffled.slice(0, MAX_READ)) {
    if (token.isCancellationRequested || count >= 2 * MAX_PLACES) break;
    const places = await placesOf(uri, task, syntax);
    count += places.length;
    if (places.length > 0) files.push(places);
  }
  let draw = 0;
  return choosePlaces(files, MAX_PLACES, () => shareOf(String((draw += 1))));
}

async function placesOf(
  uri: vscode.Uri,
  task: ComparedTask,
  syntax: SyntaxService,
): Promise<readonly Place[]> {
  const languageId = languageOfName(uri.path);
  if (languageId === null || (await findIgnore(uri))) return [];
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > MAX_BYTES) return [];
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const tree = await syntax.parse(languageId, text);
    return tree ? placesIn({ languageId, text, tree }, task) : [];
  } catch {
    // A file that cannot be read, or that takes too long to parse, is not one to compare at.
    return [];
  }
}
