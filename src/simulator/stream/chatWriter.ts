import type { DelegationRecord, LoopEvent } from '../loop/events';
import { dataFrame, type Frame } from './frame';
import type { AnswerContext, AnswerEnd, ProtocolWriter } from './protocolWriter';
import { chatUsage } from './usage';

/**
 * Chat Completions as recorded live: every delta repeats the role, the finish chunk comes before a
 * further chunk with the usage and one empty choice, then `[DONE]`.
 */
export class ChatWriter implements ProtocolWriter {
  readonly #context: AnswerContext;
  #content = '';
  #reasoning = '';
  readonly #details: Record<string, unknown>[] = [];

  constructor(context: AnswerContext) {
    this.#context = context;
  }

  open(): Frame[] {
    return [];
  }

  write(event: LoopEvent): Frame[] {
    switch (event.type) {
      case 'text-delta':
        this.#content += event.text;
        return [this.#chunk({ content: event.text })];
      case 'reasoning-delta':
        this.#reasoning += event.text;
        return [this.#chunk({ content: '', ...reasoningDelta(event.text) })];
      case 'delegation-end':
        return this.#showDelegation(event.delegation);
      case 'reasoning-end':
      case 'text-end':
      case 'delegation-start':
        return [];
    }
  }

  close(end: AnswerEnd): Frame[] {
    return [
      this.#chunk({ content: '' }, { finish: end.finishReason }),
      this.#chunk(
        { content: '' },
        { extra: { usage: chatUsage(end.bill, this.#context.usage), ...routerMetadata(end) } },
      ),
      { kind: 'done' },
    ];
  }

  body(end: AnswerEnd): Record<string, unknown> {
    const finish = end.finishReason;
    return {
      ...this.#head('chat.completion'),
      system_fingerprint: null,
      choices: [
        {
          index: 0,
          logprobs: null,
          finish_reason: finish,
          native_finish_reason: nativeFinish(finish),
          message: {
            role: 'assistant',
            content: this.#content,
            refusal: null,
            reasoning: this.#reasoning === '' ? null : this.#reasoning,
            ...(this.#details.length > 0 ? { reasoning_details: this.#details } : {}),
          },
        },
      ],
      usage: chatUsage(end.bill, this.#context.usage),
      ...routerMetadata(end),
    };
  }

  #showDelegation(delegation: DelegationRecord): Frame[] {
    if (this.#context.chatDelegations === 'hidden') return [];
    const detail = serverToolCall(delegation);
    this.#details.push(detail);
    return [this.#chunk({ content: '', reasoning_details: [detail] })];
  }

  #chunk(
    delta: Readonly<Record<string, unknown>>,
    rest: { finish?: string; extra?: Readonly<Record<string, unknown>> } = {},
  ): Frame {
    const finish = rest.finish ?? null;
    return dataFrame({
      ...this.#head('chat.completion.chunk'),
      choices: [
        {
          index: 0,
          delta: { role: 'assistant', ...delta },
          finish_reason: finish,
          native_finish_reason: finish === null ? null : nativeFinish(finish),
          logprobs: null,
        },
      ],
      ...rest.extra,
    });
  }

  #head(object: string): Record<string, unknown> {
    const { request, generationId, createdSeconds } = this.#context;
    return {
      id: generationId,
      provider: request.endpoint.providerName,
      model: request.model.slug,
      object,
      created: createdSeconds,
    };
  }
}

function reasoningDelta(text: string): Record<string, unknown> {
  return {
    reasoning: text,
    reasoning_details: [{ type: 'reasoning.text', text, format: 'unknown', index: 0 }],
  };
}

/** The schema's replay form of a server tool call; arguments and result are JSON text. */
function serverToolCall(delegation: DelegationRecord): Record<string, unknown> {
  const { error, outcome, model, taskName, taskDescription } = delegation;
  const result =
    error === null
      ? { status: 'ok', model, task_name: taskName, outcome }
      : { status: 'error', task_name: taskName, error };
  return {
    type: 'reasoning.server_tool_call',
    tool_name: 'openrouter:subagent',
    tool_call_id: delegation.callId,
    arguments: JSON.stringify({ task_name: taskName, task_description: taskDescription }),
    result: JSON.stringify(result),
    index: delegation.index,
  };
}

function nativeFinish(finish: string): string {
  return finish === 'stop' ? 'end_turn' : finish === 'length' ? 'max_tokens' : finish;
}

function routerMetadata(end: AnswerEnd): Record<string, unknown> {
  return end.routerMetadata ? { openrouter_metadata: end.routerMetadata } : {};
}
