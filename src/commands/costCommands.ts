import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { type ExportFormat, exportText } from '../accounting/exportLedger';
import type { Ledger } from '../accounting/ledger';
import { formatUsd } from '../common/money';

export function createCostCommands(ledger: Ledger): {
  readonly 'delegate.showCost': () => Promise<void>;
  readonly 'delegate.setBudget': () => Promise<void>;
  readonly 'delegate.exportLedger': () => Promise<void>;
} {
  return {
    'delegate.showCost': () => showCost(ledger),
    'delegate.setBudget': setBudget,
    'delegate.exportLedger': () => exportLedger(ledger),
  };
}

async function showCost(ledger: Ledger): Promise<void> {
  const { l10n } = vscode;
  const row = (label: string, period: 'session' | 'today' | 'month'): vscode.QuickPickItem => {
    const { costNanoUsd, runs, unknownRuns } = ledger.totals(period);
    return {
      label: `${label}: ${formatUsd(costNanoUsd)}`,
      description: l10n.t('{0} runs, {1} of unknown cost', runs, unknownRuns),
    };
  };
  await vscode.window.showQuickPick(
    [
      row(l10n.t('This session'), 'session'),
      row(l10n.t('Today'), 'today'),
      row(l10n.t('This month'), 'month'),
    ],
    { title: l10n.t('Show cost') },
  );
}

async function setBudget(): Promise<void> {
  const { l10n } = vscode;
  const settings = vscode.workspace.getConfiguration('delegate');
  const periods = [
    { label: l10n.t('Per run'), key: 'budget.perRun' },
    { label: l10n.t('Per day'), key: 'budget.daily' },
    { label: l10n.t('Per month'), key: 'budget.monthly' },
  ].map((period) => ({ ...period, now: settings.get<number>(period.key) ?? 0 }));
  const picked = await vscode.window.showQuickPick(
    periods.map((period) => ({
      ...period,
      description: period.now > 0 ? `$${period.now}` : l10n.t('off'),
    })),
    { title: l10n.t('Set budget'), placeHolder: l10n.t('Which budget?') },
  );
  if (!picked) return;
  const amount = await vscode.window.showInputBox({
    title: l10n.t('Budget in US dollars: {0}', picked.label),
    prompt: l10n.t(
      'A run whose worst case does not fit is refused before anything is sent. 0 is off.',
    ),
    value: String(picked.now),
    validateInput: (value) =>
      readAmount(value) === null ? l10n.t('Write an amount such as 0.25, or 0 for off.') : null,
  });
  const value = amount === undefined ? null : readAmount(amount);
  if (value !== null) await settings.update(picked.key, value, vscode.ConfigurationTarget.Global);
}

function readAmount(text: string): number | null {
  const match = /^\$?\s*(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  return match?.[1] ? Number(match[1].replace(',', '.')) : null;
}

async function exportLedger(ledger: Ledger): Promise<void> {
  const { l10n } = vscode;
  const period = await vscode.window.showQuickPick(
    [
      { label: l10n.t('This month'), days: 0 },
      { label: l10n.t('Last 90 days'), days: 90 },
      { label: l10n.t('Last 365 days'), days: 365 },
    ],
    { title: l10n.t('Export ledger') },
  );
  if (!period) return;
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Export ledger'),
    filters: { CSV: ['csv'], 'JSON Lines': ['jsonl'] },
    defaultUri: vscode.Uri.joinPath(
      vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(process.cwd()),
      'delegate-ledger.csv',
    ),
  });
  if (!target) return;
  const format: ExportFormat = target.path.endsWith('.jsonl') ? 'jsonl' : 'csv';
  const today = ledger.today();
  const days =
    period.days === 0
      ? ledger.daysOf('month')
      : { firstDay: today - period.days + 1, lastDay: today };
  await writeExport(target, exportText(ledger.entries(days), format));
  void vscode.window.showInformationMessage(l10n.t('The ledger was exported.'));
}

/** Streams to a local file; other file systems take a whole file only. */
async function writeExport(target: vscode.Uri, pieces: AsyncIterable<string>): Promise<void> {
  if (target.scheme === 'file') {
    await fs.writeFile(target.fsPath, pieces);
    return;
  }
  const parts: string[] = [];
  for await (const piece of pieces) parts.push(piece);
  await vscode.workspace.fs.writeFile(target, Buffer.from(parts.join('')));
}
