import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { readModels } from '../../src/catalog/readModels';
import type { ModelLookup } from '../../src/catalog/model';
import { systemClock } from '../../src/common/clock';
import { NANO_PER_USD, formatUsd } from '../../src/common/money';
import { plainEnglish } from '../../src/common/translate';
import { RefusalError } from '../../src/delegation/run/runErrors';
import type { RunSettings } from '../../src/delegation/run/run';
import { type CheckPorts, checkModels, priceCheck } from '../../src/modelCheck/checkModels';
import { lineText, settingText } from '../../src/modelCheck/words';
import { createClient } from '../../src/openrouter/client';
import { directDispatcher } from '../support/directDispatcher';
import { defaultSettings } from '../support/runSettings';
import { startRecorder } from './recorder';

export interface LiveWorld {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly write: (line: string) => void;
  /** Shorter in tests. */
  readonly lookUpDelaysMs?: readonly number[];
}

/**
 * `npm run live`: checks a pair of models at the real API and prints a line for each assumption.
 *
 *   OPENROUTER_API_KEY=… npm run live -- [--orchestrator SLUG] [--worker SLUG]
 *     [--max-cost USD] [--record FOLDER]
 *
 * @returns the exit code: 0 done, 2 wrong arguments or no key, 3 too dear, before anything is sent.
 */
export async function runLive(world: LiveWorld): Promise<number> {
  const { environment, write } = world;
  const options = readOptions(world.args);
  const key = environment['OPENROUTER_API_KEY'];
  if (!key) {
    write('Set OPENROUTER_API_KEY to a key of OpenRouter.');
    return 2;
  }
  const target = environment['OPENROUTER_BASE_URL'] ?? 'https://openrouter.ai/api/v1';
  const recorder = options.record === null ? null : await startRecorder(target, options.record);
  const client = createClient({
    baseUrl: recorder?.baseUrl ?? target,
    getApiKey: () => Promise.resolve(key),
    headers: {},
    createDispatcher: directDispatcher,
    clock: systemClock,
    connectTimeoutMs: 30_000,
    silenceTimeoutMs: 60_000,
    progressTimeoutMs: 600_000,
  });
  try {
    const rows = readModels({ data: await client.listModels() });
    const models: ModelLookup = { find: (id) => rows.find((row) => row.id === id) ?? null };
    const ports: CheckPorts = {
      client,
      models,
      clock: systemClock,
      random: Math.random,
      newId: randomUUID,
      settle: () => Promise.resolve(),
      ...(world.lookUpDelaysMs ? { lookUpDelaysMs: world.lookUpDelaysMs } : {}),
    };
    return await check(options, ports, write);
  } finally {
    await client.close();
    await recorder?.close();
  }
}

interface LiveOptions {
  readonly settings: RunSettings;
  readonly maxCostNanoUsd: number;
  readonly record: string | null;
}

function readOptions(args: readonly string[]): LiveOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      orchestrator: { type: 'string', default: '~anthropic/claude-opus-latest' },
      worker: { type: 'string', default: '~anthropic/claude-haiku-latest' },
      'max-cost': { type: 'string', default: '0.50' },
      record: { type: 'string' },
    },
  });
  return {
    settings: {
      ...defaultSettings,
      orchestratorModel: values.orchestrator,
      workerModel: values.worker,
    },
    maxCostNanoUsd: Number(values['max-cost']) * NANO_PER_USD,
    record: values.record ?? null,
  };
}

async function check(
  { settings, maxCostNanoUsd }: LiveOptions,
  ports: CheckPorts,
  write: (line: string) => void,
): Promise<number> {
  write(`orchestrator ${settings.orchestratorModel} · worker ${settings.workerModel}`);
  const price = priceCheck(settings, ports);
  if (price instanceof RefusalError) {
    write(price.message);
    return 2;
  }
  write(
    price === null
      ? 'The price of one of the models is not known.'
      : `This costs about ${formatUsd(price.expectedNanoUsd)}, at most ${formatUsd(price.ceilingNanoUsd)}.`,
  );
  if (price !== null && !(price.ceilingNanoUsd <= maxCostNanoUsd)) {
    write('That is more than --max-cost; nothing was sent.');
    return 3;
  }
  const { signal } = new AbortController();
  const tell = (line: Parameters<typeof lineText>[0]): void => write(lineText(line, plainEnglish));
  const report = await checkModels(settings, ports, { onLine: tell, signal });
  for (const setting of report.settings) write(settingText(setting, plainEnglish));
  write(
    report.costNanoUsd === null ? 'Cost unknown.' : `It cost ${formatUsd(report.costNanoUsd)}.`,
  );
  return 0;
}
