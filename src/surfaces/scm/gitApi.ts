import * as vscode from 'vscode';

/** The part of the Git extension's API, version 1, that is used here (extensions/git/src/api/git.d.ts). */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { readonly repositories: readonly GitRepository[] };
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  readonly state: {
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    /** Untracked files stand here where `git.untrackedChanges` separates them; absent in older editors. */
    readonly untrackedChanges?: readonly GitChange[];
  };
  /** `git diff`, of what is staged or of what is not. */
  diff(cached?: boolean): Promise<string>;
  log(options: { readonly maxEntries: number }): Promise<readonly { readonly message: string }[]>;
}

export interface GitChange {
  readonly uri: vscode.Uri;
  readonly status: number;
}

/** `Status.UNTRACKED` of that API. */
export const UNTRACKED = 7;

/** All repositories of the window; null where the Git extension is missing or switched off. */
export async function gitRepositories(): Promise<readonly GitRepository[] | null> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return null;
  const git = extension.isActive ? extension.exports : await extension.activate();
  return git.enabled ? git.getAPI(1).repositories : null;
}
