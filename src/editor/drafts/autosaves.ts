import type * as vscode from 'vscode';
import { systemClock } from '../../common/clock';

/** How long nothing must be typed before a document is saved. */
const AUTOSAVE_MS = 300;

/** Saves documents of the extension's own file systems soon after the last change. */
export class Autosaves implements vscode.Disposable {
  readonly #waiting = new Map<string, () => void>();

  /** Saves a document unless it changes again before, or is closed. */
  saveSoon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    this.#waiting.get(key)?.();
    this.#waiting.set(
      key,
      systemClock.after(AUTOSAVE_MS, () => {
        this.#waiting.delete(key);
        if (!document.isClosed) void document.save();
      }),
    );
  }

  dispose(): void {
    for (const cancel of this.#waiting.values()) cancel();
  }
}
