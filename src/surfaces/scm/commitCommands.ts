import * as vscode from 'vscode';
import type { FileDiff } from '../../commit/diff';
import { fitDiff } from '../../commit/fitDiff';
import { STYLE_SUBJECTS, messageOf, styleInstruction } from '../../commit/message';
import { asRecord } from '../../common/json';
import { pickOne, showInformation, showWarning } from '../../editor/messages/show';
import type { Job } from '../../editor/run/job';
import type { JobRunner } from '../../editor/run/runJob';
import type { JobSource } from '../../editor/selection/jobSource';
import { commitMessageTask } from '../../tasks/commitMessage';
import { changesOf } from './changes';
import { type GitRepository, gitRepositories } from './gitApi';

/** Of the diff that goes into the prompt, about; a cheap model loses the thread in longer ones. */
const MAX_DIFF_TOKENS = 12_000;

/** The command of Source Control that writes into the message box; it never commits. */
export function createCommitCommands(runner: JobRunner): {
  readonly 'delegate.draftCommitMessage': (given?: unknown) => Promise<void>;
} {
  return {
    'delegate.draftCommitMessage': async (given) => {
      const repository = await chooseRepository(given);
      if (repository) await draftMessage(repository, runner, {});
    },
  };
}

async function draftMessage(
  repository: GitRepository,
  runner: JobRunner,
  change: Pick<Job, 'maxOutputTokens'>,
): Promise<void> {
  const { l10n } = vscode;
  const { files, ignored, isStaged } = await changesOf(repository);
  if (files.length === 0) {
    void showInformation(
      ignored > 0
        ? l10n.t('Nothing was sent: ignore files keep out every change.')
        : l10n.t('There are no changes to describe.'),
    );
    return;
  }
  const fitted = fitDiff(files, MAX_DIFF_TOKENS);
  const instruction = await styleOf(repository);
  const job: Job = { task: commitMessageTask, instruction, ...change };
  const source = sourceOf(repository, files, { text: fitted.text, isStaged });
  const rerun = runner.rerunOf(job, ({ maxOutputTokens }) =>
    draftMessage(repository, runner, maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  );
  const finished = await runner.run(job, source, { rerun });
  const outcome = finished?.result.outcome;
  if (outcome?.format !== 'json') return;
  const message = messageOf(outcome.value);
  if (message === null) {
    void showWarning(l10n.t('The answer was not a commit message; it is in the output.'));
    return;
  }
  await putIntoBox(repository, message, leftOutWords(fitted.leftOut.length, ignored));
}

/** What the user had typed is one click away: the box itself has no undo for what is set from here. */
async function putIntoBox(
  { inputBox }: GitRepository,
  message: string,
  leftOut: string | null,
): Promise<void> {
  const { l10n } = vscode;
  const before = inputBox.value;
  inputBox.value = message;
  const words = l10n.t('The commit message is in the box; nothing was committed.');
  const undo = l10n.t('Undo');
  const picked = await showInformation(leftOut === null ? words : `${words} ${leftOut}`, undo);
  if (picked === undo && inputBox.value === message) inputBox.value = before;
}

function leftOutWords(leftOut: number, ignored: number): string | null {
  const { l10n } = vscode;
  const words = [
    ...(leftOut > 0 ? [l10n.t('{0} files were only named, for their length.', leftOut)] : []),
    ...(ignored > 0 ? [l10n.t('{0} files were kept out by ignore files.', ignored)] : []),
  ];
  return words.length > 0 ? words.join(' ') : null;
}

function sourceOf(
  { rootUri }: GitRepository,
  files: readonly FileDiff[],
  { text, isStaged }: { readonly text: string; readonly isStaged: boolean },
): JobSource {
  const { l10n } = vscode;
  const location = isStaged
    ? l10n.t('{0} staged files', files.length)
    : l10n.t('{0} changed files', files.length);
  return {
    files: files.map(({ path }) => vscode.Uri.joinPath(rootUri, path)),
    location,
    selection: { text, languageId: 'diff', startLine: 1, symbols: [] },
  };
}

async function styleOf(repository: GitRepository): Promise<string> {
  // A repository without a commit has no log.
  const commits = await repository.log({ maxEntries: STYLE_SUBJECTS * 2 }).catch(() => []);
  return styleInstruction(commits.map(({ message }) => message.split('\n')[0] ?? ''));
}

/** The repository whose title bar was clicked, the only one, or the one that the user picks. */
async function chooseRepository(given: unknown): Promise<GitRepository | null> {
  const { l10n } = vscode;
  const repositories = await gitRepositories();
  if (!repositories || repositories.length === 0) {
    void showInformation(
      repositories
        ? l10n.t('There is no Git repository in this window.')
        : l10n.t('This needs the Git extension of the editor, which is switched off.'),
    );
    return null;
  }
  const root = asRecord(given)?.['rootUri'];
  const clicked = repositories.find(
    ({ rootUri }) => root instanceof vscode.Uri && rootUri.toString() === root.toString(),
  );
  const [only, ...others] = repositories;
  if (clicked || others.length === 0) return clicked ?? only ?? null;
  const items = repositories.map((repository) => ({
    label: repository.rootUri.path.split('/').at(-1) ?? '',
    description: repository.rootUri.fsPath,
    repository,
  }));
  const picked = await pickOne(items, { title: l10n.t('Draft a commit message for') });
  return picked?.repository ?? null;
}
