import * as vscode from 'vscode';
import { shownLines } from '../../common/shown';
import { type RunEvent, startsOver } from '../../delegation/run/run';
import { closingWords } from '../../editor/output/closingWords';
import { ProgressWords } from '../../editor/output/runProgress';
import type { RunEnded } from '../../editor/output/runEnded';
import type { RunStart } from '../../editor/output/runView';
import { Transcript } from '../../editor/output/transcript';

const NOTHING_KNOWN = { secretCount: 0, workerOrigin: null };

/**
 * Shows runs in the answer of a chat: signs of life while they last, then what stays, with the
 * words of panel and notification.
 *
 * Nothing is written once the user has cancelled, because the editor closes the answer then. What a
 * model wrote goes in as Markdown that is not trusted: its links to commands do nothing.
 */
export class ChatView {
  readonly #stream: vscode.ChatResponseStream;
  readonly #cancellation: vscode.CancellationToken;
  readonly #showsAnswer: boolean;
  #start: RunStart | null = null;
  #transcript = new Transcript(vscode.l10n);
  #progress = new ProgressWords();
  /** Set once text stands: the editor folds everything before the last sign of life. */
  #hasText = false;

  /** @param options.showsAnswer false for edits, whose text belongs in the draft. */
  constructor(options: {
    readonly stream: vscode.ChatResponseStream;
    readonly cancellation: vscode.CancellationToken;
    readonly showsAnswer: boolean;
  }) {
    this.#stream = options.stream;
    this.#cancellation = options.cancellation;
    this.#showsAnswer = options.showsAnswer;
  }

  start(start: RunStart): void {
    this.#start = start;
    this.#transcript = new Transcript(vscode.l10n, start.answerLanguage);
    this.#progress = new ProgressWords();
    this.#hasText = false;
    this.#tell(`${start.header.taskTitle} · ${start.header.location}`);
  }

  event(event: RunEvent): void {
    if (event.type === 'run-start') {
      this.#tell(this.#transcript.preflightWords(event, this.#start ?? NOTHING_KNOWN));
    }
    const isOfAnswer = event.type === 'answer-delta' || (startsOver(event) && this.#hasText);
    if (isOfAnswer && this.#showsAnswer) {
      this.#markdown(this.#transcript.event(event, 0));
      return;
    }
    const words = this.#progress.next(event);
    if (words !== null) this.#tell(words);
  }

  /**
   * Ends an answer: what had arrived and was not shown, then the line with the bill. Of edits it is
   * said when their drafts are there.
   */
  end(ended: RunEnded): void {
    if (!this.#showsAnswer) return;
    this.#markdown(this.#transcript.ending(ended.result));
    this.say(closingWords(ended, vscode.l10n));
  }

  /** Words of our own as a paragraph. */
  say(text: string): void {
    this.#markdown(`\n\n${plain(text)}\n\n`);
  }

  button(command: vscode.Command): void {
    if (!this.#isClosed) this.#stream.button(command);
  }

  reference(uri: vscode.Uri, range: vscode.Range): void {
    if (!this.#isClosed) this.#stream.reference(new vscode.Location(uri, range));
  }

  get #isClosed(): boolean {
    return this.#cancellation.isCancellationRequested;
  }

  #tell(text: string): void {
    if (!this.#isClosed && !this.#hasText) this.#stream.progress(plain(text));
  }

  #markdown(text: string): void {
    if (text === '' || this.#isClosed) return;
    this.#hasText = true;
    this.#stream.markdown(text);
  }
}

/**
 * Text as Markdown that shows it as it is: an amount in dollars is not a formula, a name not a link,
 * and nothing in it is unseen.
 */
export function plain(text: string): string {
  return shownLines(text).replace(/[\\`*_[\]<>|$&~#]/g, '\\$&');
}
