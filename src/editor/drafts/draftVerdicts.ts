import type * as vscode from 'vscode';
import { setContextKey } from '../editorCommands';
import { systemClock } from '../../common/clock';
import { type Draft, awaitsProof, isDraftIn } from '../../drafts/draft';
import type { DraftDesk } from '../../drafts/draftDesk';
import { type Verdict, verdictOf } from '../../drafts/draftSummary';
import type { ProofResult } from '../../drafts/proof/proofResult';
import { draftUri } from './draftUris';

/** A text is proven again this long after the last change to it. */
const PROOF_PAUSE_MS = 500;

/** Proves a draft's text; null when nothing is claimed of it. */
export type Prove = (draft: Draft, proposed: string) => Promise<ProofResult | null>;

/**
 * Keeps what is said of drafts correct: a text that the user changed on the right side is proven
 * again when the typing pauses, and `when` clauses know which drafts are verified and which are not.
 */
export class DraftVerdicts implements vscode.Disposable {
  readonly #desk: DraftDesk;
  readonly #prove: Prove;
  readonly #stopFollowing: () => void;
  readonly #timers = new Map<string, () => void>();
  #shown = '';

  constructor(desk: DraftDesk, prove: Prove) {
    this.#desk = desk;
    this.#prove = prove;
    this.#stopFollowing = desk.onDidChange((id) => {
      this.#show();
      this.#proveSoon(id);
    });
  }

  dispose(): void {
    this.#stopFollowing();
    for (const cancel of this.#timers.values()) cancel();
  }

  #show(): void {
    const hasDrafts = this.#desk.drafts.length > 0;
    const verified = this.#addresses('verified');
    const doubtful = this.#addresses('doubtful');
    const next = JSON.stringify([hasDrafts, verified, doubtful]);
    if (next === this.#shown) return;
    this.#shown = next;
    setContextKey('delegate.hasDrafts', hasDrafts);
    setContextKey('delegate.verifiedDrafts', verified);
    setContextKey('delegate.doubtfulDrafts', doubtful);
  }

  #addresses(verdict: Verdict): string[] {
    const drafts = this.#desk.drafts.filter((draft) => verdictOf(draft) === verdict);
    return drafts.map((draft) => draftUri(draft).toString());
  }

  #proveSoon(id: string): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
    const draft = this.#desk.find(id);
    if (!draft || !awaitsProof(draft)) return;
    this.#timers.set(
      id,
      systemClock.after(PROOF_PAUSE_MS, () => void this.#proveNow(id)),
    );
  }

  async #proveNow(id: string): Promise<void> {
    this.#timers.delete(id);
    const draft = this.#desk.find(id);
    if (!draft || !isDraftIn(draft, 'ready')) return;
    const { proposed } = draft.state;
    const proof = await this.#prove(draft, proposed);
    const now = this.#desk.find(id);
    // A proof is of one text only.
    if (!proof || !now || !isDraftIn(now, 'ready') || now.state.proposed !== proposed) return;
    await this.#desk.dispatch(id, { type: 'proved', proof });
  }
}
