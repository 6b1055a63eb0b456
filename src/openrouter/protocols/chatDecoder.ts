import { asArray, asRecord, readString } from '../../common/json';
import { readApiError } from '../apiError';
import { readServerToolCall } from './delegationReader';
import { DeltaText } from './deltaText';
import { finishOfWord } from './finishWords';
import { readGenerationId } from './generationId';
import {
  type FrameDecoder,
  type JsonRecord,
  type Stop,
  type StreamContext,
  type Verdict,
  unexpectedShape,
} from '../stream/streamDecoder';
import type { FinishReason } from '../streamEvent';
import { type Usage, mergeUsage, readUsage } from '../usage';

/**
 * Reads the stream of Chat Completions.
 *
 * - `error` is looked for before anything else, on every frame: it comes with an integer or a
 *   string code, with or without choices, or bare.
 * - Usage is taken from whichever frame has it, also after the finish reason; a later one counts, but
 *   takes nothing back.
 * - A finish reason may be repeated; only the end of the stream or `[DONE]` is terminal. An empty one
 *   is none, and text after one shows that it was none.
 * - Of several choices the first that is seen is the answer.
 * - A `message` may come at the end and repeat the whole text.
 * - `tool_calls` without calls comes when the API's tool loop stopped before a final answer. The
 *   stream then ends properly with `tool-calls`; that there is no answer is for the caller to see.
 */
export class ChatDecoder implements FrameDecoder {
  readonly #context: StreamContext;
  readonly #text: DeltaText;
  #finish: Finish | null = null;
  /** Text has come after a finish reason: this server says `stop` without meaning it. */
  #isStopIdle = false;
  #choiceIndex: unknown = null;
  #usage: Usage | null = null;
  #model: string | null = null;
  #hasChoice = false;
  #hasRefusal = false;
  /** The whole answer as a message that came beside its pieces; empty when there was none. */
  #message = '';

  constructor(context: StreamContext) {
    this.#context = context;
    this.#text = new DeltaText((text) => context.batch.addText('text-delta', text));
  }

  get isAnswerWhole(): boolean {
    // After tool calls the API's own loop may go on, and so may a server that says `stop` with every
    // piece of text.
    const finish = this.#finish;
    return finish !== null && finish.isLast && finish.reason.unified !== 'tool-calls';
  }

  readFrame(frame: JsonRecord): Verdict | null {
    this.#readIdentity(frame);
    const error = frame['error'];
    const hasError = error !== undefined && error !== null;
    const choice = hasError ? null : this.#chooseChoice(frame['choices']);
    const verdict = choice === null ? null : this.#readChoice(choice);
    this.#readUsage(frame['usage'], choice === null);
    return hasError ? this.#errorVerdict(error) : verdict;
  }

