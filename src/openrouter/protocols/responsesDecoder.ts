import { asArray, asRecord, readString } from '../../common/json';
import { readApiError } from '../apiError';
import { SUBAGENT_TYPE } from './delegationReader';
import { DelegationTracker } from './delegationTracker';
import { finishOfWord } from './finishWords';
import { readGenerationId } from './generationId';
import { ResponseItems } from './responsesItems';
import { ResponseText, isCall } from './responsesText';
import { SentDeltas } from './sentDeltas';
import {
  type FrameDecoder,
  type JsonRecord,
  type Stop,
  type StreamContext,
  type Verdict,
  unexpectedShape,
} from '../stream/streamDecoder';
import type { FinishReason } from '../streamEvent';
import { ToolTracker } from './toolTracker';
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
 * - Live, an item of a tool is bare when it is added, and has its name, model and result when it is
 *   done. Indexes need not arrive in order.
 * - Text may come under the id of a tool's item, such as an advisor's advice: that is not the answer.
 * - `error` ends the stream only in an event that says so; a panel's failed member has one too.
 */
export class ResponsesDecoder implements FrameDecoder {
  /** Nothing but the terminal response tells that the API's loop is over. */
  readonly isAnswerWhole = false;
  readonly #context: StreamContext;
  readonly #text: ResponseText;
  readonly #delegations: DelegationTracker;
  #model: string | null = null;
  readonly #items = new ResponseItems();
  readonly #tools: ToolTracker;
  readonly #sent = new SentDeltas();
  #hasRefusal = false;

  constructor(context: StreamContext) {
    this.#context = context;
    this.#text = new ResponseText(context.batch);
    this.#delegations = new DelegationTracker(context.batch);
    this.#tools = new ToolTracker(context.batch);
  }

  readFrame(frame: JsonRecord, eventName: string | null): Verdict | null {
    const type = readString(frame['type']) ?? eventName ?? '';
    const error = frame['error'];
    if (error !== undefined && error !== null && saysError(type)) return this.#errorVerdict(error);
    return this.#readEvent(type, frame);
  }

  /** No frame is like another here: each has its sequence number. */
  plainText(): null {
    return null;
  }

  addText(): void {
    // No frame has plain text.
  }

