import type * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import { setContextKey } from '../editorCommands';
import type { FinishedJob } from '../run/jobHooks';
import { createAnswerCommands } from './answerCommands';
import { AnswerDocuments } from './answerDocuments';
import { RunAgain, type RunAgainOptions } from './runAgain';
import { RunHistory } from './runHistory';

/** What can be done with the answers of this window: read, copied, run again. */
export class Answers implements vscode.Disposable {
  readonly documents = new AnswerDocuments();
  readonly commands: ReturnType<typeof createAnswerCommands>;
  readonly #history = new RunHistory();

  constructor(options: Omit<RunAgainOptions, 'documents'>) {
    const { documents } = this;
    this.commands = createAnswerCommands({
      history: this.#history,
      documents,
      again: new RunAgain({ ...options, documents }),
    });
  }

  /** Keeps a run that has ended. */
  add(finished: FinishedJob): void {
    this.#history.add({ ...finished, endedAtMs: systemClock.now() });
    setContextKey('delegate.hasRuns', true);
    const hasAnswer = this.#history.lastAnswer !== null;
    setContextKey('delegate.hasAnswer', hasAnswer);
  }

  dispose(): void {
    this.documents.dispose();
  }
}
