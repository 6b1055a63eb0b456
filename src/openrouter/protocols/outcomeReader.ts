import { asArray, asRecord, parseJson, readString } from '../../common/json';

type Fields = Readonly<Record<string, unknown>>;

/** What a worker's result says, in whichever form it came. */
export interface WorkerOutcome {
  /** Null when there is none; an empty text is an outcome. */
  readonly text: string | null;
  readonly hasFailed: boolean;
  readonly error: string | null;
  readonly taskName: string | null;
  readonly model: string | null;
}

/**
 * Reads a worker's result: text, a list of content parts, the documented envelope
 * `{"status","model","task_name","outcome"}` as an object or as its JSON text, or any other object,
 * whose JSON is then the outcome (API reference, server tools, subagent).
 */
export function readOutcome(value: unknown): WorkerOutcome {
  const envelope = readEnvelope(value);
  if (envelope === null) return { ...NOTHING, text: readText(value) };
  const error = envelope['error'];
  const message = readString(error) ?? readString(asRecord(error)?.['message']);
  const hasFailed = message !== null || FAILED.test(readString(envelope['status']) ?? '');
  return {
    text: hasFailed
      ? null
      : readText(envelope['outcome'] ?? envelope['result'] ?? envelope['output']),
    hasFailed,
    error: message,
    taskName: readString(envelope['task_name']),
    model: readString(envelope['model']),
  };
}

const NOTHING: WorkerOutcome = {
  text: null,
  hasFailed: false,
  error: null,
  taskName: null,
  model: null,
};

const FAILED = /^(?:error|failed|incomplete|cancelled)$/i;
const STATUS = /^(?:ok|success|succeeded|completed?|error|failed|incomplete|cancelled)$/i;
/** What an envelope may hold; an outcome that happens to be JSON has other names or fewer. */
const ENVELOPE_FIELDS: ReadonlySet<string> = new Set([
  'status',
  'model',
  'task_name',
  'outcome',
  'result',
  'output',
  'error',
]);

function readEnvelope(value: unknown): Fields | null {
  const isText = typeof value === 'string';
  if (isText && !value.trimStart().startsWith('{')) return null;
  const parsed = isText ? parseJson(value) : null;
  const fields = asRecord(parsed?.ok === true ? parsed.value : value);
  return fields !== null && isEnvelope(fields) ? fields : null;
}

function isEnvelope(fields: Fields): boolean {
  const names = Object.keys(fields);
  return (
    STATUS.test(readString(fields['status']) ?? '') &&
    ['task_name', 'model', 'outcome', 'error'].some((name) => names.includes(name)) &&
    names.every((name) => ENVELOPE_FIELDS.has(name))
  );
}

/** Text that may be empty: an empty outcome is an outcome. */
function readText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const parts = asArray(value).map((part) => readPart(part));
  if (parts.length > 0 && parts.every((part) => part !== null)) return parts.join('');
  if (typeof value !== 'object' || value === null) return null;
  const record = asRecord(value);
  return readPart(value) ?? readContent(record) ?? JSON.stringify(value);
}

/** A content part: `{"type":"output_text","text":"…"}`. */
function readPart(value: unknown): string | null {
  const part = asRecord(value);
  const isPart = part !== null && /^(?:output_|input_)?text$/.test(readString(part['type']) ?? '');
  return isPart && typeof part['text'] === 'string' ? part['text'] : null;
}

/** A message: `{"content":[…]}` or `{"role":"assistant","content":"…"}`. */
function readContent(record: Fields | null): string | null {
  if (record === null || !('content' in record)) return null;
  const isMessage = record['role'] === 'assistant' || record['type'] === 'message';
  return isMessage ? readText(record['content']) : null;
}