  plainText(value: unknown): string | null {
    const frame = asRecord(value);
    const choices = asArray(frame?.['choices']);
    const choice = asRecord(choices[0]);
    // While it is not known that deltas bring nothing but new text, and among several choices, more
    // than the text matters.
    if (!this.#text.isPlain || choices.length > 1) return null;
    if ((choice?.['index'] ?? 0) !== this.#choiceIndex) return null;
    const delta = asRecord(choice?.['delta']);
    const content = readString(delta?.['content']);
    const others = [
      frame?.['error'],
      frame?.['usage'],
      choice?.['error'],
      choice?.['message'],
      choice?.['finish_reason'],
      delta?.['reasoning'],
      delta?.['reasoning_details'],
      delta?.['refusal'],
    ];
    return others.every((other) => other === undefined || other === null) ? content : null;
  }

  addText(text: string): void {
    this.#text.add(text);
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
    this.#text.settle();
    if (this.#text.contradicts(this.#message)) {
      this.#context.batch.add({ type: 'text-restated', text: this.#message });
    }
    const finish = this.#finishAt(stop);
    if (finish === null || !this.#hasRefusal) return finish;
    return { unified: 'content-filter', raw: finish.raw };
  }

  #finishAt(stop: Stop): FinishReason | null {
    const finish = this.#finish;
    if (stop === 'done-marker') {
      // The API says that it is done, so the answer is whole, for whatever reason.
      return finish?.reason ?? (this.#hasChoice ? { unified: 'other', raw: null } : null);
    }
    return finish !== null && (finish.isLast || !this.#isStopIdle) ? finish.reason : null;
  }

  /** The choice that is followed; others are further answers to the same question. */
  #chooseChoice(value: unknown): JsonRecord | null {
    const choices = asArray(value).map(asRecord);
    const isFollowed = (choice: JsonRecord | null): boolean =>
      choice !== null && (choice['index'] ?? 0) === this.#choiceIndex;
    if (this.#choiceIndex !== null) return choices.find(isFollowed) ?? null;
    const first = choices.find((choice) => choice?.['index'] === 0) ?? choices[0] ?? null;
    if (first !== null) this.#choiceIndex = first['index'] ?? 0;
    return first;
  }

  #readIdentity(frame: JsonRecord): void {
    this.#context.generationId ??= readGenerationId(frame['id']);
    const model = frame['model'];
    // A tilde slug is the question, not the answer.
    if (typeof model !== 'string' || model === this.#model || !/^[^~]/.test(model)) return;
    this.#model = model;
    this.#context.batch.add({ type: 'model-resolved', model });
  }

  #readUsage(value: unknown, isAlone: boolean): void {
    const usage = readUsage(value);
    if (usage === null) return;
    this.#usage = mergeUsage(this.#usage, usage);
    this.#context.batch.add({ type: 'usage-available', usage: this.#usage });
    // The bill comes when all is written.
    if (isAlone && this.#finish !== null) this.#finish = { ...this.#finish, isLast: true };
  }

  #readChoice(choice: JsonRecord): Verdict | null {
    this.#hasChoice = true;
    const hadText = !this.#text.isEmpty;
    const bringsText = this.#readTexts(choice);
    if (bringsText) this.#forgetFinish();
    const error = choice['error'];
    if (error !== undefined && error !== null) return this.#errorVerdict(error);
    const word = readString(choice['finish_reason']);
    if (word === null || word.trim() === '') return null;
    const meaning = finishOfWord(word);
    if (meaning === 'error') return this.#errorVerdict(null);
    const native = readString(choice['native_finish_reason']);
    const reason = readFinish(word, native === null ? null : finishOfWord(native));
    const before = this.#finish?.reason ?? null;
    this.#finish = {
      // A repeated finish reason takes no bad news back.
      reason: before !== null && isCut(before) ? before : reason,
      isLast: hadText && !bringsText,
    };
    return null;
  }

  /** Text after a finish reason shows that it was not the end. */
  #forgetFinish(): void {
    if (this.#finish === null) return;
    if (this.#finish.reason.unified !== 'tool-calls') this.#isStopIdle = true;
    this.#finish = null;
  }

  /** Reads the texts of a choice; whether there was any of the answer's. */
  #readTexts(choice: JsonRecord): boolean {
    const delta = asRecord(choice['delta']);
    if (delta !== null) this.#readDelta(delta);
    const message = asRecord(choice['message']);
    if (message !== null) this.#readMessage(message);
    return delta !== null && (contentText(delta['content']) !== '' || hasRefusal(delta));
  }

  /** A message is the whole answer, or repeats at the end what the deltas have brought. */
  #readMessage(message: JsonRecord): void {
    if (this.#text.isEmpty) {
      this.#readDelta(message);
    } else {
      this.#message = contentText(message['content']);
      this.#text.complete(this.#message);
      if (hasRefusal(message)) this.#hasRefusal = true;
    }
  }

  #readDelta(delta: JsonRecord): void {
    const { batch } = this.#context;
    const details = delta['reasoning_details'];
    const reasoning = delta['reasoning'];
    if (typeof reasoning === 'string' && reasoning !== '') {
      batch.addText('reasoning-delta', reasoning);
    }
    if (Array.isArray(details)) this.#readReasoningDetails(details, readString(reasoning) === null);
    this.#text.add(contentText(delta['content']));
    // A refusal is shown like an answer, but the finish reason keeps it from being taken for one.
    const refusal = readString(delta['refusal']);
    if (refusal !== null) {
      this.#hasRefusal = true;
      this.#text.append(refusal);
    }
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

interface Finish {
  readonly reason: FinishReason;
  /**
   * Whether it came by itself, after the text, as the API sends it. Some gateways say `stop` with
   * every piece of text; there more may follow.
   */
  readonly isLast: boolean;
}

/** The provider's own word counts only where it says that a seeming end is a cut. */
function readFinish(raw: string, native: ReturnType<typeof finishOfWord>): FinishReason {
  const meaning = finishOfWord(raw);
  if (meaning === 'stop' && (native === 'length' || native === 'content-filter')) {
    return { unified: native, raw };
  }
  return { unified: meaning === null || meaning === 'error' ? 'other' : meaning, raw };
}

function isCut({ unified }: FinishReason): boolean {
  return unified === 'length' || unified === 'content-filter';
}

function hasRefusal(delta: JsonRecord): boolean {
  return readString(delta['refusal']) !== null;
}

/** Content is text, or a list of parts with text. */
function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => readString(asRecord(part)?.['text']) ?? '')
    .join('');
}
