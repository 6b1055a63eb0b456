import type { ValidateFunction } from 'ajv';
import { asArray, asRecord, parseJson } from '../../common/json';
import type { JsonObject } from '../../openrouter/wire';
import { type UnfenceOptions, unfence } from '../../text/fences';
import { type AnswerProblem, OutcomeError } from './outcomeError';
import type { Insertion } from '../../tasks/task';

/** A JSON answer with the text that it was read from. */
export interface JsonAnswer {
  readonly value: unknown;
  readonly text: string;
}

/** Reads a JSON answer, with or without one code fence around it. */
export function readJsonAnswer(
  answer: string,
  source: UnfenceOptions['source'],
): JsonAnswer | OutcomeError {
  const plain = parseJson(answer.trim());
  if (plain.ok) return { value: plain.value, text: answer.trim() };
  const inner = unfence(answer, { codeHasFences: false, source });
  if (inner.type === 'ambiguous') return new OutcomeError('answer-ambiguous');
  const text = inner.text.trim();
  const parsed = parseJson(text);
  if (parsed.ok) return { value: parsed.value, text };
  return new OutcomeError('answer-invalid', {
    problems: [{ path: '', message: parsed.error.message }],
  });
}

/**
 * Reads insertions out of a JSON value: `[[12,"…"],…]`, as workers are told to write it. The same as
 * objects, `[{"line":12,"text":"…"}]`, and either as `{"insertions":[…]}`, are accepted too.
 *
 * @param range one-based lines, both included, that an insertion may name.
 */
export function readInsertions(
  value: unknown,
  range: { readonly first: number; readonly last: number },
): readonly Insertion[] | OutcomeError {
  const wrapped = asRecord(value)?.['insertions'];
  const list = wrapped ?? value;
  const listPath = wrapped === undefined ? '' : '/insertions';
  if (!Array.isArray(list)) {
    return new OutcomeError('answer-invalid', {
      problems: [{ path: listPath, message: 'must be a list' }],
    });
  }
  const insertions: Insertion[] = [];
  const problems: AnswerProblem[] = [];
  asArray(list).forEach((entry, index) => {
    const { line, text, names } = readEntry(entry);
    const path = `${listPath}/${index}`;
    const isLine =
      Number.isInteger(line) && Number(line) >= range.first && Number(line) <= range.last;
    const isText = typeof text === 'string' && text.trim() !== '';
    if (isLine && isText) insertions.push({ line: Number(line), text });
    if (!isLine) {
      problems.push({
        path: `${path}/${names[0]}`,
        message: `must be a whole number from ${range.first} to ${range.last}`,
      });
    }
    if (!isText) problems.push({ path: `${path}/${names[1]}`, message: 'must be a text' });
  });
  return problems.length > 0 ? new OutcomeError('answer-invalid', { problems }) : insertions;
}

/** One insertion as a pair or an object, with the names that its two values have in a path. */
function readEntry(entry: unknown): {
  readonly line: unknown;
  readonly text: unknown;
  readonly names: readonly [line: string, text: string];
} {
  if (Array.isArray(entry)) {
    const [line, text] = entry as unknown[];
    return { line, text, names: ['0', '1'] };
  }
  const record = asRecord(entry);
  return { line: record?.['line'], text: record?.['text'], names: ['line', 'text'] };
}

/** Most problems of one answer that are told; the first few show what is wrong. */
const MAX_PROBLEMS = 20;

/**
 * Checks a JSON value against a JSON Schema, of draft 7 or 2020-12.
 *
 * @returns null when it conforms.
 */
export async function checkSchema(
  value: unknown,
  schema: JsonObject,
): Promise<OutcomeError | null> {
  const { $schema: dialect, ...rules } = schema;
  const is2020 = typeof dialect === 'string' && dialect.includes('2020-12');
  // Loaded on first use: most runs need no validator.
  const Validator = is2020 ? (await import('ajv/dist/2020.js')).Ajv2020 : (await import('ajv')).Ajv;
  const validator = new Validator({
    allErrors: true,
    strict: false,
    validateFormats: false,
    logger: false,
  });
  let validate: ValidateFunction;
  try {
    validate = validator.compile(rules);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return new OutcomeError('schema-invalid', { problems: [{ path: '', message }] });
  }
  if (validate(value)) return null;
  const problems = (validate.errors ?? []).slice(0, MAX_PROBLEMS).map((error) => ({
    path: error.instancePath,
    message: error.message ?? error.keyword,
  }));
  return new OutcomeError('answer-invalid', { problems });
}
