import type { Clock } from '../common/clock';
import { systemClock } from '../common/clock';
import { Accounts } from './accounts';
import { Catalog } from './catalog';
import { Generations } from './generations';
import { newIdMaker } from './ids';
import { PromptCache } from './loop/promptCache';
import { type Pacing, resolvePacing, type SimulatorOptions } from './options';
import { RequestLog } from './requestLog';
import { estimatingTokenizer, type Tokenizer } from './tokenizer';

/** Everything one simulator knows and remembers. */
export interface SimulatorState {
  readonly options: SimulatorOptions;
  readonly clock: Clock;
  readonly pacing: Pacing;
  readonly tokenizer: Tokenizer;
  readonly catalog: Catalog;
  readonly accounts: Accounts;
  readonly generations: Generations;
  readonly log: RequestLog;
  readonly promptCache: PromptCache;
  readonly newId: (prefix: string) => string;
}

export function createState(options: SimulatorOptions): SimulatorState {
  const clock = options.clock ?? systemClock;
  const pacing = resolvePacing(options.pacing);
  return {
    options,
    clock,
    pacing,
    tokenizer: options.tokenizer ?? estimatingTokenizer,
    catalog: new Catalog(options),
    accounts: new Accounts(options.keys ?? []),
    generations: new Generations(clock, pacing),
    log: new RequestLog(),
    promptCache: new PromptCache(clock),
    newId: newIdMaker(() => clock.now()),
  };
}
