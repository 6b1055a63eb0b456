import { asArray, asRecord, parseJson, readString } from '../../common/json';
import { finishOfWord } from './finishWords';

/** How deep answers are packed into one another. */
const MAX_DEPTH = 8;

type Fields = Readonly<Record<string, unknown>>;

/** What a worker's result says, in whichever form it came. */
export interface WorkerOutcome {
  /** Null when there is none; an empty text is an outcome. What failed may have a part of one. */
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
  return readNested(value, 0);
}

function readNested(value: unknown, depth: number): WorkerOutcome {
  const envelope = depth > MAX_DEPTH ? null : readEnvelope(value);
  if (envelope === null) {
    const failure = refusalIn(value) ?? cutShortBy(asRecord(value));
    return { ...NOTHING, text: readText(value), hasFailed: failure !== null, error: failure };
  }
  const error = envelope['error'];
  const message = readString(error) ?? readString(asRecord(error)?.['message']);
  const inside = envelope['outcome'] ?? envelope['result'] ?? envelope['output'];
  const inner = readNested(inside, depth + 1);
  const isFailure = FAILED.test(readString(envelope['status']) ?? '');
  return {
    text: inner.text,
    hasFailed: message !== null || isFailure || inner.hasFailed,
    error: message ?? inner.error,
    taskName: readString(envelope['task_name']) ?? inner.taskName,
    model: readString(envelope['model']) ?? inner.model,
  };
}

/** A refusal as a content part, alone or in a list: `{"type":"refusal","refusal":"…"}`. */
function refusalIn(value: unknown): string | null {
  const [part = value] = asArray(value);
  return readString(asRecord(part)?.['refusal']);
}

/**
 * The word by which a result says that it is not whole, such as `length`; null for none. No source
 * shows one of a worker; models' own answers have it in these places.
 */
export function cutShortBy(fields: Fields | null): string | null {
  if (fields === null) return null;
  const [choice] = asArray(fields['choices']);
  const details = asRecord(fields['incomplete_details']);
  const words = [fields['finish_reason'], fields['stop_reason'], details?.['reason']];
  const word = words.map(readString).find((each) => each !== null && !isWhole(each));
  return word ?? cutShortBy(asRecord(choice));
}

function isWhole(word: string): boolean {
  const meaning = finishOfWord(word);
  return meaning === null || meaning === 'stop' || meaning === 'tool-calls';
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
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : null;
  return packedText(value, 0) ?? JSON.stringify(value);
}

/** Fields by which a message or a response carries its text, and those that only label it. */
const CARRIERS = [
  'text',
  'content',
  'output_text',
  'message',
  'output',
  'choices',
  'outcome',
  'result',
];
const LABELS: ReadonlySet<string> = new Set([
  'type',
  'role',
  'id',
  'object',
  'model',
  'name',
  'task_name',
  'status',
  'created',
  'created_at',
  'index',
  'finish_reason',
  'native_finish_reason',
  'stop_reason',
  'annotations',
  'logprobs',
  'refusal',
  'usage',
]);
/**
 * The text in content parts, messages and whole responses, whatever packs them; null for a value that
 * is an outcome by itself.
 */
function packedText(value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return packedList(value, depth);
  const fields = asRecord(value);
  if (fields === null) return null;
  const carriers = CARRIERS.filter((name) => name in fields && fields[name] !== '');
  const [carrier] = carriers;
  if (carrier === undefined || carriers.length > 1) return null;
  if (!Object.keys(fields).every((name) => LABELS.has(name) || CARRIERS.includes(name)))
    return null;
  const inside = fields[carrier];
  return typeof inside === 'string' ? inside : packedText(inside, depth + 1);
}

/** A list of typed parts or of messages; what a model thought is not a part of its answer. */
function packedList(list: readonly unknown[], depth: number): string | null {
  const parts = list.filter((part) => !THOUGHTS.test(readString(asRecord(part)?.['type']) ?? ''));
  const texts = parts.map((part) => (isPacked(part) ? packedText(part, depth + 1) : null));
  return texts.length > 0 && texts.every((text) => text !== null) ? texts.join('') : null;
}

const THOUGHTS = /^(?:redacted_)?(?:reasoning|thinking)\b/;

function isPacked(part: unknown): boolean {
  const fields = asRecord(part);
  if (fields === null) return false;
  const isText = /^(?:(?:output_|input_)?text|message)$/.test(readString(fields['type']) ?? '');
  return isText || fields['role'] === 'assistant' || asRecord(fields['message']) !== null;
}
