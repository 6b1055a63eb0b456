import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import { shown } from '../../common/shown';
import { STATUS_BAR_ID } from '../../manifest';
import { type StatusModel, renderStatus } from './statusText';

const TICK_MS = 1000;

/** The status bar item: rendered from one model, at every change and each second of a run. */
export class CostStatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #readModel: () => StatusModel;
  #cancelTick: (() => void) | null = null;

  constructor(readModel: () => StatusModel) {
    this.#readModel = readModel;
    this.#item = vscode.window.createStatusBarItem(
      STATUS_BAR_ID,
      vscode.StatusBarAlignment.Right,
      90,
    );
    this.#item.name = vscode.l10n.t('Delegate: cost');
    this.#item.command = 'delegate.showCost';
  }

  /** Draws the present state; draws again by itself only while a run is under way. */
  update(): void {
    this.#cancelTick?.();
    this.#cancelTick = null;
    const model = this.#readModel();
    const view = renderStatus(model, vscode.l10n);
    this.#item.text = shown(view.text, { hasIcons: true });
    const tooltip = new vscode.MarkdownString(view.tooltipMarkdown, true);
    // Only our own commands are linked; nothing in the text comes from outside.
    tooltip.isTrusted = {
      enabledCommands: [
        'delegate.showCost',
        'delegate.showOutput',
        'delegate.setBudget',
        'delegate.cancelRun',
      ],
    };
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: view.accessibleText, role: 'button' };
    this.#item.backgroundColor = view.isOverBudget
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#item.show();
    if (model.runningSeconds !== null) {
      this.#cancelTick = systemClock.after(TICK_MS, () => this.update());
    }
  }

  dispose(): void {
    this.#cancelTick?.();
    this.#item.dispose();
  }
}
