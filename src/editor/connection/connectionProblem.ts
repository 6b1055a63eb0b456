import * as vscode from 'vscode';
import type { Endpoint } from '../../account/apiKey';
import type { BaseUrlProblem } from '../../account/baseUrl';
import { type OfferedHelp, offerHelp } from '../messages/offeredHelp';

/** Why there is no connection: nothing is sent anywhere until it is put right. */
export type ConnectionProblem =
  /** Without a key there is nothing wrong yet. `otherKeyOrigin` is where a stored key belongs to. */
  | { readonly kind: 'no-key'; readonly otherKeyOrigin: string | null }
  /** The user was asked about an address of the environment and did not agree. */
  | { readonly kind: 'not-agreed'; readonly origin: string }
  | { readonly kind: 'bad-address'; readonly endpoint: Extract<Endpoint, { ok: false }> }
  | { readonly kind: 'bad-worker-address'; readonly problem: BaseUrlProblem };

/** Words and ways out for a problem, wherever they are shown. */
export function helpWith(problem: ConnectionProblem): OfferedHelp {
  const { l10n } = vscode;
  if (problem.kind === 'no-key') {
    return {
      message:
        problem.otherKeyOrigin === null
          ? l10n.t(
              'Delegate needs an OpenRouter key for this. Sign in or set a key; or try the offline demo, which needs none.',
            )
          : l10n.t(
              'Your stored key belongs to {0} and is never sent elsewhere. Sign in or set a key for the address in delegate.api.baseUrl.',
              problem.otherKeyOrigin,
            ),
      commands: [
        { title: l10n.t('Sign in'), command: 'delegate.signIn' },
        { title: l10n.t('Set API key…'), command: 'delegate.setApiKey' },
        { title: l10n.t('Try the offline demo'), command: 'delegate.startDemo' },
      ],
      severity: 'information',
      goesOnAfter: ['delegate.signIn', 'delegate.setApiKey', 'delegate.startDemo'],
    };
  }
  if (problem.kind === 'not-agreed') {
    return {
      message: l10n.t(
        'Nothing was sent to {0}. To use another address, change {1} or set delegate.api.baseUrl.',
        problem.origin,
        'OPENROUTER_BASE_URL',
      ),
      commands: [],
    };
  }
  if (problem.kind === 'bad-worker-address') {
    return {
      message: l10n.t(
        '{0} is not an address that a worker can be asked at ({1}). Use https, or http on this machine or a private address, without user name, query or fragment.',
        'delegate.worker.baseUrl',
        problem.problem,
      ),
      commands: [
        {
          title: l10n.t('Open settings'),
          command: 'workbench.action.openSettings',
          arguments: ['delegate.worker.baseUrl'],
        },
      ],
    };
  }
  const { source, problem: reason } = problem.endpoint;
  return {
    message: l10n.t(
      '{0} is not an address that a key may be sent to ({1}). Use https, or http on this machine, without user name, query or fragment.',
      source === 'setting' ? 'delegate.api.baseUrl' : 'OPENROUTER_BASE_URL',
      reason,
    ),
    commands: [
      {
        title: l10n.t('Open settings'),
        command: 'workbench.action.openSettings',
        arguments: ['delegate.api.baseUrl'],
      },
    ],
  };
}

/**
 * Shows a problem as a notification and does what the user picks.
 *
 * @param goOn goes on with what a key was missing for, once there is one or the demo is on.
 */
export async function showProblem(problem: ConnectionProblem, goOn?: () => void): Promise<void> {
  await offerHelp(helpWith(problem), goOn);
}
