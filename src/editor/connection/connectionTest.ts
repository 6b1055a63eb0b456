import * as vscode from 'vscode';
import { systemClock } from '../../common/clock';
import type { Connections, OpenedEndpoint } from './connections';
import { OpenRouterError } from '../../openrouter/errors';
import { connectionFacts, keyText } from './connectionReport';
import { describeError } from '../messages/errorMessages';
import { helpWith } from './connectionProblem';
import type { OutputPanel } from '../output/outputPanel';
import type { PanelSection } from '../output/sectionQueue';

/**
 * Says in the output panel which address, key, proxy and certificates apply, and what came of
 * asking the API.
 *
 * @throws OpenRouterError after it was written down, for the message with the next steps.
 */
export async function testConnection(connections: Connections, panel: OutputPanel): Promise<void> {
  const { l10n } = vscode;
  const opened = await connections.openAgain();
  if (!opened) return;
  const { endpoint, connection } = opened;
  const { route, isDemo } = connection;
  const section = panel.openSection(`\n## ${l10n.t('Test connection')}\n\n`);
  for (const line of connectionFacts({ endpoint, isDemo, ...route }, l10n)) {
    section.append(`- ${line}\n`);
  }
  panel.show();
  try {
    await testWorker(connections, section);
    section.append(`- ${await askApi(opened)}\n`);
  } catch (error) {
    if (error instanceof OpenRouterError) {
      const facts = [error.code, error.reason, error.status].filter(Boolean).join(', ');
      section.append(`- ${l10n.t('failed: {0}', facts)}\n`);
      section.append(`- ${describeError(error, l10n).message}\n`);
    }
    throw error;
  } finally {
    section.end();
  }
}

/** Whether the user's own worker endpoint answers, where one is set; its failure stops nothing. */
async function testWorker(connections: Connections, section: PanelSection): Promise<void> {
  const { l10n } = vscode;
  const worker = await connections.openWorker();
  if (!worker) return;
  if ('kind' in worker) {
    section.append(`- ${helpWith(worker).message}\n`);
    return;
  }
  const { client, origin } = worker;
  try {
    const { length } = await client.listModels();
    section.append(`- ${l10n.t('worker at {0}: answers, {1} models', origin, length)}\n`);
  } catch (error) {
    if (!(error instanceof OpenRouterError)) throw error;
    section.append(`- ${l10n.t('worker at {0}: failed ({1})', origin, error.code)}\n`);
  }
}

/** Without a key the list of models still shows whether the API can be reached. */
async function askApi({ endpoint, connection }: OpenedEndpoint): Promise<string> {
  const { l10n } = vscode;
  const startedAtMs = systemClock.now();
  const took = (): number => systemClock.now() - startedAtMs;
  if (endpoint.key === null) {
    await connection.client.listModels();
    return l10n.t('the API answers ({0} ms); sign in or set a key to use it', took());
  }
  const info = await connection.client.getKey();
  return l10n.t('the key is valid ({0} ms); {1}', took(), keyText(info, l10n));
}
