import * as vscode from 'vscode';
import type { BatchFile } from '../../batch/journal/batchState';
import { REVIEW_GROUPS, type ReviewGroup, reviewGroup } from '../../batch/review';
import { asRecord } from '../../common/json';
import type { BatchSession } from './batchSession';
import { placeOf } from './batchUris';

/**
 * The files of a batch that a command is about: rows of the view, a group of it, or the result in
 * front, as menus, tabs and the palette name them.
 */
export function filesGiven(session: BatchSession, given: readonly unknown[]): readonly BatchFile[] {
  const all = given.flat(1);
  const named = all.length > 0 ? all : [activeResult()];
  const files = named.flatMap((each): readonly BatchFile[] => {
    if (each instanceof vscode.Uri) return fileOf(session, each);
    const group = groupGiven(each);
    if (group) return session.filesOf(group);
    const uri = asRecord(each)?.['resourceUri'];
    return uri instanceof vscode.Uri ? fileOf(session, uri) : [];
  });
  return [...new Set(files)];
}

/** The group of the view that a command was given. */
export function groupGiven(given: unknown): ReviewGroup | null {
  const record = asRecord(given);
  if (!record || !('resourceStates' in record)) return null;
  return REVIEW_GROUPS.find((group) => group === record['id']) ?? null;
}

/** The files of some that are in a group now: a view may be older than what it shows. */
export function inGroups(
  files: readonly BatchFile[],
  groups: readonly ReviewGroup[],
): readonly BatchFile[] {
  return files.filter((file) => groups.some((group) => group === reviewGroup(file)));
}

function fileOf(session: BatchSession, uri: vscode.Uri): readonly BatchFile[] {
  const place = placeOf(uri);
  if (place) return place.id === session.id ? present(session.fileAt(place.path)) : [];
  const folder = session.root.path.replace(/\/?$/, '/');
  return uri.path.startsWith(folder) ? present(session.fileAt(uri.path.slice(folder.length))) : [];
}

function present<T>(value: T | null): readonly T[] {
  return value === null ? [] : [value];
}

/** The result of the tab in front. */
function activeResult(): vscode.Uri | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) return input.modified;
  return input instanceof vscode.TabInputText ? input.uri : null;
}
