import * as vscode from 'vscode';
import { DeclinedError } from '../../accounting/budget/budgetError';
import type { RunEvent } from '../../delegation/run/run';
import { type Rerun, showError } from '../messages/errorActions';
import { type OfferedHelp, offerHelp } from '../messages/offeredHelp';
import { showInformation } from '../messages/show';
import type { CommandId } from '../../manifest';
import { closingWords } from './closingWords';
import type { OutputPanel } from './outputPanel';
import { type RunProgress, showRunProgress } from './runProgress';
import type { RunEnded } from './runEnded';
import type { RunStart, RunView } from './runView';

/** Shows a run as a progress notification above the panel, and what went wrong as a message. */
export class NotificationView implements RunView {
  readonly canOffer = true;
  readonly #panel: OutputPanel;
  readonly #rerun: Rerun | undefined;
  #progress: RunProgress | null = null;
  #name = '';
  #isText = false;
  #demoWishes: RunStart['demoWishes'] = null;

  /** @param rerun starts the same job once more; without it errors do not offer that. */
  constructor(panel: OutputPanel, rerun?: Rerun) {
    this.#panel = panel;
    this.#rerun = rerun;
  }

  refuse(help: OfferedHelp): void {
    const rerun = this.#rerun;
    void offerHelp(help, rerun && (() => rerun({ integrated: false, maxOutputTokens: null })));
  }

  start({ header, answerLanguage, demoWishes, cancel }: RunStart): void {
    this.#demoWishes = demoWishes;
    this.#name = `${header.taskTitle} · ${header.location}`;
    this.#isText = answerLanguage === null;
    this.#progress = showRunProgress(header.taskTitle, cancel);
    this.#panel.show();
  }

  event(event: RunEvent): void {
    this.#progress?.report(event);
  }

  end(ended: RunEnded): void {
    const { result } = ended;
    const words = closingWords(ended, vscode.l10n);
    // Failures have messages of their own, and a user who cancelled needs none.
    const isDone = result.status === 'completed';
    this.#progress?.close(isDone ? words : null);
    if (isDone && this.#isText && !this.#panel.isVisible) {
      void offerAnswer(`${this.#name} · ${words}`, result);
    }
    if (!result.error || result.error instanceof DeclinedError) return;
    if (result.error.code === 'answer-declined' && this.#demoWishes && this.#rerun) {
      void offerWishes(this.#demoWishes, this.#rerun);
      return;
    }
    void showError(result.error, this.#rerun ? { rerun: this.#rerun } : {});
  }
}

/** How many wishes a message has room for. */
const MAX_WISHES = 2;

/** The demo cannot do what was asked: it says what it can do with this very text, and offers that. */
async function offerWishes(
  demoWishes: () => Promise<readonly string[]>,
  rerun: Rerun,
): Promise<void> {
  const { l10n } = vscode;
  const wishes = (await demoWishes()).slice(0, MAX_WISHES);
  const message =
    wishes.length === 0
      ? l10n.t(
          'The demo is a script without a language model and can change nothing in this text. Try it on code, or use a key.',
        )
      : l10n.t(
          'The demo is a script without a language model, and this wish is beyond it. Here is what it can do with this text:',
        );
  const instruction = await showInformation(message, ...wishes);
  if (instruction !== undefined) {
    rerun({ integrated: false, maxOutputTokens: null, instruction });
  }
}

/** Where the panel is closed a text would have come without anybody seeing it. */
async function offerAnswer(message: string, { record }: RunEnded['result']): Promise<void> {
  const titles: Record<string, CommandId> = {
    [vscode.l10n.t('Open answer')]: 'delegate.openAnswer',
    [vscode.l10n.t('Copy answer')]: 'delegate.copyAnswer',
    [vscode.l10n.t('Run again with…')]: 'delegate.runAgain',
  };
  const picked = await showInformation(message, ...Object.keys(titles));
  const command = picked === undefined ? undefined : titles[picked];
  if (command) await vscode.commands.executeCommand(command, record.id);
}
