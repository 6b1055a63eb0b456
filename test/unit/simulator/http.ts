import { createParser } from 'eventsource-parser';
import { asArray, asRecord } from '../../../src/common/json';
import type { Simulator } from '../../../src/simulator/index';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Everything that came, also of an answer that broke off. */
  readonly text: string;
  /** Whether the connection broke before the answer was complete. */
  readonly isBroken: boolean;
}

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Called with all text so far after each read. */
  readonly onText?: (text: string) => void;
}

/** Posts JSON with the simulator's key and reads the answer to its end. */
export async function post(
  simulator: Simulator,
  path: string,
  options: PostOptions & { readonly body: unknown },
): Promise<Answer> {
  const response = await fetch(simulator.baseUrl + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${simulator.apiKey}`,
      'content-type': 'application/json',
      ...options.headers,
    },
    body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
    signal: options.signal ?? null,
  });
  return readAnswer(response, options);
}

async function readAnswer(response: Response, options: PostOptions): Promise<Answer> {
  const { status, headers } = response;
  const chunks: Uint8Array[] = [];
  const text = (): string => Buffer.concat(chunks).toString('utf8');
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk as Uint8Array);
      options.onText?.(text());
    }
  } catch {
    return { status, headers, text: text(), isBroken: true };
  }
  return { status, headers, text: text(), isBroken: false };
}

export async function get(simulator: Simulator, path: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${simulator.apiKey}` };
  return readAnswer(await fetch(simulator.baseUrl + path, { headers }), {});
}

export type Event = Readonly<Record<string, unknown>>;

/** The JSON of all events that a stream holds, and how many comments. */
export function readEvents(text: string): { events: Event[]; comments: number; isDone: boolean } {
  const events: Event[] = [];
  let comments = 0;
  let isDone = false;
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data === '[DONE]') isDone = true;
      else if (data.startsWith('{')) events.push(parseOrEmpty(data));
    },
    onComment: () => {
      comments += 1;
    },
  });
  parser.feed(text);
  return { events, comments, isDone };
}

function parseOrEmpty(data: string): Event {
  try {
    return JSON.parse(data) as Event;
  } catch {
    return { unparsed: data };
  }
}

/** Reads `a.b.0.c` out of a value; undefined where there is nothing. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (owner, key) => (Array.isArray(owner) ? asArray(owner)[Number(key)] : asRecord(owner)?.[key]),
      value,
    );
}

/** The answer's text, of either protocol. */
export function textOf(events: readonly Event[]): string {
  return events
    .map((event) =>
      event['type'] === 'response.output_text.delta'
        ? event['delta']
        : at(event, 'choices.0.delta.content'),
    )
    .filter((text) => typeof text === 'string')
    .join('');
}

/** The subagent items of a Responses stream as they ended. */
export function delegationsOf(events: readonly Event[]): Event[] {
  return events
    .filter((event) => event['type'] === 'response.output_item.done')
    .map((event) => asRecord(event['item']) ?? {})
    .filter((item) => item['type'] === 'openrouter:subagent');
}

/** The usage that a stream reports, of either protocol. */
export function usageOf(events: readonly Event[]): Event | null {
  const [usage] = events
    .map((event) => asRecord(event['usage']) ?? asRecord(at(event, 'response.usage')))
    .filter((found) => found !== null);
  return usage ?? null;
}
