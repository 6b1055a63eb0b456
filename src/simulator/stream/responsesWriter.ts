import type { DelegationRecord, FinishReason, LoopEvent } from '../loop/events';
import type { Shapes } from './shapes';
import { dataFrame, type Frame } from './frame';
import { ItemList } from './responsesItems';
import type { AnswerContext, AnswerEnd, ProtocolWriter } from './protocolWriter';
import { responsesUsage } from './usage';

/** Responses: output items with their events, a sequence number on each, and a terminal event. */
export class ResponsesWriter implements ProtocolWriter {
  readonly #context: AnswerContext;
  readonly #items: ItemList;
  readonly #delegationIndex = new Map<string, number>();
  #sequence = 0;
  #text: OpenItem | null = null;

  constructor(context: AnswerContext) {
    this.#context = context;
    this.#items = new ItemList();
  }

  open(): Frame[] {
    const response = this.#snapshot('in_progress', null);
    return [
      this.#event('response.created', { response }),
      this.#event('response.in_progress', { response }),
    ];
  }

  write(event: LoopEvent): Frame[] {
    switch (event.type) {
      case 'text-delta':
        return this.#delta('message', event.text);
      case 'reasoning-delta':
        return this.#delta('reasoning', event.text);
      case 'text-end':
      case 'reasoning-end':
        return this.#endText();
      case 'delegation-start':
        return this.#startDelegation(event.delegation);
      case 'delegation-end':
        return this.#endDelegation(event.delegation);
    }
  }

  close(end: AnswerEnd): Frame[] {
    const status = statusOf(end.finishReason);
    return [
      this.#event(`response.${status}`, { response: this.#snapshot(status, end) }),
      { kind: 'done' },
    ];
  }

  body(end: AnswerEnd): Record<string, unknown> {
    return this.#snapshot(statusOf(end.finishReason), end);
  }

  #delta(kind: OpenItem['kind'], text: string): Frame[] {
    const frames: Frame[] = [];
    const item = this.#text ?? this.#startText(kind, frames);
    item.text += text;
    frames.push(
      this.#event(`${names[kind].event}.delta`, {
        ...at(item),
        delta: text,
        ...(kind === 'message' ? { logprobs: [] } : {}),
      }),
    );
    return frames;
  }

  #startText(kind: OpenItem['kind'], frames: Frame[]): OpenItem {
    const id = this.#context.newId(names[kind].id);
    const item: OpenItem = { kind, id, text: '', outputIndex: this.#items.add(textItem(kind, id)) };
    this.#text = item;
    frames.push(
      this.#event('response.output_item.added', {
        output_index: item.outputIndex,
        item: this.#items.get(item.outputIndex),
      }),
      this.#event('response.content_part.added', { ...at(item), part: part(kind, '') }),
    );
    return item;
  }

  #endText(): Frame[] {
    const item = this.#text;
    if (!item) return [];
    this.#text = null;
    const done = { ...textItem(item.kind, item.id, item.text), status: 'completed' };
    this.#items.set(item.outputIndex, done);
    return [
      this.#event(`${names[item.kind].event}.done`, {
        ...at(item),
        text: item.text,
        ...(item.kind === 'message' ? { logprobs: [] } : {}),
      }),
      this.#event('response.content_part.done', { ...at(item), part: part(item.kind, item.text) }),
      this.#event('response.output_item.done', { output_index: item.outputIndex, item: done }),
    ];
  }

  #startDelegation(delegation: DelegationRecord): Frame[] {
    const { shapes } = this.#context;
    const whole = delegationItem(delegation, shapes);
    if (shapes === 'documented')
      return this.#announce(delegation, { ...whole, status: 'in_progress' });
    // Recorded: what the model thought before its call has the lower index and comes later.
    const thought = this.#delegationIndex.size === 0 ? this.#items.add(this.#thought()) : null;
    const { id, type } = whole;
    const frames = this.#announce(delegation, { id, type, status: 'in_progress' });
    return thought === null ? frames : [...frames, ...this.#showThought(thought)];
  }

  #announce(delegation: DelegationRecord, item: Item): Frame[] {
    const outputIndex = this.#items.add(item);
    this.#delegationIndex.set(delegation.callId, outputIndex);
    return [this.#event('response.output_item.added', { output_index: outputIndex, item })];
  }

  #thought(): Item {
    const id = this.#context.newId('rs');
    return {
      id,
      type: 'reasoning',
      status: 'completed',
      summary: [],
      encrypted_content: 'c2ltdWxhdGVk',
    };
  }

  #showThought(outputIndex: number): Frame[] {
    const item = this.#items.get(outputIndex);
    const open = { id: item?.['id'], type: 'reasoning', status: 'in_progress', summary: [] };
    return [
      this.#event('response.output_item.added', { output_index: outputIndex, item: open }),
      this.#event('response.output_item.done', { output_index: outputIndex, item }),
    ];
  }

  #endDelegation(delegation: DelegationRecord): Frame[] {
    const outputIndex = this.#delegationIndex.get(delegation.callId);
    if (outputIndex === undefined) return [];
    const item = delegationItem(delegation, this.#context.shapes);
    this.#items.set(outputIndex, item);
    return [this.#event('response.output_item.done', { output_index: outputIndex, item })];
  }

  #event(type: string, fields: Readonly<Record<string, unknown>>): Frame {
    const sequence = this.#sequence;
    this.#sequence += 1;
    return dataFrame({ type, ...fields, sequence_number: sequence });
  }

  #snapshot(status: ResponseStatus, end: AnswerEnd | null): Record<string, unknown> {
    const { request, generationId, createdSeconds, shapes } = this.#context;
    const isOver = end !== null;
    return {
      id: shapes === 'recorded' ? `resp_${generationId}` : generationId,
      object: 'response',
      status,
      created_at: createdSeconds,
      completed_at: isOver ? this.#context.nowSeconds() : null,
      model: request.model.slug,
      output: isOver ? this.#items.all() : [],
      // Live answers leave this empty although the items have the text.
      output_text: '',
      error: null,
      incomplete_details: status === 'incomplete' ? incompleteDetails(end) : null,
      instructions: request.system === '' ? null : request.system,
      metadata: request.metadata,
      max_output_tokens: request.maxOutputTokens,
      parallel_tool_calls: true,
      frequency_penalty: 0,
      presence_penalty: 0,
      temperature: null,
      top_p: null,
      tool_choice: 'auto',
      tools: [],
      store: false,
      usage: end ? responsesUsage(end.bill, this.#context.usage) : null,
      ...(end?.routerMetadata ? { openrouter_metadata: end.routerMetadata } : {}),
    };
  }
}

