import { randomUUID } from 'node:crypto';
import os from 'node:os';
import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import { processExists } from '../../common/processes';
import { DraftDesk } from '../../drafts/draftDesk';
import { DraftStore } from '../../drafts/draftStore';
import { FileDraftStorage } from '../../drafts/fileDraftStorage';
import { showWarning } from '../messages/show';
import { textChanges } from '../selection/documentText';

/**
 * The desk of this window, told of what happens to its documents.
 *
 * @param folder on this machine, in which drafts are kept: they hold the user's code.
 */
export function createWindowDesk(folder: vscode.Uri): {
  readonly desk: DraftDesk;
  readonly subscription: vscode.Disposable;
} {
  const desk = new DraftDesk({
    store: new DraftStore({
      storage: new FileDraftStorage(folder.fsPath, systemClock),
      session: { id: randomUUID(), pid: process.pid, startedAtMs: systemClock.now() },
      clock: systemClock,
      bootedAtMs: systemClock.now() - os.uptime() * 1000,
      pidExists: processExists,
    }),
    clock: systemClock,
    newId: randomUUID,
    onSaveFailed: warnOfFailedSave,
  });
  const subscription = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((event) => {
      const changes = textChanges(event);
      if (changes.length === 0) return;
      const { document } = event;
      const { version } = document;
      desk.follow(document.uri.toString(), { changes, text: document.getText(), version });
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => desk.detach(uri.toString())),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) desk.rename(oldUri.toString(), newUri.toString());
    }),
    new vscode.Disposable(() => desk.dispose()),
  );
  return { desk, subscription };
}

function warnOfFailedSave(): void {
  void showWarning(
    vscode.l10n.t(
      'A draft could not be saved, perhaps because the disk is full. It stays open in this window; apply it before you close the window.',
    ),
  );
}
