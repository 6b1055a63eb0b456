import { asArray, asRecord, readString } from '../../common/json';
import { readApiError } from '../apiError';
import { readServerToolCall } from './delegationReader';
import {
  type FrameDecoder,
  type JsonRecord,
  type Stop,
  type StreamContext,
  type Verdict,
  unexpectedShape,
} from '../stream/streamDecoder';
import type { FinishReason } from '../streamEvent';
import { readUsage } from '../usage';

/**
 * Reads the stream of Chat Completions.
 *
 * - `error` is looked for before anything else, on every frame: it comes with an integer or a
 *   string code, with or without choices, or bare.
 * - Usage is taken from whichever frame has it, also after the finish reason; the last one counts.
 * - A finish reason may be repeated; only the end of the stream or `[DONE]` is terminal.
 * - `tool_calls` without calls comes when the API's tool loop stopped before a final answer. The
 *   stream then ends properly with `tool-calls`; that there is no answer is for the caller to see.
 */
export class ChatDecoder implements FrameDecoder {
  readonly #context: StreamContext;
  #finishReason: FinishReason | null = null;
  #model: string | null = null;
  #hasChoice = false;
  #hasRefusal = false;

  constructor(context: StreamContext) {
    this.#context = context;
  }

  get isAnswerWhole(): boolean {
    // After tool calls the API's own loop may go on.
    return this.#finishReason !== null && this.#finishReason.unified !== 'tool-calls';
  }

  readFrame(frame: JsonRecord): Verdict | null {
    this.#readIdentity(frame);
    const error = frame['error'];
    const hasError = error !== undefined && error !== null;
    const choice = hasError ? null : asRecord(asArray(frame['choices'])[0]);
    const verdict = choice === null ? null : this.#readChoice(choice);
    this.#readUsage(frame['usage']);
    return hasError ? this.#errorVerdict(error) : verdict;
  }

  plainText(value: unknown): string | null {
    const frame = asRecord(value);
    const choice = asRecord(asArray(frame?.['choices'])[0]);
    const delta = asRecord(choice?.['delta']);
    const content = readString(delta?.['content']);
    const others = [
      frame?.['error'],
      frame?.['usage'],
      choice?.['error'],
      choice?.['finish_reason'],
      delta?.['reasoning'],
      delta?.['reasoning_details'],
      delta?.['refusal'],
    ];
    return others.every((other) => other === undefined || other === null) ? content : null;
  }

  readWhole(body: JsonRecord): Verdict {
    const verdict = this.readFrame(body);
    if (verdict !== null) return verdict;
    const finishReason = this.conclude('done-marker');
    return finishReason === null
      ? unexpectedShape(this.#context.generationId)
      : { type: 'end', finishReason };
  }

  conclude(stop: Stop): FinishReason | null {
    const finish =
      this.#finishReason ??
      // The API says that it is done, so the answer is whole, for whatever reason.
      (stop === 'done-marker' && this.#hasChoice ? { unified: 'other' as const, raw: null } : null);
    if (finish === null || !this.#hasRefusal) return finish;
    return { unified: 'content-filter', raw: finish.raw };
  }

  #readIdentity(frame: JsonRecord): void {
    if (this.#context.generationId === null) {
      const id = frame['id'];
      if (typeof id === 'string' && id.startsWith('gen-')) this.#context.generationId = id;
    }
    const model = frame['model'];
    // A tilde slug is the question, not the answer.
    if (typeof model !== 'string' || model === this.#model || !/^[^~]/.test(model)) return;
    this.#model = model;
    this.#context.batch.add({ type: 'model-resolved', model });
  }

  #readUsage(value: unknown): void {
    const usage = readUsage(value);
    if (usage !== null) this.#context.batch.add({ type: 'usage-available', usage });
  }

  #readChoice(choice: JsonRecord): Verdict | null {
    this.#hasChoice = true;
    const delta = asRecord(choice['delta'] ?? choice['message']);
    if (delta !== null) this.#readDelta(delta);
    const error = choice['error'];
    if (error !== undefined && error !== null) return this.#errorVerdict(error);
    const finishReason = choice['finish_reason'];
    if (typeof finishReason !== 'string') return null;
    if (finishReason === 'error') return this.#errorVerdict(null);
    this.#finishReason = { unified: UNIFIED.get(finishReason) ?? 'other', raw: finishReason };
    return null;
  }

  #readDelta(delta: JsonRecord): void {
    const { batch } = this.#context;
    const details = delta['reasoning_details'];
    const reasoning = delta['reasoning'];
    if (typeof reasoning === 'string' && reasoning !== '') {
      batch.addText('reasoning-delta', reasoning);
    }
    if (Array.isArray(details)) this.#readReasoningDetails(details, readString(reasoning) === null);
    const content = delta['content'];
    if (typeof content === 'string') {
      if (content !== '') batch.addText('text-delta', content);
    } else if (Array.isArray(content)) {
      for (const part of content) this.#readContentPart(asRecord(part));
    }
    // A refusal is shown like an answer, but the finish reason keeps it from being taken for one.
    const refusal = readString(delta['refusal']);
    if (refusal !== null) {
      this.#hasRefusal = true;
      batch.addText('text-delta', refusal);
    }
  }

  #readContentPart(part: JsonRecord | null): void {
    const text = readString(part?.['text']);
    if (text !== null) this.#context.batch.addText('text-delta', text);
  }

  /** Usually repeats `reasoning`, and is then read for tool calls only. */
  #readReasoningDetails(details: readonly unknown[], isTextNew: boolean): void {
    for (const detail of details) {
      const entry = asRecord(detail);
      if (entry === null) continue;
      if (entry['type'] === 'reasoning.server_tool_call') {
        const delegation = readServerToolCall(entry);
        if (delegation !== null) this.#context.batch.add({ type: 'delegation-update', delegation });
      } else if (isTextNew) {
        const text = readString(entry['text']) ?? readString(entry['summary']);
        if (text !== null) this.#context.batch.addText('reasoning-delta', text);
      }
    }
  }

  #errorVerdict(error: unknown): Verdict {
    const { generationId } = this.#context;
    return { type: 'error', error: readApiError(error, { httpStatus: null, generationId }) };
  }
}

const UNIFIED: ReadonlyMap<string, FinishReason['unified']> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content_filter', 'content-filter'],
  ['tool_calls', 'tool-calls'],
]);
