import * as fs from 'node:fs';
import * as path from 'node:path';
import { openAnswerBody } from '../../../../src/openrouter/stream/answerBody';
import { ChatDecoder } from '../../../../src/openrouter/protocols/chatDecoder';
import { EventBatch } from '../../../../src/openrouter/protocols/eventBatch';
import { ResponsesDecoder } from '../../../../src/openrouter/protocols/responsesDecoder';
import { StreamDecoder } from '../../../../src/openrouter/stream/streamDecoder';
import type { StreamEvent } from '../../../../src/openrouter/streamEvent';
import type { Protocol } from '../../../../src/openrouter/wire';

/** Fixtures stay where they are; compiled tests lie elsewhere. */
const fixtureFolder = path.join(process.cwd(), 'test/fixtures/sse');

export const fixtureNames: readonly string[] = fs
  .readdirSync(fixtureFolder)
  .filter((name) => /\.(sse|json)$/.test(name));

export function readFixture(name: string): Buffer {
  return fs.readFileSync(path.join(fixtureFolder, name));
}

export interface RecordedBody {
  readonly protocol: Protocol;
  readonly contentType: string;
  readonly chunks: readonly Buffer[];
}

/** Feeds a body to the real chain of readers and decoders; one list of events per chunk, and the end's. */
export function decodeBody({ protocol, contentType, chunks }: RecordedBody): StreamEvent[] {
  const batch = new EventBatch();
  const context = { batch, generationId: null };
  const frames = protocol === 'chat' ? new ChatDecoder(context) : new ResponsesDecoder(context);
  const body = openAnswerBody(contentType, new StreamDecoder(context, frames));
  if (body === null) throw new Error(`No way to read ${contentType}`);
  const events: StreamEvent[] = [];
  for (const chunk of chunks) {
    body.feed(chunk);
    events.push(...batch.take());
  }
  body.end();
  events.push(...batch.take());
  return events;
}

/** The fixture's name tells its protocol and its content type. */
export function decodeFixture(
  name: string,
  cut: (bytes: Buffer) => readonly Buffer[],
): StreamEvent[] {
  return decodeBody({
    protocol: name.startsWith('chat-') ? 'chat' : 'responses',
    contentType: name.endsWith('.json') ? 'application/json' : 'text/event-stream; charset=utf-8',
    chunks: cut(readFixture(name)),
  });
}

export const whole = (bytes: Buffer): readonly Buffer[] => [bytes];

export const byteByByte = (bytes: Buffer): readonly Buffer[] =>
  Array.from(bytes, (_byte, index) => bytes.subarray(index, index + 1));

/** Cuts at offsets that are given as parts of the whole, in any order. */
export const cutAt =
  (parts: readonly number[]) =>
  (bytes: Buffer): readonly Buffer[] => {
    const offsets = parts.map((part) => Math.floor(part * bytes.length)).sort((a, b) => a - b);
    const ends = [...offsets, bytes.length];
    return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
  };

/**
 * Events in a short form, one line each, for tables of expectations. How deltas and heartbeats were
 * spread over chunks means nothing, so neighbours of one kind become one line.
 */
export function describeEvents(events: readonly StreamEvent[]): string[] {
  const batch = new EventBatch();
  for (const event of events) {
    if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
      batch.addText(event.type, event.text);
    } else if (event.type === 'heartbeat-received') batch.addHeartbeat();
    else batch.add(event);
  }
  return batch.take().map(describeEvent);
}

function describeEvent(event: StreamEvent): string {
  switch (event.type) {
    case 'stream-start':
      return `start ${event.generationId ?? '-'}`;
    case 'heartbeat-received':
      return 'heartbeat';
    case 'model-resolved':
      return `model ${event.model}`;
    case 'text-delta':
      return `text ${JSON.stringify(event.text)}`;
    case 'reasoning-delta':
      return `reasoning ${JSON.stringify(event.text)}`;
    case 'delegation-update': {
      const { key, status, taskName, workerName, model, outcome, error } = event.delegation;
      const fields = [key, status, taskName, workerName, model].map((field) => field ?? '-');
      return `delegation ${fields.join(' ')} ${JSON.stringify(outcome)} ${JSON.stringify(error)}`;
    }
    case 'tool-update': {
      const { key, tool, status, model, failedModels } = event.use;
      return `tool ${key} ${tool} ${status} ${model ?? '-'}${failedModels.map((each) => ` without ${each}`).join('')}`;
    }
    case 'text-restated':
      return `restated ${JSON.stringify(event.text)}`;
    case 'preamble-end':
      return 'preamble-end';
    case 'usage-available': {
      const { promptTokens, completionTokens, totalTokens, cachedTokens } = event.usage;
      const { costNanoUsd, isByok, toolCallsExecuted } = event.usage;
      const tokens = `${promptTokens}+${completionTokens}=${totalTokens} cached ${cachedTokens}`;
      return `usage ${tokens} nano ${costNanoUsd}${isByok ? ' byok' : ''} calls ${toolCallsExecuted}`;
    }
    case 'stream-end':
      return `end ${event.finishReason.unified} ${event.finishReason.raw ?? '-'} ${event.generationId ?? '-'}`;
    case 'stream-error': {
      const { code, reason, errorType, apiMessage, generationId, mayHaveBilled } = event.error;
      const fields = [code, reason, errorType, generationId].map((field) => field ?? '-');
      return `error ${fields.join(' ')} ${JSON.stringify(apiMessage)}${mayHaveBilled ? '' : ' free'}`;
    }
  }
}
