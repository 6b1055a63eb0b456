import { asArray, asRecord, readString } from '../../common/json';
import { readApiError } from '../apiError';
import { SUBAGENT_TYPE } from './delegationReader';
import { DelegationTracker } from './delegationTracker';
import { ResponseText } from './responsesText';
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
 * Reads the stream of the Responses API.
 *
 * - The terminal response is the authority: its delegations update what the items showed, and text
 *   that no delta brought is added from it.
 * - Some streams end after the last item without `response.completed`. When every item that was
 *   opened is done and the last one is a message, the answer is whole and the stream ends properly,
 *   with a null raw reason and without usage, so that the cost is unknown and looked up later. This
 *   holds for a proper end of the body only: after a broken line more items might have come.
 * - Two messages of one answer are separate paragraphs, so a blank line is put between them.
 */
export class ResponsesDecoder implements FrameDecoder {
  /** Nothing but the terminal response tells that the API's loop is over. */
  readonly isAnswerWhole = false;
  readonly #context: StreamContext;
  readonly #text: ResponseText;
  readonly #delegations: DelegationTracker;
  #model: string | null = null;
  #openItems = 0;
  #lastDoneItem: JsonRecord | null = null;
  #hasRefusal = false;

  constructor(context: StreamContext) {
    this.#context = context;
    this.#text = new ResponseText(context.batch);
    this.#delegations = new DelegationTracker(context.batch);
  }

  readFrame(frame: JsonRecord, eventName: string | null): Verdict | null {
    const error = frame['error'];
    if (error !== undefined && error !== null) return this.#errorVerdict(error);
    return this.#readEvent(readString(frame['type']) ?? eventName ?? '', frame);
  }

  /** No frame is like another here: each has its sequence number. */
  plainText(): null {
    return null;
  }

  readWhole(body: JsonRecord): Verdict {
    const error = body['error'];
    if (error !== undefined && error !== null) return this.#failedVerdict(body);
    return body['object'] === 'response' || Array.isArray(body['output'])
      ? this.#readTerminal(body, 'response.completed')
      : unexpectedShape(this.#context.generationId);
  }

  conclude(stop: Stop): FinishReason | null {
    if (stop === 'failure' || this.#openItems > 0) return null;
    const lastType = this.#lastDoneItem?.['type'];
    const isMessageDone = lastType === 'message' && this.#lastDoneItem?.['status'] !== 'incomplete';
    const isTextDone = stop === 'done-marker' && lastType === undefined && !this.#text.isEmpty;
    if (!isMessageDone && !isTextDone) return null;
    this.#text.completeFromItems();
    const unified = isMessageDone ? 'stop' : 'other';
    return { unified: this.#hasRefusal ? 'content-filter' : unified, raw: null };
  }

  #readEvent(type: string, frame: JsonRecord): Verdict | null {
    switch (type) {
      case 'response.output_text.delta':
      case 'response.content_part.delta': // In the guide's sample only.
        this.#text.addDelta(frame);
        return null;
      case 'response.refusal.delta':
        this.#hasRefusal = true;
        this.#text.addDelta(frame);
        return null;
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning.delta': // Older name.
        this.#readReasoning(frame['delta']);
        return null;
      case 'response.output_item.added':
      case 'response.output_item.done':
        this.#readItem(frame, type.endsWith('done') ? 'done' : 'added');
        return null;
      case 'response.completed':
      case 'response.done': // In the guide's sample only.
      case 'response.incomplete':
      case 'response.failed':
      case 'response.cancelled':
        return this.#readTerminal(asRecord(frame['response']) ?? frame, type);
      case 'error':
      case 'response.error':
        return this.#errorVerdict(frame);
      default:
        if (type.startsWith('response.')) this.#readIdentity(asRecord(frame['response']));
        return null;
    }
  }

  #readIdentity(response: JsonRecord | null): void {
    if (response === null) return;
    const id = readString(response['id']);
    if (this.#context.generationId === null && id?.startsWith('gen-') === true) {
      this.#context.generationId = id;
    }
    const model = readString(response['model']);
    // A tilde slug is the question, not the answer.
    if (model === null || model === this.#model || model.startsWith('~')) return;
    this.#model = model;
    this.#context.batch.add({ type: 'model-resolved', model });
  }

  #readReasoning(delta: unknown): void {
    const text = readString(delta) ?? readString(asRecord(delta)?.['text']);
    if (text !== null) this.#context.batch.addText('reasoning-delta', text);
  }

  #readItem(frame: JsonRecord, stage: 'added' | 'done'): void {
    const item = asRecord(frame['item']);
    if (item === null) return;
    if (stage === 'added') {
      this.#openItems += 1;
    } else {
      // Some streams send only the second of the pair.
      this.#openItems = Math.max(0, this.#openItems - 1);
      this.#lastDoneItem = item;
      if (item['type'] === 'message') this.#text.noteDoneMessage(item);
    }
    if (item['type'] === SUBAGENT_TYPE) {
      this.#delegations.update(item, { outputIndex: frame['output_index'], stage });
    }
  }

  #readTerminal(response: JsonRecord, type: string): Verdict {
    this.#readIdentity(response);
    const output = asArray(response['output']);
    output.forEach((value, outputIndex) => {
      const item = asRecord(value);
      if (item?.['type'] === SUBAGENT_TYPE) {
        this.#delegations.update(item, { outputIndex, stage: 'done' });
      }
    });
    const status = readString(response['status']) ?? type.slice('response.'.length);
    const hasFailed = status === 'failed' || status === 'cancelled';
    if (!hasFailed) this.#text.complete(output, readString(response['output_text']));
    const usage = readUsage(response['usage']);
    if (usage !== null) this.#context.batch.add({ type: 'usage-available', usage });
    return hasFailed
      ? this.#failedVerdict(response)
      : { type: 'end', finishReason: this.#finishReason(response, status) };
  }

  #finishReason(response: JsonRecord, status: string): FinishReason {
    if (status === 'incomplete') {
      const raw = readString(asRecord(response['incomplete_details'])?.['reason']) ?? status;
      if (raw === 'max_output_tokens') return { unified: 'length', raw };
      return { unified: raw === 'content_filter' ? 'content-filter' : 'other', raw };
    }
    if (this.#hasRefusal || this.#text.hasRefusal)
      return { unified: 'content-filter', raw: status };
    if (this.#text.isEmpty && hasCall(response)) return { unified: 'tool-calls', raw: status };
    return { unified: status === 'completed' || status === 'done' ? 'stop' : 'other', raw: status };
  }

  /** `error_type` stands beside `error` here. */
  #failedVerdict(response: JsonRecord): Verdict {
    const error = asRecord(response['error']) ?? { message: response['error'] };
    return this.#errorVerdict({ error_type: response['error_type'], ...error });
  }

  #errorVerdict(error: unknown): Verdict {
    const { generationId } = this.#context;
    return { type: 'error', error: readApiError(error, { httpStatus: null, generationId }) };
  }
}

/** The loop stopped before an answer: calls were made, and nothing was written about them. */
function hasCall(response: JsonRecord): boolean {
  return asArray(response['output']).some((value) => {
    const type = asRecord(value)?.['type'];
    return type === 'function_call' || type === SUBAGENT_TYPE;
  });
}
