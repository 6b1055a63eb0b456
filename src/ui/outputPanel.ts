import * as vscode from 'vscode';
import { OUTPUT_CHANNEL_NAME } from '../manifest';

/** Appends closer together than this are written as one: each costs a disk write and a message. */
const COALESCE_MS = 100;

/** The output channel, created when first needed and written in batches. */
export class OutputPanel implements vscode.Disposable {
  #channel: vscode.OutputChannel | null = null;
  #pending = '';
  #timer: NodeJS.Timeout | null = null;

  /** Shows the panel and leaves the focus in the editor. */
  show(): void {
    this.#flush();
    this.#open().show(true);
  }

  append(text: string): void {
    if (text === '') return;
    // The first text after a pause shows at once; what follows closely waits for company.
    this.#pending += text;
    if (this.#timer) return;
    this.#flush();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, COALESCE_MS);
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#flush();
    this.#channel?.dispose();
  }

  #open(): vscode.OutputChannel {
    this.#channel ??= vscode.window.createOutputChannel(OUTPUT_CHANNEL_NAME, 'markdown');
    return this.#channel;
  }

  #flush(): void {
    if (this.#pending === '') return;
    this.#open().append(this.#pending);
    this.#pending = '';
  }
}
