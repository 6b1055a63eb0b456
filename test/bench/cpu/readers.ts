import type { Protocol } from '../../../src/openrouter/wire';

/** Reads one streamed answer to its end; returns the number of characters of its text. */
export type ReadStream = () => Promise<number>;

export interface Target {
  /** Such as `http://127.0.0.1:4711/api/v1`. */
  readonly baseUrl: string;
  readonly protocol: Protocol;
}

/** Loads a client and makes it ready, so that what follows is the reading alone. */
type Prepare = (target: Target) => Promise<ReadStream>;

const MODEL = 'anthropic/claude-opus-5.5';
const QUESTION = 'Say something long.';
const KEY = 'sk-or-v1-bench';

/** Who reads, by name. Each takes the text of every piece, as an editor would. */
export const readers = {
  floor: prepareFloor,
  delegate: prepareDelegate,
  openai: prepareOpenai,
  '@openrouter/sdk': prepareOpenrouterSdk,
  'ai + @openrouter/ai-sdk-provider': prepareAiSdk,
} satisfies Readonly<Record<string, Prepare>>;

export type ReaderName = keyof typeof readers;

/** The least that any client has to do: a body, events, and the JSON of each. */
async function prepareFloor({ baseUrl, protocol }: Target): Promise<ReadStream> {
  const { Agent, request } = await import('undici');
  const { createParser } = await import('eventsource-parser');
  const dispatcher = new Agent();
  return async () => {
    let characters = 0;
    const parser = createParser({
      onEvent: ({ data }) => {
        if (data === '[DONE]') return;
        const frame: unknown = JSON.parse(data);
        characters += (protocol === 'chat' ? chatText(frame) : responsesText(frame)).length;
      },
    });
    const path = protocol === 'chat' ? '/chat/completions' : '/responses';
    const { body } = await request(baseUrl + path, { method: 'POST', body: '{}', dispatcher });
    const decoder = new TextDecoder();
    for await (const chunk of body) parser.feed(decoder.decode(chunk as Buffer, { stream: true }));
    await dispatcher.close();
    return characters;
  };
}

function chatText(frame: unknown): string {
  const { choices } = frame as { choices: { delta: { content?: string } }[] };
  return choices[0]?.delta.content ?? '';
}

function responsesText(frame: unknown): string {
  const { type, delta } = frame as { type: string; delta?: string };
  return type === 'response.output_text.delta' ? (delta ?? '') : '';
}

/** In a file of its own, so that no other client's process loads it. */
async function prepareDelegate(target: Target): Promise<ReadStream> {
  return (await import('./delegateReader.js')).prepareDelegate(target);
}

async function prepareOpenai({ baseUrl, protocol }: Target): Promise<ReadStream> {
  const { OpenAI } = await import('openai');
  const client = new OpenAI({ apiKey: KEY, baseURL: baseUrl, maxRetries: 0 });
  return async () => {
    let characters = 0;
    if (protocol === 'chat') {
      const stream = await client.chat.completions.create({
        model: MODEL,
        messages: [{ role: 'user', content: QUESTION }],
        stream: true,
      });
      for await (const { choices } of stream) characters += choices[0]?.delta.content?.length ?? 0;
    } else {
      const stream = await client.responses.create({ model: MODEL, input: QUESTION, stream: true });
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') characters += event.delta.length;
      }
    }
    return characters;
  };
}

async function prepareOpenrouterSdk({ baseUrl }: Target): Promise<ReadStream> {
  const { OpenRouter } = await import('@openrouter/sdk');
  const client = new OpenRouter({ apiKey: KEY, serverURL: baseUrl });
  return async () => {
    const stream = await client.chat.send({
      chatRequest: { model: MODEL, messages: [{ role: 'user', content: QUESTION }], stream: true },
    });
    if (!(Symbol.asyncIterator in stream)) throw new Error('The answer was not streamed.');
    let characters = 0;
    for await (const { choices } of stream) characters += choices[0]?.delta.content?.length ?? 0;
    return characters;
  };
}

async function prepareAiSdk({ baseUrl }: Target): Promise<ReadStream> {
  const { streamText } = await import('ai');
  const { createOpenRouter } = await import('@openrouter/ai-sdk-provider');
  const model = createOpenRouter({ apiKey: KEY, baseURL: baseUrl }).chat(MODEL);
  return async () => {
    let characters = 0;
    for await (const text of streamText({ model, prompt: QUESTION, maxRetries: 0 }).textStream) {
      characters += text.length;
    }
    return characters;
  };
}
