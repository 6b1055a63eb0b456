import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { runCommand } from '../editorCommands';
import type { BudgetPolicy } from '../../accounting/budget/budget';
import type { Counters } from '../../accounting/report/counters';
import type { Ledger } from '../../accounting/ledger/ledger';
import { readCostReport } from '../../accounting/report/report';
import { systemClock } from '../../common/clock';
import { formatUsd } from '../../common/money';
import { COST_VIEW_TYPE } from '../../manifest';
import { costDocument, type PageUpdate } from './costPage/document';
import { type PageMessage, readMessage } from './costPage/messages';
import { RangeMemory } from './costPage/rangeMemory';
import { daysOfRange, rangeTitle } from './costPage/ranges';
import { SECTIONS, type SectionId, renderSections } from './costPage/sections';
import { showWarning } from '../messages/show';

export interface CostPageOptions {
  readonly extensionUri: vscode.Uri;
  /** Keeps the range that the user chose last, on this machine. */
  readonly memory: vscode.Memento;
  readonly ledger: Ledger;
  readonly counters: Counters;
  readonly readPolicy: () => BudgetPolicy;
  readonly isDemo: () => boolean;
  /** Calls back when budgets or the demo change; the ledger and the counters tell by themselves. */
  readonly onDidChange: (callback: () => void) => vscode.Disposable;
}

/** Changes come in bursts: an entry, its totals, its counters. */
const SETTLE_MS = 150;
const LAST_RUNS = 20;

/** The page "Show cost": one a window, rendered from one report whenever something changed. */
export class CostPage implements vscode.Disposable {
  readonly #options: CostPageOptions;
  readonly #memory: RangeMemory;
  #open: OpenPage | null = null;

  constructor(options: CostPageOptions) {
    this.#options = options;
    this.#memory = new RangeMemory(options.memory);
  }

  /** Opens the page, or brings the one that is open to the front. */
  show(): void {
    if (this.#open) {
      this.#open.panel.reveal();
      return;
    }
    const { l10n, ViewColumn, window } = vscode;
    const panel = window.createWebviewPanel(
      COST_VIEW_TYPE,
      l10n.t('Delegate: cost'),
      ViewColumn.Active,
      { enableFindWidget: true },
    );
    this.#fill(panel);
  }

  /** Takes over a page that the editor brought back after a reload. */
  restore(panel: vscode.WebviewPanel): void {
    this.#open?.panel.dispose();
    this.#fill(panel);
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }

  #fill(panel: vscode.WebviewPanel): void {
    const page = new OpenPage(panel, this.#options, this.#memory);
    this.#open = page;
    panel.onDidDispose(() => {
      page.dispose();
      if (this.#open === page) this.#open = null;
    });
  }
}

class OpenPage implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #options: CostPageOptions;
  readonly #memory: RangeMemory;
  readonly #disposables: vscode.Disposable[] = [];
  /** What the page shows now. */
  readonly #shown = new Map<SectionId, string>();
  #isReady = false;
  #cancelDraw: (() => void) | null = null;
  #announcement: string | null = null;
  #drawing: Promise<void> = Promise.resolve();

  constructor(panel: vscode.WebviewPanel, options: CostPageOptions, memory: RangeMemory) {
    this.panel = panel;
    this.#options = options;
    this.#memory = memory;
    const { ledger, counters, onDidChange } = options;
    const draw = (): void => this.#drawSoon();
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message) => void this.#receive(readMessage(message))),
      new vscode.Disposable(ledger.onDidChange(draw)),
      new vscode.Disposable(counters.onDidChange(draw)),
      onDidChange(draw),
    );
    this.#load();
  }

  dispose(): void {
    this.#cancelDraw?.();
    for (const disposable of this.#disposables) disposable.dispose();
    this.#isReady = false;
  }

  #load(): void {
    const { webview } = this.panel;
    const folder = vscode.Uri.joinPath(this.#options.extensionUri, 'media', 'cost');
    const file = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    this.panel.iconPath = {
      light: vscode.Uri.joinPath(folder, 'tab-light.svg'),
      dark: vscode.Uri.joinPath(folder, 'tab-dark.svg'),
    };
    webview.html = costDocument({
      l10n: vscode.l10n,
      language: vscode.env.language,
      range: this.#memory.range,
      scriptUri: file('page.js'),
      styleUri: file('page.css'),
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
    });
  }

  async #receive(message: PageMessage | null): Promise<void> {
    const { counters } = this.#options;
    switch (message?.type) {
      case undefined:
        return;
      case 'ready':
        // The page is new, also after it was hidden: it has nothing yet.
        this.#shown.clear();
        this.#isReady = true;
        await this.#draw();
        return;
      case 'range':
        this.#memory.choose(message.range);
        this.#announcement = rangeTitle(message.range, vscode.l10n);
        await this.#draw();
        return;
      case 'reset':
        await this.#change(() => counters.reset(message.period));
        return;
      case 'show-all':
        await this.#change(() => counters.showAll(message.period));
        return;
      case 'set-budget':
        await runCommand('delegate.setBudget', { budget: message.budget });
        return;
      case 'export':
        await runCommand('delegate.exportLedger');
        return;
    }
  }

  async #change(change: () => Promise<void>): Promise<void> {
    try {
      await change();
    } catch {
      void showWarning(
        vscode.l10n.t(
          'The reset could not be written, perhaps because the disk is full. It holds in this window only.',
        ),
      );
    }
    await this.#draw();
  }

  #drawSoon(): void {
    this.#cancelDraw ??= systemClock.after(SETTLE_MS, () => {
      this.#cancelDraw = null;
      void this.#draw();
    });
  }

  /** Draws after what is being drawn already, so that an older report never comes last. */
  #draw(): Promise<void> {
    this.#drawing = this.#drawing.then(() => this.#drawNow()).catch(() => undefined);
    return this.#drawing;
  }

  async #drawNow(): Promise<void> {
    if (!this.#isReady) return;
    const { ledger, counters, readPolicy, isDemo } = this.#options;
    const report = await readCostReport(ledger, {
      days: daysOfRange(this.#memory.range, ledger.today(), ledger.daysOf('month')),
      policy: readPolicy(),
      lastRuns: LAST_RUNS,
      counters,
    });
    const context = { l10n: vscode.l10n, locale: vscode.env.language, isDemo: isDemo() };
    const html = renderSections(report, context);
    const changed = SECTIONS.filter((id) => this.#shown.get(id) !== html[id]);
    const isUpdate = this.#shown.size > 0;
    for (const id of changed) this.#shown.set(id, html[id]);
    if (changed.length === 0 && isUpdate) return;
    const range = this.#announcement === null ? '' : `${this.#announcement}: `;
    this.#announcement = null;
    const update: PageUpdate = {
      type: 'update',
      sections: Object.fromEntries(changed.map((id) => [id, html[id]])),
      announcement: isUpdate
        ? `${range}${vscode.l10n.t(
            '{0} in {1} runs; today {2}',
            formatUsd(report.range.costNanoUsd),
            report.range.runs,
            formatUsd(report.today.costNanoUsd),
          )}`
        : null,
    };
    await this.panel.webview.postMessage(update);
  }
}
