import { asRecord, parseJson, readString } from '../../common/json';
import type { Delegation } from '../streamEvent';

type Fields = Readonly<Record<string, unknown>>;

/** The type of subagent tools, of their output items, and of their tool calls. */
export const SUBAGENT_TYPE = 'openrouter:subagent';

/**
 * Reads a Responses output item of type `openrouter:subagent` (API reference, server tools,
 * subagent).
 *
 * @param isDone whether the item came as finished, for items that do not tell their status.
 */
export function readSubagentItem(
  item: Fields,
  { key, isDone }: { readonly key: string; readonly isDone: boolean },
): Delegation {
  const error = readErrorText(item['error']);
  const outcome = readText(item['outcome']);
  return {
    key,
    status: itemStatus(item['status'], { hasError: error !== null, isDone }),
    taskName: readString(item['task_name']),
    workerName: readString(item['name']),
    model: readString(item['model']),
    outcome,
    error,
  };
}

function itemStatus(
  status: unknown,
  { hasError, isDone }: { readonly hasError: boolean; readonly isDone: boolean },
): Delegation['status'] {
  if (status === 'failed' || status === 'incomplete' || hasError) return 'failed';
  if (status === 'completed') return 'ok';
  if (status === 'in_progress') return 'running';
  return isDone ? 'ok' : 'running';
}

/**
 * Reads a `reasoning_details` entry of type `reasoning.server_tool_call` of Chat Completions, or
 * returns null when it is not about a subagent.
 *
 * Assumption: the schema defines the entry, but no source shows one of a subagent. A named worker
 * is a tool of its own, so the entry is recognized by the tool's name or by the arguments that only
 * this tool takes. `arguments` and `result` are JSON text; objects are read as well.
 */
export function readServerToolCall(entry: Fields): Delegation | null {
  const toolName = readString(entry['tool_name']) ?? '';
  const input = readJsonText(entry['arguments']);
  const isSubagent =
    toolName === SUBAGENT_TYPE ||
    toolName.startsWith('openrouter_subagent') ||
    (input !== null && 'task_name' in input && 'task_description' in input);
  if (!isSubagent) return null;
  const result = readJsonText(entry['result']);
  const taskName = readString(input?.['task_name']) ?? readString(result?.['task_name']);
  const error = readErrorText(result?.['error']);
  const isNamed = toolName !== SUBAGENT_TYPE && !toolName.startsWith('openrouter_subagent');
  return {
    key:
      readString(entry['tool_call_id']) ??
      readString(entry['id']) ??
      `task:${taskName ?? ''}:${readIndex(entry['index'])}`,
    status: resultStatus(result),
    taskName,
    workerName: isNamed ? readString(toolName) : null,
    model: readString(result?.['model']),
    outcome: readText(result?.['outcome']),
    error,
  };
}

function resultStatus(result: Fields | null): Delegation['status'] {
  if (result === null) return 'running';
  return result['status'] === 'error' ? 'failed' : 'ok';
}

/** Text that may be empty: an empty outcome is an outcome. */
function readText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function readErrorText(value: unknown): string | null {
  return readString(value) ?? readString(asRecord(value)?.['message']);
}

function readJsonText(value: unknown): Fields | null {
  if (typeof value !== 'string') return asRecord(value);
  const parsed = parseJson(value);
  return parsed.ok ? asRecord(parsed.value) : null;
}

function readIndex(value: unknown): string {
  return typeof value === 'number' ? String(value) : '';
}
