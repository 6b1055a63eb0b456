import { asRecord, parseRecord, readString } from '../../common/json';
import type { Delegation } from '../streamEvent';
import { cutShortBy, readOutcome } from './outcomeReader';

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
  const result = readOutcome(
    item['outcome'] ?? item['result'] ?? item['output'] ?? item['output_text'] ?? item['text'],
  );
  const error = readErrorText(item['error']) ?? result.error ?? cutShortBy(item);
  const hasError = error !== null || result.hasFailed;
  return {
    key,
    status: itemStatus(item['status'], { hasError, isDone }),
    taskName: readString(item['task_name']) ?? result.taskName,
    workerName: workerName(item),
    model: readString(item['model']) ?? result.model,
    outcome: result.text,
    error,
  };
}

/**
 * The worker that was called. `name` is the entry's own; an unnamed one is told by its place among
 * the subagent entries, as `openrouter_subagent__1` in `instance_name`.
 */
function workerName(item: Fields): string | null {
  const name = readString(item['name']);
  return isToolName(name) ? (readString(item['instance_name']) ?? name) : name;
}

/** Whether a name is that of the tool itself and so tells of no worker. */
function isToolName(name: string | null): boolean {
  return name === null || name === SUBAGENT_TYPE || name.startsWith('openrouter_subagent');
}

function itemStatus(
  status: unknown,
  { hasError, isDone }: { readonly hasError: boolean; readonly isDone: boolean },
): Delegation['status'] {
  const word = readString(status)?.trim().toLowerCase() ?? '';
  if (hasError || FAILED.has(word)) return 'failed';
  if (OK.has(word)) return 'ok';
  if (word === 'in_progress' || word === 'running' || word === 'queued') return 'running';
  return isDone ? 'ok' : 'running';
}

const FAILED: ReadonlySet<string> = new Set(['failed', 'error', 'incomplete', 'cancelled']);
const OK: ReadonlySet<string> = new Set(['completed', 'complete', 'ok', 'success', 'succeeded']);

/**
 * Reads a `reasoning_details` entry of type `reasoning.server_tool_call` of Chat Completions, or
 * returns null when it is not about a subagent.
 *
 * Assumption: the schema defines the entry, but no source shows one of a subagent. A named worker
 * is a tool of its own, so the entry is recognized by the tool's name or by the arguments that only
 * this tool takes. `arguments` and `result` are JSON text; objects are read as well.
 */
export function readServerToolCall(entry: Fields): Delegation | null {
  const toolName = readString(entry['tool_name']);
  const input = readJsonText(entry['arguments']);
  const isSubagent =
    (toolName !== null && isToolName(toolName)) ||
    (input !== null && 'task_name' in input && 'task_description' in input);
  if (!isSubagent) return null;
  const hasResult = entry['result'] !== undefined && entry['result'] !== null;
  const result = readOutcome(entry['result']);
  const taskName = readString(input?.['task_name']) ?? result.taskName;
  return {
    key:
      readString(entry['tool_call_id']) ??
      readString(entry['id']) ??
      `task:${taskName ?? ''}:${readIndex(entry['index'])}`,
    status: resultStatus(hasResult, result.hasFailed),
    taskName,
    workerName: isToolName(toolName) ? null : toolName,
    model: result.model,
    outcome: result.text,
    error: result.error,
  };
}

function resultStatus(hasResult: boolean, hasFailed: boolean): Delegation['status'] {
  if (!hasResult) return 'running';
  return hasFailed ? 'failed' : 'ok';
}

function readErrorText(value: unknown): string | null {
  return readString(value) ?? readString(asRecord(value)?.['message']);
}

function readJsonText(value: unknown): Fields | null {
  if (typeof value !== 'string') return asRecord(value);
  return parseRecord(value);
}

function readIndex(value: unknown): string {
  return typeof value === 'number' ? String(value) : '';
}
