import * as vscode from 'vscode';
import { setContextKey } from '../editorCommands';

/** A run under way, as the views see it. */
export interface ActiveRun {
  readonly id: string;
  readonly title: string;
  readonly startedAtMs: number;
  cancel(): void;
}

/** The runs of this window that have not ended; the status bar and Cancel live from it. */
export class RunRegistry implements vscode.Disposable {
  readonly #runs = new Map<string, ActiveRun>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  get runs(): readonly ActiveRun[] {
    return [...this.#runs.values()];
  }

  /** Adds a run; the returned function takes it out when it has ended. */
  add(run: ActiveRun): () => void {
    this.#runs.set(run.id, run);
    this.#notify();
    return () => {
      if (this.#runs.delete(run.id)) this.#notify();
    };
  }

  /** Ends every run, as when the window closes. */
  dispose(): void {
    for (const run of this.runs) run.cancel();
    this.#changed.dispose();
  }

  #notify(): void {
    setContextKey('delegate.isRunning', this.#runs.size > 0);
    this.#changed.fire();
  }
}
