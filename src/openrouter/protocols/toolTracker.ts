import { asArray, asRecord, readString } from '../../common/json';
import type { EventBatch } from './eventBatch';
import type { JsonRecord } from '../stream/streamDecoder';
import type { ToolUse } from '../streamEvent';

/**
 * Follows the uses of server tools other than workers in one Responses stream, and tells each change
 * once: output items of a type such as `openrouter:advisor` or `web_search_call`.
 */
export class ToolTracker {
  readonly #batch: EventBatch;
  readonly #known = new Map<string, ToolUse>();

  constructor(batch: EventBatch) {
    this.#batch = batch;
  }

  update(
    item: JsonRecord,
    { outputIndex, stage }: { readonly outputIndex: unknown; readonly stage: 'added' | 'done' },
  ): void {
    const tool = toolName(readString(item['type']));
    if (tool === null) return;
    const place = typeof outputIndex === 'number' ? outputIndex : this.#known.size;
    const key = readString(item['id']) ?? `${tool}-${place}`;
    const before = this.#known.get(key);
    const use: ToolUse = {
      key,
      tool,
      status: useStatus(item, stage),
      model: readString(item['model']) ?? before?.model ?? null,
      failedModels: failedModels(item['failed_models']),
    };
    if (before !== undefined && (before.status === use.status || use.status === 'running')) return;
    this.#known.set(key, use);
    this.#batch.add({ type: 'tool-update', use });
  }
}

/** `advisor` for `openrouter:advisor`, `web_search` for `web_search_call`; null for other items. */
function toolName(type: string | null): string | null {
  const match = /^openrouter:([a-z_]+)$|^(?!function_|custom_)([a-z_]+)_call$/.exec(type ?? '');
  return match?.[1] ?? match?.[2] ?? null;
}

function useStatus(item: JsonRecord, stage: 'added' | 'done'): ToolUse['status'] {
  const status = item['status'];
  const error = item['error'];
  const hasError = error !== undefined && error !== null;
  if (hasError || status === 'failed' || status === 'incomplete') return 'failed';
  return status === 'completed' || stage === 'done' ? 'ok' : 'running';
}

function failedModels(value: unknown): readonly string[] {
  return asArray(value)
    .map((entry) => readString(asRecord(entry)?.['model']) ?? readString(entry))
    .filter((model) => model !== null);
}