  readWhole(body: JsonRecord): Verdict {
    const error = body['error'];
    if (error !== undefined && error !== null) return this.#failedVerdict(body);
    return body['object'] === 'response' || Array.isArray(body['output'])
      ? this.#readTerminal(body, null)
      : unexpectedShape(this.#context.generationId);
  }

  conclude(stop: Stop): FinishReason | null {
    this.#text.settle();
    if (stop === 'failure' || this.#items.hasOpen) return null;
    const last = this.#items.lastDone;
    const isMessageDone = last?.['type'] === 'message' && !this.#items.hasIncompleteMessage;
    const isTextDone = stop === 'done-marker' && last === null && !this.#text.isEmpty;
    if (!isMessageDone && !isTextDone) return null;
    this.#text.completeFromItems();
    const unified = isMessageDone ? 'stop' : 'other';
    return { unified: this.#isRefusal ? 'content-filter' : unified, raw: null };
  }

  #readEvent(type: string, frame: JsonRecord): Verdict | null {
    switch (type) {
      case 'response.output_text.delta':
      case 'response.content_part.delta': // In the guide's sample only.
        this.#readDelta(frame);
        return null;
      case 'response.output_text.done':
        if (!this.#items.isOfTool(frame)) this.#readDoneText(frame);
        return null;
      case 'response.content_part.done':
        this.#readDonePart(frame);
        return null;
      case 'response.refusal.delta':
        this.#hasRefusal = true;
        this.#readDelta(frame);
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
    this.#context.generationId ??= readGenerationId(response['id']);
    const model = readString(response['model']);
    // A tilde slug is the question, not the answer.
    if (model === null || model === this.#model || model.startsWith('~')) return;
    this.#model = model;
    this.#context.batch.add({ type: 'model-resolved', model });
  }

  /** A delta that is sent once more, or behind the end of its part, says nothing new. */
  #readDelta(frame: JsonRecord): void {
    const isKnown = this.#sent.isLate(frame) || this.#sent.isRepeated(frame);
    if (!this.#items.isOfTool(frame) && !isKnown) this.#text.addDelta(frame);
  }

  #readDoneText(frame: JsonRecord): void {
    this.#text.addDonePart(frame);
    if (readString(frame['text']) !== null) this.#sent.noteDone(frame);
  }

  #readDonePart(frame: JsonRecord): void {
    const part = asRecord(frame['part']);
    if (part?.['type'] !== 'output_text' || this.#items.isOfTool(frame)) return;
    this.#readDoneText({ ...frame, text: part['text'] });
  }

  #readReasoning(delta: unknown): void {
    const text = readString(delta) ?? readString(asRecord(delta)?.['text']);
    if (text !== null) this.#context.batch.addText('reasoning-delta', text);
  }

  #readItem(frame: JsonRecord, stage: 'added' | 'done'): void {
    const item = asRecord(frame['item']);
    if (item === null) return;
    const outputIndex = frame['output_index'];
    const isNew = this.#items.note(item, { outputIndex, stage });
    if (stage === 'added') this.#sent.noteAdded(item);
    if (isNew && isCall(item)) this.#text.noteCall(outputIndex);
    if (stage === 'done') this.#text.addDoneItem(item, outputIndex);
    this.#readTool(item, { outputIndex, stage });
  }

  #readTool(
    item: JsonRecord,
    place: { readonly outputIndex: unknown; readonly stage: 'added' | 'done' },
  ): void {
    if (item['type'] === SUBAGENT_TYPE) this.#delegations.update(item, place);
    else this.#tools.update(item, place);
  }

  /** @param type of the event that brought it; null for a body that came in one piece. */
  #readTerminal(response: JsonRecord, type: string | null): Verdict {
    this.#readIdentity(response);
    const output = asArray(response['output']);
    output.forEach((value, outputIndex) => {
      const item = asRecord(value);
      if (item === null) return;
      this.#items.noteFinal(item);
      this.#readTool(item, { outputIndex, stage: 'done' });
    });
    const status = readString(response['status'])?.toLowerCase() ?? null;
    const hasFailed = saysFailed(response, { status, type });
    if (!hasFailed) this.#text.complete(output, readString(response['output_text']));
    const usage = readUsage(response['usage']);
    if (usage !== null) this.#context.batch.add({ type: 'usage-available', usage });
    return hasFailed
      ? this.#failedVerdict(response)
      : { type: 'end', finishReason: this.#finishReason(response, { status, type }) };
  }

  /** Whole only by a word that is known to mean it, and when nothing else says that it is not. */
  #finishReason(response: JsonRecord, ending: Ending): FinishReason {
    const cut = this.#cutReason(response, ending);
    if (cut !== null) {
      const meaning = finishOfWord(cut);
      const isKnown = meaning === 'length' || meaning === 'content-filter';
      return { unified: isKnown ? meaning : 'other', raw: cut };
    }
    const raw = ending.status ?? ending.type?.slice('response.'.length) ?? 'completed';
    if (this.#isRefusal) return { unified: 'content-filter', raw };
    const isBeforeCall =
      this.#text.isEmpty && asArray(response['output']).map(asRecord).some(isCall);
    if (isBeforeCall || this.#text.isPreamble) return { unified: 'tool-calls', raw };
    const isWhole = finishOfWord(raw) === 'stop' || (isCompleted(ending.type) && isUnsaid(raw));
    return { unified: isWhole ? 'stop' : 'other', raw };
  }

  /** Why the answer is not whole; null when nothing says so. */
  #cutReason(response: JsonRecord, { status, type }: Ending): string | null {
    const reason =
      readString(asRecord(response['incomplete_details'])?.['reason']) ?? cutWord(response);
    const says =
      status === 'incomplete' ||
      type === 'response.incomplete' ||
      this.#items.hasIncompleteMessage ||
      (reason !== null && finishOfWord(reason) !== 'stop');
    return says ? (reason ?? 'incomplete') : null;
  }

  get #isRefusal(): boolean {
    return this.#hasRefusal || this.#text.hasRefusal;
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

/** A word of other APIs that gateways keep, where it says that the answer is cut. */
function cutWord(response: JsonRecord): string | null {
  const word = readString(response['stop_reason']) ?? readString(response['finish_reason']);
  const meaning = word === null ? null : finishOfWord(word);
  return meaning === 'length' || meaning === 'content-filter' ? word : null;
}

/** What the terminal event and the response in it say of the end. */
interface Ending {
  readonly status: string | null;
  readonly type: string | null;
}

/** Whether an event of this type reports that the request failed. */
function saysError(type: string): boolean {
  return type === '' || /(?:^|[._])error$/.test(type) || TERMINAL.test(type);
}

const TERMINAL = /^response\.(?:completed|done|incomplete|failed|cancelled)$/;

function saysFailed(response: JsonRecord, { status, type }: Ending): boolean {
  const error = response['error'];
  const said = asRecord(error);
  // An object of empty fields is no error.
  const isSaid = typeof said?.['message'] === 'string' && said['message'] !== '';
  if (status === 'completed') return type === 'response.failed' || isSaid;
  return (
    (error !== undefined && error !== null) ||
    /^(?:failed|cancelled|canceled|expired)$/.test(status ?? '') ||
    (status === null && (type === 'response.failed' || type === 'response.cancelled'))
  );
}

function isCompleted(type: string | null): boolean {
  return type === 'response.completed' || type === 'response.done';
}

/** Some servers leave the status as it was at the start. */
function isUnsaid(status: string): boolean {
  return status === 'in_progress' || status === 'queued';
}
