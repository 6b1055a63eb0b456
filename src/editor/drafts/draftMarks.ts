import * as vscode from 'vscode';
import { type Draft, isDraftIn } from '../../drafts/draft';
import type { DraftDesk } from '../../drafts/draftDesk';
import { changeSize, verdictOf } from '../../drafts/draftSummary';
import { DRAFT_SCHEME, DRAFTS_STATUS_ID } from '../../manifest';
import { shown } from '../../common/shown';
import { changeWords, draftStateWords } from './draftHeader';
import { draftIdOf, draftUri } from './draftUris';

/**
 * What is to be known of drafts at a glance, where nothing has to be opened again to change it: a
 * mark on the tab, and an item of the status bar, which tells of the draft in front or how many
 * drafts there are.
 */
export class DraftMarks implements vscode.Disposable, vscode.FileDecorationProvider {
  readonly #desk: DraftDesk;
  readonly #item: vscode.StatusBarItem;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(desk: DraftDesk) {
    this.#desk = desk;
    this.#item = vscode.window.createStatusBarItem(
      DRAFTS_STATUS_ID,
      vscode.StatusBarAlignment.Left,
    );
    this.#item.name = vscode.l10n.t('Delegate drafts');
    const stopFollowing = desk.onDidChange((id) => {
      const draft = desk.findEvenEnded(id);
      if (draft) this.#changed.fire(draftUri(draft));
      this.#show();
    });
    this.#subscription = vscode.Disposable.from(
      new vscode.Disposable(stopFollowing),
      this.#item,
      this.#changed,
      vscode.window.registerFileDecorationProvider(this),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#show()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.#show()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(HIDES_WHITE_SPACE)) this.#show();
      }),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== DRAFT_SCHEME) return undefined;
    const draft = this.#desk.find(draftIdOf(uri) ?? '');
    if (!draft) return undefined;
    const words = shown(draftStateWords(draft, vscode.l10n));
    switch (verdictOf(draft)) {
      case 'verified':
        return new vscode.FileDecoration('✓', words, new vscode.ThemeColor('charts.green'));
      case 'doubtful':
        return new vscode.FileDecoration('!', words, new vscode.ThemeColor('charts.yellow'));
      default:
        return words === '' ? undefined : new vscode.FileDecoration(undefined, words);
    }
  }

  #show(): void {
    const { drafts } = this.#desk;
    const inFront = this.#inFront();
    if (drafts.length === 0) {
      this.#item.hide();
      return;
    }
    if (inFront) this.#showDraft(inFront);
    else {
      this.#item.text =
        drafts.length === 1
          ? vscode.l10n.t('$(edit) 1 draft')
          : vscode.l10n.t('$(edit) {0} drafts', drafts.length);
      this.#item.tooltip = vscode.l10n.t('Open or discard drafts');
      this.#item.command = 'delegate.openDraft';
    }
    this.#item.show();
  }

  #showDraft(draft: Draft): void {
    const icon = { verified: 'verified', doubtful: 'warning', unproven: 'edit' } as const;
    const size = isDraftIn(draft, 'ready') ? changeSize(draft.base, draft.state.proposed) : null;
    const isHidden = (size?.byIndentation ?? 0) > 0 && hidesWhiteSpace(draft);
    const words = [
      draftStateWords(draft, vscode.l10n),
      size ? changeWords(size, vscode.l10n) : '',
      isHidden ? vscode.l10n.t('hidden: show') : '',
    ].filter((part) => part !== '');
    this.#item.text = `$(${icon[verdictOf(draft) ?? 'unproven']}) ${shown(words.join(' · '))}`;
    this.#item.tooltip = isHidden
      ? vscode.l10n.t('This diff hides changes of indentation. Click to show them.')
      : vscode.l10n.t('Open or discard drafts');
    this.#item.command = isHidden ? 'toggle.diff.ignoreTrimWhitespace' : 'delegate.openDraft';
  }

  #inFront(): Draft | null {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (!(input instanceof vscode.TabInputTextDiff)) return null;
    return this.#desk.find(draftIdOf(input.modified) ?? '');
  }
}

const HIDES_WHITE_SPACE = 'diffEditor.ignoreTrimWhitespace';

function hidesWhiteSpace(draft: Draft): boolean {
  const scope = { uri: draftUri(draft), languageId: draft.languageId };
  return vscode.workspace.getConfiguration(undefined, scope).get(HIDES_WHITE_SPACE) === true;
}
