import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import type { Draft } from '../../drafts/draft';
import type { DraftDesk } from '../../drafts/draftDesk';
import { pickDraft } from './draftPicker';
import { ApplyCommand, closeEndedDraft } from './applyCommand';
import type { DraftProver } from './draftProver';
import { showDraftDiff } from './draftDiff';
import { draftIdOf } from './draftUris';
import { showInformation, showWarning } from '../messages/show';

export interface DraftCommandOptions {
  readonly desk: DraftDesk;
  readonly prover: DraftProver;
}

export function createDraftCommands({ desk, prover }: DraftCommandOptions): {
  readonly 'delegate.applyDraft': (uri?: unknown) => Promise<void>;
  readonly 'delegate.applyVerifiedDraft': (uri?: unknown) => Promise<void>;
  readonly 'delegate.applyDoubtfulDraft': (uri?: unknown) => Promise<void>;
  readonly 'delegate.discardDraft': (uri?: unknown) => Promise<void>;
  readonly 'delegate.discardAllDrafts': () => Promise<void>;
  readonly 'delegate.openDraft': (uri?: unknown) => Promise<void>;
} {
  const applying = new ApplyCommand({ desk, prover });
  const apply = async (uri?: unknown): Promise<void> => {
    const draft = await draftAt(desk, uri);
    if (draft) await applying.run(draft);
  };
  return {
    'delegate.applyDraft': apply,
    // The same under the names that the button in the diff's title carries.
    'delegate.applyVerifiedDraft': apply,
    'delegate.applyDoubtfulDraft': apply,
    'delegate.discardDraft': async (uri) => {
      const draft = await draftAt(desk, uri);
      if (draft) await discardDraft(draft, desk);
    },
    'delegate.discardAllDrafts': () => discardAll(desk),
    'delegate.openDraft': async (uri) => {
      if (uri instanceof vscode.Uri) {
        const draft = await draftAt(desk, uri);
        if (draft) await showDraftDiff(draft);
        return;
      }
      const picked = await pick(desk);
      if (picked === 'discard-all') await discardAll(desk);
      else if (picked) await showDraftDiff(picked);
    },
  };
}

/** The draft of an address, of the diff in front, or one that the user picks. */
async function draftAt(desk: DraftDesk, uri: unknown): Promise<Draft | null> {
  await desk.loaded;
  const address = uri instanceof vscode.Uri ? uri : activeDiffUri();
  const id = address ? draftIdOf(address) : null;
  if (id === null) {
    const picked = await pick(desk);
    return picked === 'discard-all' ? null : picked;
  }
  const draft = desk.find(id);
  // A button in a chat outlives its draft; a second click meets it ending.
  if (!draft && !desk.findEvenEnded(id)) {
    void showInformation(vscode.l10n.t('This draft was applied or discarded already.'));
  }
  return draft;
}

function activeDiffUri(): vscode.Uri | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) return input.modified;
  return vscode.window.activeTextEditor?.document.uri ?? null;
}

async function pick(desk: DraftDesk): Promise<Draft | 'discard-all' | null> {
  await desk.loaded;
  if (desk.drafts.length > 0) return pickDraft(desk.drafts);
  void showInformation(vscode.l10n.t('There is no draft.'));
  return null;
}

/** What was typed until the command came is discarded with it; what comes later is not. */
async function discardDraft(draft: Draft, desk: DraftDesk): Promise<void> {
  await desk.dispatch(draft.id, { type: 'discarded', atMs: systemClock.now() });
  await closeEndedDraft(draft, desk);
}

async function discardAll(desk: DraftDesk): Promise<void> {
  await desk.loaded;
  const drafts = desk.drafts.filter(({ state }) => state.status !== 'running');
  if (drafts.length === 0) {
    void showInformation(vscode.l10n.t('There is no draft.'));
    return;
  }
  const discard =
    drafts.length === 1
      ? vscode.l10n.t('Discard draft')
      : vscode.l10n.t('Discard {0} drafts', drafts.length);
  const answer = await showWarning(
    drafts.length === 1
      ? vscode.l10n.t('Discard the one draft?')
      : vscode.l10n.t('Discard all {0} drafts?', drafts.length),
    { modal: true, detail: vscode.l10n.t('Your files stay as they are.') },
    discard,
  );
  if (answer !== discard) return;
  for (const draft of drafts) {
    // It may have been applied while the question was open.
    if (desk.find(draft.id)) await discardDraft(draft, desk);
  }
}
