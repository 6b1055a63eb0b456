import * as vscode from 'vscode';
import { isLedgerWriteError } from '../../accounting/ledger/appendLine';
import { entryFromRecord } from '../../accounting/ledger/entryFromRecord';
import type { Reservation } from '../../accounting/budget/reservations';
import type { LedgerEntry } from '../../accounting/ledger/ledgerEntry';
import { formatRoutingLine } from '../../accounting/ledger/routingLog';
import type { RunResult } from '../../delegation/run/run';
import { LOG_CHANNEL_NAME } from '../../manifest';
import { showWarning } from '../messages/show';

/** Writes each run that was sent into the ledger and the routing log: numbers, never content. */
export class RunBook implements vscode.Disposable {
  #log: vscode.LogOutputChannel | null = null;

  get log(): vscode.LogOutputChannel {
    this.#log ??= vscode.window.createOutputChannel(LOG_CHANNEL_NAME, { log: true });
    return this.#log;
  }

  /** Writes a line that is booked elsewhere, as those of a batch are, into the routing log. */
  note(entry: LedgerEntry): void {
    this.log.info(formatRoutingLine(entry));
  }

  /** Says that the ledger could not be written. */
  warnOfLedger(): void {
    void showWarning(
      vscode.l10n.t(
        'The ledger could not be written, perhaps because the disk is full. The run is kept in memory and written with the next one.',
      ),
    );
  }

  /**
   * Books a run and frees what was reserved for it. A ledger that cannot be written is reported
   * and tried again with the next run.
   */
  async settle(result: RunResult, reservation: Reservation | null, isDemo: boolean): Promise<void> {
    if (!result.record.wasSent) {
      await reservation?.settle(null);
      return;
    }
    const entry = entryFromRecord(result.record, { demo: isDemo });
    this.note(entry);
    const { instructionsShown } = result.record;
    if (instructionsShown) {
      const { promptTokens, instructionTokens } = instructionsShown;
      this.log.warn(
        `The orchestrator was shown the workers' instructions: ${promptTokens} input tokens, ${Math.round(instructionTokens)} in the instructions.`,
      );
    }
    try {
      await reservation?.settle(entry);
    } catch (error) {
      if (!isLedgerWriteError(error)) throw error;
      this.warnOfLedger();
    }
  }

  dispose(): void {
    this.#log?.dispose();
  }
}
