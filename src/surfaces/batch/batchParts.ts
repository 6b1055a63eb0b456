import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Batch, type BatchOptions } from '../../batch/batch';
import { languageOfName } from '../../batch/collect/languages';
import { patternsThatAreOn } from '../../batch/collect/patterns';
import { type Decisions, unattended } from '../../batch/decisions';
import type { BatchEvent } from '../../batch/events';
import { asRecord } from '../../common/json';
import { systemClock } from '../../common/clock';
import type { AnswerDocuments } from '../../editor/answers/answerDocuments';
import type { Connection, Connections } from '../../editor/connection/connections';
import type { BudgetGate } from '../../editor/run/budgetGate';
import type { RunBook } from '../../editor/run/runBook';
import { findIgnore } from '../../editor/selection/ignoredFiles';
import { readSetting } from '../../editor/settings/settings';
import type { SyntaxService } from '../../syntax/syntax';
import type { BatchSession } from './batchSession';
import type { Masker } from '../../privacy/maskingThread';

/** What batches need of the window. */
export interface BatchParts {
  readonly connections: Connections;
  readonly budget: BudgetGate;
  readonly book: RunBook;
  readonly syntax: SyntaxService;
  readonly mask: Masker;
  readonly documents: AnswerDocuments;
}

export interface BatchHooks {
  readonly decisions?: Decisions;
  readonly observe?: (event: BatchEvent) => void;
  /** Called between two files; may throw to end the work. */
  readonly onFile?: () => void;
}

/** The core's batch of a session, with the settings, models and prices of now. */
export async function coreBatch(
  session: BatchSession,
  connection: Connection,
  { syntax, mask, ...hooks }: BatchHooks & Pick<BatchParts, 'syntax' | 'mask'>,
): Promise<Batch> {
  const { job, ticket, root } = session;
  const options: BatchOptions = {
    key: ticket.id,
    job,
    folder: session.folder,
    files: session.files,
    targets: ticket.targets,
    areTargetsPaths: true,
    excludes: excludesOf(root),
    isKeptOut: async (path) => (await findIgnore(session.uriOf({ path }))) !== null,
    languageOf: languageOfName,
    pause: async () => {
      hooks.onFile?.();
      await nextTurn();
    },
    syntax,
    ports: {
      client: connection.client,
      models: connection.catalog,
      clock: systemClock,
      random: Math.random,
    },
    ...ticket.choices,
    mask: readSetting('privacy.maskSecrets', root) ? mask : null,
    newId: randomUUID,
    newNonce: () => randomBytes(4).toString('hex'),
    decisions: hooks.decisions ?? unattended,
    observe: hooks.observe ?? (() => undefined),
  };
  return Batch.open(options, session.journal);
}

function excludesOf(root: vscode.Uri): readonly string[] {
  return ['files', 'search'].flatMap((section) =>
    patternsThatAreOn(
      asRecord(vscode.workspace.getConfiguration(section, root).get('exclude')) ?? {},
    ),
  );
}
