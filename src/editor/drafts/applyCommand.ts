import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import {
  type ApplyEnd,
  type ApplyPorts,
  type TargetDocument,
  applyDraft,
  closeEnded,
} from '../../drafts/applyDraft';
import { type Draft, type DraftIn, isDraftIn } from '../../drafts/draft';
import type { DraftDesk } from '../../drafts/draftDesk';
import { renderConflicts } from '../../text/conflictText';
import type { OffsetEdit } from '../../text/offsets';
import { showForMoment } from '../messages/show';
import { lineEndingOf } from '../selection/lineEnding';
import { cellOf, showCell } from '../selection/notebookCells';
import { explainEnd, offerToComplete, isAcceptedUnproven } from './applyWords';
import { closeDraftEditors, showDraftDiff } from './draftDiff';
import { type DocumentProblem, openDraftDocument } from './draftDocument';
import { offerNewFile } from './draftNewFile';
import type { DraftProver } from './draftProver';
import { rightDocument } from './draftUris';

export interface ApplyOptions {
  readonly desk: DraftDesk;
  readonly prover: DraftProver;
}

/** Applies drafts to their documents in the editor. */
export class ApplyCommand {
  readonly #options: ApplyOptions;
  /** A second click comes while the first is at work. */
  readonly #underWay = new Set<string>();

  constructor(options: ApplyOptions) {
    this.#options = options;
  }

  /** Applies a draft in one undo step, or says why not; in every other case the draft is kept. */
  async run(draft: Draft): Promise<void> {
    if (this.#underWay.has(draft.id)) return;
    this.#underWay.add(draft.id);
    try {
      await this.#apply(draft);
    } finally {
      this.#underWay.delete(draft.id);
    }
  }

  async #apply(draft: Draft): Promise<void> {
    const { desk } = this.#options;
    const opened: { document: vscode.TextDocument | null } = { document: null };
    const end = await applyDraft<DocumentProblem>(draft.id, {
      ...this.#ports(),
      open: async (current) => {
        const found = await openDraftDocument(current, desk);
        if (found.problem) return { problem: found.problem };
        opened.document = found.document;
        return targetOf(found.document);
      },
    });
    const current = desk.find(draft.id) ?? draft;
    if (end.kind === 'applied' && opened.document) {
      await this.#finish(draft, end, opened.document);
    } else if (end.kind === 'not-ready') await offerToComplete(current, desk);
    else if (end.kind === 'problem' && end.problem === 'read-only') {
      if (isDraftIn(current, 'ready')) await offerNewFile(current);
    } else {
      if (end.kind === 'conflicts') await showDraftDiff(current);
      explainEnd(end, current);
    }
  }

  #ports(): Omit<ApplyPorts<DocumentProblem>, 'open'> {
    const { desk } = this.#options;
    return {
      desk,
      now: () => systemClock.now(),
      roundTrip,
      isConfirmed: (draft) => this.#isConfirmed(draft),
      renderConflicts: (regions, eol) =>
        renderConflicts(regions, {
          nonce: randomBytes(4).toString('hex'),
          labels: {
            mine: vscode.l10n.t('in your file now'),
            base: vscode.l10n.t('as sent'),
            theirs: vscode.l10n.t('draft'),
          },
          eol,
        }),
      rewrite: rewriteRight,
    };
  }

  async #isConfirmed(draft: DraftIn<'ready'>): Promise<boolean> {
    const { desk, prover } = this.#options;
    const proof = draft.state.proof ?? (await prover.prove(draft, draft.state.proposed));
    if (proof && !draft.state.proof) await desk.dispatch(draft.id, { type: 'proved', proof });
    return isAcceptedUnproven({ ...draft, state: { ...draft.state, proof } });
  }

  async #finish(
    draft: Draft,
    end: Extract<ApplyEnd<unknown>, { kind: 'applied' }>,
    document: vscode.TextDocument,
  ): Promise<void> {
    const { desk } = this.#options;
    if (desk.find(draft.id) || !(await closeEndedDraft(draft, desk))) {
      showForMoment(vscode.l10n.t('Draft applied; what you typed after that is still in it'), 5000);
      return;
    }
    await revealDocument(document, end.offset);
    showForMoment(
      end.isMerged
        ? vscode.l10n.t('Draft applied and merged with your own changes')
        : vscode.l10n.t('Draft applied'),
      5000,
    );
  }
}

/**
 * Closes the editors of a draft that has ended.
 *
 * @returns false when the draft came back by what was typed meanwhile.
 */
export async function closeEndedDraft(draft: Draft, desk: DraftDesk): Promise<boolean> {
  const hasClosed = await closeEnded(draft.id, {
    desk,
    save: async () => {
      const document = rightDocument(draft.id);
      if (document?.isDirty) await document.save();
    },
    close: () => closeDraftEditors(draft),
  });
  await roundTrip();
  return hasClosed;
}

/**
 * The editor sends all that happens in it in order, so that its answer to anything comes after what
 * the user has typed until then.
 */
async function roundTrip(): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'delegate.roundTrip', true);
}

function targetOf(document: vscode.TextDocument): TargetDocument {
  return {
    uri: document.uri.toString(),
    text: () => document.getText(),
    version: () => document.version,
    eol: () => lineEndingOf(document),
    edit: (edits) => editDocument(document, edits),
  };
}

/** The editor refuses edits of a version that is not its own any more. */
async function editDocument(
  document: vscode.TextDocument,
  edits: readonly OffsetEdit[],
): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, text } of edits) {
    const [start, end] = [document.positionAt(offset), document.positionAt(offset + length)];
    edit.replace(document.uri, new vscode.Range(start, end), text);
  }
  return vscode.workspace.applyEdit(edit);
}

async function rewriteRight({ id }: Draft, text: string): Promise<boolean> {
  const document = rightDocument(id);
  if (!document) return true;
  const length = document.getText().length;
  return editDocument(document, [{ offset: 0, length, text }]);
}

async function revealDocument(document: vscode.TextDocument, offset: number | null): Promise<void> {
  const cell = cellOf(document);
  if (cell) {
    await showCell(cell);
    return;
  }
  const editor = await vscode.window.showTextDocument(document);
  if (offset === null) return;
  const at = document.positionAt(offset);
  editor.revealRange(
    new vscode.Range(at, at),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}
