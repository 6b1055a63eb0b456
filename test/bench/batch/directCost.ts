import { languageOfName } from '../../../src/batch/collect/languages';
import { walk } from '../../../src/batch/collect/walk';
import type { WorkspaceFiles } from '../../../src/batch/ports';
import { readModels } from '../../../src/catalog/readModels';
import { systemClock } from '../../../src/common/clock';
import { NANO_PER_USD } from '../../../src/common/money';
import { runTask } from '../../../src/delegation/runTask';
import { builtInTasks } from '../../../src/tasks/catalog';
import { defaultSettings } from '../../support/runSettings';
import { simulatorClient } from '../../support/simulatorClient';
import type { ServerReady } from './server';

/** Requests at once; here only the bills count. */
const LANES = 8;

/** What the orchestrator alone is billed for the same job on the same files, one by one. */
export async function directCost(ready: ServerReady, files: WorkspaceFiles): Promise<number> {
  const client = simulatorClient(ready);
  const rows = readModels({ data: await client.listModels() });
  const models = { find: (id: string) => rows.find((row) => row.id === id) ?? null };
  const paths: string[] = [];
  const options = {
    files,
    targets: ['src'],
    excludes: [],
    isKeptOut: () => Promise.resolve(false),
  };
  for await (const found of walk(options)) paths.push(found.path);
  let cost = 0;
  const lane = async (): Promise<void> => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      const text = (await files.read(path))?.toString('utf8') ?? '';
      const result = await runTask(
        {
          id: path,
          task: builtInTasks.docstring,
          instruction: null,
          selection: { text, languageId: languageOfName(path) ?? '', startLine: 1, symbols: [] },
          settings: {
            ...defaultSettings,
            orchestratorModel: '~anthropic/claude-opus-latest',
            routing: 'direct',
            budgetPerRunNanoUsd: NANO_PER_USD,
          },
        },
        { client, models, clock: systemClock, random: Math.random },
        () => undefined,
        new AbortController().signal,
      );
      const billed = result.record.usage?.costNanoUsd;
      if (billed == null) throw new Error(`${path}: ${result.error?.code ?? result.status}`);
      cost += billed;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await client.close();
  return cost;
}
