import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { type ExportFormat, exportText } from '../../accounting/report/exportLedger';
import type { Ledger } from '../../accounting/ledger/ledger';
import { asRecord } from '../../common/json';
import { askText, pickOne, showInformation } from '../messages/show';

export function createCostCommands(ledger: Ledger): {
  readonly 'delegate.setBudget': (given?: unknown) => Promise<void>;
  readonly 'delegate.exportLedger': () => Promise<void>;
} {
  return {
    'delegate.setBudget': setBudget,
    'delegate.exportLedger': () => exportLedger(ledger),
  };
}

/** A caller may name the budget, as the page does: `{ "budget": "day" }`; else it is asked for. */
async function setBudget(given?: unknown): Promise<void> {
  const { l10n } = vscode;
  const settings = vscode.workspace.getConfiguration('delegate');
  const budgets = [
    { id: 'run', label: l10n.t('Per run'), key: 'budget.perRun' },
    { id: 'day', label: l10n.t('Per day'), key: 'budget.daily' },
    { id: 'month', label: l10n.t('Per month'), key: 'budget.monthly' },
  ].map((budget) => ({ ...budget, now: settings.get<number>(budget.key) ?? 0 }));
  const named = budgets.find(({ id }) => id === asRecord(given)?.['budget']);
  const picked =
    named ??
    (await pickOne(
      budgets.map((budget) => ({
        ...budget,
        description: budget.now > 0 ? `$${budget.now}` : l10n.t('off'),
      })),
      { title: l10n.t('Set budget'), placeHolder: l10n.t('Which budget?') },
    ));
  if (!picked) return;
  const amount = await askText({
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
  const period = await pickOne(
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
  void showInformation(l10n.t('The ledger was exported.'));
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
