import assert from 'node:assert/strict';
import type { Simulator } from '../../../src/simulator/index';
import type { FaultName } from '../../../src/simulator/faults/faults';
import { type Answer, type Event, post, readEvents } from './http';
import { chatBody, NONCE, type PromptOptions, responsesBody } from './prompts';

export type Protocol = 'chat' | 'responses';

export const MARKER = `[[outcome:${NONCE}:summarize]]`;

/** One stream with one fault, on either protocol. */
export class Subject {
  simulator!: Simulator;

  async run(fault: FaultName, protocol: Protocol, options: PromptOptions = {}): Promise<Answer> {
    const model = `simulator/fault-${fault}`;
    return protocol === 'chat'
      ? post(this.simulator, '/chat/completions', { body: chatBody({ ...options, model }) })
      : post(this.simulator, '/responses', { body: responsesBody({ ...options, model }) });
  }

  async events(fault: FaultName, protocol: Protocol, options?: PromptOptions): Promise<Event[]> {
    return readEvents((await this.run(fault, protocol, options)).text).events;
  }

  get bill(): number | undefined {
    return [...this.simulator.bills.values()].at(-1);
  }
}

export const protocols: readonly Protocol[] = ['chat', 'responses'];

/** Reads a stream that never ends for a while, then leaves. */
export async function listen(
  subject: Subject,
  { fault, protocol }: { fault: FaultName; protocol: Protocol },
): Promise<{ events: Event[]; comments: number; text: string }> {
  const model = `simulator/fault-${fault}`;
  const body = protocol === 'chat' ? chatBody({ model }) : responsesBody({ model });
  const path = protocol === 'chat' ? '/chat/completions' : '/responses';
  // Long enough for many heartbeats on a busy machine, too.
  const signal = AbortSignal.timeout(1_500);
  const answer = await post(subject.simulator, path, { body, signal });
  assert.equal(answer.isBroken, true, 'the stream went on until the reader left');
  return { ...readEvents(answer.text), text: answer.text };
}
