import type { StreamEvent } from '../../../src/openrouter/streamEvent';
import type { WireRequest } from '../../../src/openrouter/wire';
import type { StreamingClient } from '../../../src/delegation/ports';

/** One thing that a scripted stream does. */
export type Step =
  | StreamEvent
  /** Several events in one batch. */
  | readonly StreamEvent[]
  /** Something that happens meanwhile, such as time passing. */
  | (() => void)
  /** Waits for ever, or until the signal is aborted. */
  | 'hang'
  /** Waits for ever and does not notice an aborted signal. */
  | 'deaf'
  /** Breaks the client's promise and throws. */
  | Error;

/** What a stream does, made when the request is known: markers need its nonce. */
export type Script = (request: WireRequest) => readonly Step[];

/** A client whose streams follow scripts, one for each request. */
export class ScriptedClient implements StreamingClient {
  readonly requests: WireRequest[] = [];
  readonly #scripts: Script[];
  closedStreams = 0;

  constructor(...scripts: readonly (Script | readonly Step[])[]) {
    this.#scripts = scripts.map((script) =>
      typeof script === 'function' ? script : (): readonly Step[] => script,
    );
  }

  async *stream(
    request: WireRequest,
    { signal }: { readonly signal: AbortSignal },
  ): AsyncGenerator<readonly StreamEvent[]> {
    const script = this.#scripts[this.requests.length];
    this.requests.push(request);
    if (!script) throw new Error('No script for this request.');
    try {
      for (const step of script(request)) {
        if (signal.aborted) throw signal.reason as Error;
        if (typeof step === 'function') step();
        else if (step instanceof Error) throw step;
        else if (step === 'hang') await untilAborted(signal);
        else if (step === 'deaf') await new Promise(() => undefined);
        else yield 'type' in step ? [step] : step;
      }
    } finally {
      this.closedStreams += 1;
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** The nonce of a request's markers. */
export function nonceOf(request: WireRequest): string {
  return /\[\[cannot:([a-z2-7]{8})\]\]/.exec(JSON.stringify(request.body))?.[1] ?? '';
}
