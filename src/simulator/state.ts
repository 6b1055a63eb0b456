import type { Clock } from '../common/clock';
import { systemClock } from '../common/clock';
import { Accounts } from './accounts';
import { Catalog } from './catalog';
import { FaultQueue } from './faults/faultQueue';
import { Generations } from './generations';
import { newIdMaker } from './ids';
import { PromptCache } from './loop/promptCache';
import { resolvePacing, type SimulatorOptions } from './options';
import { type Pacing } from './pacing';
import { RequestLog } from './requestLog';
import { AuthCodes } from './authCodes';
import { ResponseCache } from './responseCache';
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
  readonly responseCache: ResponseCache;
  readonly authCodes: AuthCodes;
  readonly faults: FaultQueue;
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
    responseCache: new ResponseCache(clock),
    authCodes: new AuthCodes(clock),
    faults: new FaultQueue(options.faults ?? null),
    newId: newIdMaker(() => clock.now()),
  };
}

/** Forgets what happened; keys that were issued stay valid. */
export function resetState(state: SimulatorState): void {
  state.log.clear();
  state.generations.clear();
  state.promptCache.clear();
  state.responseCache.clear();
  state.faults.clear();
  state.accounts.reset();
}
