/** A process of its own for the simulator, so that only the batch's own work counts. */
import { startSimulator } from '../../../src/simulator/index';
import { realTokenizer } from '../../support/tokenizer';

export interface ServerReady {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** What was billed since the start, by generation id. */
export type ServerBills = readonly (readonly [string, number])[];

const [answerMs = 0, limitedEvery = 0] = process.argv.slice(2).map(Number);

async function serve(): Promise<void> {
  let asked = 0;
  const simulator = await startSimulator({
    tokenizer: realTokenizer,
    pacing: {
      heartbeatMs: 1000,
      orchestratorMs: answerMs,
      workerMs: answerMs,
      charsPerDelta: 4096,
      generationMisses: 0,
      generationLagMs: 0,
    },
    faults: ({ path }) => {
      if (!path.endsWith('/responses')) return null;
      asked += 1;
      return limitedEvery > 0 && asked % limitedEvery === 0 ? '429' : null;
    },
  });
  process.on('message', (message) => {
    if (message === 'stop') process.exit(0);
    process.send?.([...simulator.bills] satisfies ServerBills);
  });
  process.send?.({ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey } satisfies ServerReady);
}

void serve();
