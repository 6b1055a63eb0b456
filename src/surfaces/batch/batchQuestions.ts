import * as vscode from 'vscode';
import type { Decisions } from '../../batch/decisions';
import { pickOne, showInformation, showWarning } from '../../editor/messages/show';
import { openResults } from './batchDiffs';
import type { BatchActivity, BatchSession } from './batchSession';

/** What the user is asked while a batch runs; a question that was closed waits in its menu. */
export function batchDecisions(
  session: BatchSession,
  activity: BatchActivity,
  signal: AbortSignal,
): Decisions {
  const wait = <T>(ask: () => Promise<T | undefined>, ifStopped: T): Promise<T> =>
    new Promise((resolve, reject) => {
      const settle = (answer: T): void => {
        activity.question = null;
        session.touch();
        resolve(answer);
      };
      const question = {
        ask: async (): Promise<void> => {
          const answer = await ask();
          if (activity.question !== question) return;
          if (answer !== undefined) settle(answer);
          else offerAgain(question.ask);
        },
      };
      activity.question = question;
      session.touch();
      signal.addEventListener('abort', () => settle(ifStopped), { once: true });
      question.ask().catch(reject);
    });
  return {
    acceptBrief: async (brief, files) => {
      const done = files.flatMap((n) => session.state.files.get(n) ?? []);
      await openResults(session, done, vscode.l10n.t('Calibration'));
      const box = new BriefBox(brief, done.length);
      try {
        return await wait(() => box.ask(), null);
      } finally {
        await box.close();
      }
    },
    acceptSample: (sample) => wait(() => askSample(sample), false),
  };
}

function offerAgain(ask: () => Promise<void>): void {
  const answer = vscode.l10n.t('Answer');
  void showInformation(vscode.l10n.t('The batch waits for your answer.'), answer).then((picked) => {
    if (picked === answer) void ask();
  });
}

interface BriefItem extends vscode.QuickPickItem {
  readonly answer: 'go-on' | 'edit' | 'without' | 'stop';
}

/** Shows a brief, which the user may edit in a document of its own. */
class BriefBox {
  readonly #brief: string;
  readonly #files: number;
  #document: vscode.TextDocument | null = null;

  constructor(brief: string, files: number) {
    this.#brief = brief;
    this.#files = files;
  }

  /** @returns the brief to go on with, null to stop; undefined while the user has not said. */
  async ask(): Promise<string | null | undefined> {
    const { l10n } = vscode;
    const picked = await pickOne(this.#items(), {
      title: l10n.t('{0} files are done; what workers are told about the rest', this.#files),
      placeHolder: l10n.t('The drafts are open: look at them, then go on'),
      ignoreFocusOut: true,
    });
    switch (picked?.answer) {
      case undefined:
        return undefined;
      case 'go-on':
        return this.#text();
      case 'without':
        return '';
      case 'stop':
        return null;
      case 'edit':
        await this.#edit();
        return this.#askEdited();
    }
  }

  async close(): Promise<void> {
    const document = this.#open();
    if (!document) return;
    // An empty untitled document closes without a question.
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(0, 0, document.lineCount, 0));
    await vscode.workspace.applyEdit(edit);
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input }) =>
          input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString(),
      );
    await vscode.window.tabGroups.close(tabs, true).then(undefined, () => undefined);
  }

  #items(): readonly BriefItem[] {
    const { l10n } = vscode;
    const isEdited = this.#open() !== null;
    return [
      {
        label: isEdited
          ? l10n.t('Go on with the brief as edited')
          : l10n.t('Go on with this brief'),
        detail: this.#text() === '' ? l10n.t('No brief was needed.') : this.#text(),
        iconPath: new vscode.ThemeIcon('play'),
        answer: 'go-on',
      },
      {
        label: l10n.t('Edit the brief…'),
        iconPath: new vscode.ThemeIcon('edit'),
        answer: 'edit',
      },
      { label: l10n.t('Go on without a brief'), answer: 'without' },
      { label: l10n.t('Stop'), iconPath: new vscode.ThemeIcon('debug-stop'), answer: 'stop' },
    ];
  }

  #open(): vscode.TextDocument | null {
    return this.#document && !this.#document.isClosed ? this.#document : null;
  }

  #text(): string {
    return (this.#open()?.getText() ?? this.#brief).trim();
  }

  async #edit(): Promise<void> {
    this.#document =
      this.#open() ??
      // A preview of Markdown that is open, as the plan's, would follow a document of Markdown.
      (await vscode.workspace.openTextDocument({ language: 'plaintext', content: this.#brief }));
    await vscode.window.showTextDocument(this.#document, { preview: false });
  }

  async #askEdited(): Promise<string | null | undefined> {
    const { l10n } = vscode;
    const goOn = l10n.t('Go on');
    const stop = l10n.t('Stop');
    const picked = await showInformation(
      l10n.t('Edit the brief, then go on. Every worker reads it.'),
      goOn,
      stop,
    );
    if (picked === goOn) return this.#text();
    return picked === stop ? null : undefined;
  }
}

async function askSample(sample: {
  readonly read: number;
  readonly faulty: number;
}): Promise<boolean | undefined> {
  const { l10n } = vscode;
  const goOn = l10n.t('Go on');
  const stop = l10n.t('Stop');
  const picked = await showWarning(
    l10n.t(
      'The orchestrator read {0} results and objects to {1}. Look at them in Source Control; go on all the same?',
      sample.read,
      sample.faulty,
    ),
    stop,
    goOn,
  );
  return picked === undefined ? undefined : picked === goOn;
}
