import * as vscode from 'vscode';
import { runCommand } from '../editorCommands';
import { asRecord } from '../../common/json';
import type { Demo } from './demo';
import { isTaskDone } from '../walkthrough';
import { hasTextInView } from '../selection/placesInView';
import { goesOn } from '../messages/offeredHelp';
import { showInformation } from '../messages/show';

export function createDemoCommands(demo: Demo): {
  readonly 'delegate.startDemo': (given?: unknown) => Promise<void>;
  readonly 'delegate.stopDemo': () => Promise<void>;
} {
  return {
    'delegate.startDemo': async (given) => {
      await demo.start();
      // The run that goes on says itself that it is a demo.
      if (goesOn(given)) return;
      // The walkthrough has a first run of its own.
      const hasRun = asRecord(given)?.['hasRun'] === true || isTaskDone('summarize');
      void tellStarted(hasRun ? [] : [firstRun()]);
    },
    'delegate.stopDemo': async () => {
      await demo.stop();
      void showInformation(vscode.l10n.t('The offline demo is off.'));
    },
  };
}

async function tellStarted(offers: readonly string[]): Promise<void> {
  const picked = await showInformation(
    vscode.l10n.t(
      'The offline demo is on: a simulator on this machine answers in place of OpenRouter. No key is used, nothing is sent, and its costs are made up.',
    ),
    ...offers,
  );
  if (picked !== undefined) await runCommand('delegate.summarizeSelection');
}

/** Without text in view the command opens a sample. */
function firstRun(): string {
  return hasTextInView()
    ? vscode.l10n.t('Summarize selection')
    : vscode.l10n.t('Summarize a sample');
}
