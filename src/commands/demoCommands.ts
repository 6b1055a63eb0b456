import * as vscode from 'vscode';
import type { Demo } from '../host/demo';

export function createDemoCommands(demo: Demo): {
  readonly 'delegate.startDemo': () => Promise<void>;
  readonly 'delegate.stopDemo': () => Promise<void>;
} {
  return {
    'delegate.startDemo': () => startDemo(demo),
    'delegate.stopDemo': async () => {
      await demo.stop();
      void vscode.window.showInformationMessage(vscode.l10n.t('The offline demo is off.'));
    },
  };
}

async function startDemo(demo: Demo): Promise<void> {
  await demo.start();
  const { l10n } = vscode;
  const summarize = l10n.t('Summarize selection');
  const picked = await vscode.window.showInformationMessage(
    l10n.t(
      'The offline demo is on: a simulator on this machine answers in place of OpenRouter. No key is used, nothing is sent, and its costs are made up.',
    ),
    summarize,
  );
  if (picked === summarize) await vscode.commands.executeCommand('delegate.summarizeSelection');
}