type Item = Readonly<Record<string, unknown>>;

type ResponseStatus = 'in_progress' | 'completed' | 'incomplete' | 'failed';

interface OpenItem {
  readonly kind: 'message' | 'reasoning';
  readonly id: string;
  readonly outputIndex: number;
  text: string;
}

const names = {
  message: { id: 'msg', event: 'response.output_text' },
  reasoning: { id: 'rs', event: 'response.reasoning_text' },
} as const;

function at(item: OpenItem): Record<string, unknown> {
  return { item_id: item.id, output_index: item.outputIndex, content_index: 0 };
}

function part(kind: OpenItem['kind'], text: string): Record<string, unknown> {
  return kind === 'message'
    ? { type: 'output_text', text, annotations: [] }
    : { type: 'reasoning_text', text };
}

/** An item at its start, or with its whole text. */
function textItem(kind: OpenItem['kind'], id: string, text?: string): Record<string, unknown> {
  const content = text === undefined ? [] : [part(kind, text)];
  return kind === 'message'
    ? { id, type: 'message', role: 'assistant', status: 'in_progress', content }
    : { id, type: 'reasoning', status: 'in_progress', summary: [], content };
}

function delegationItem(delegation: DelegationRecord, shapes: Shapes): Record<string, unknown> {
  const { entryIndex, error, outcome, model } = delegation;
  return {
    type: 'openrouter:subagent',
    ...(shapes === 'recorded'
      ? { id: `st_tmp_${delegation.callId}` }
      : { id: `st_${delegation.callId}`, call_id: delegation.callId }),
    status: error === null ? 'completed' : 'failed',
    ...(delegation.workerName === null ? {} : { name: delegation.workerName }),
    // The identity is positional and absent on the first entry.
    ...(entryIndex ? { instance_name: `openrouter_subagent__${entryIndex}` } : {}),
    task_name: delegation.taskName,
    task_description: delegation.taskDescription,
    ...(model === null ? {} : { model }),
    ...(outcome === null ? {} : { outcome }),
    ...(error === null ? {} : { error }),
  };
}

function statusOf(finish: FinishReason): 'completed' | 'incomplete' {
  return finish === 'length' || finish === 'content_filter' ? 'incomplete' : 'completed';
}

function incompleteDetails(end: AnswerEnd | null): Record<string, unknown> {
  return {
    reason: end?.finishReason === 'content_filter' ? 'content_filter' : 'max_output_tokens',
  };
}
