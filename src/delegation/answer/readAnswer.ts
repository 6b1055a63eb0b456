import type { JsonObject } from '../../openrouter/wire';
import { checkSchema, readInsertions, readJsonAnswer } from './answerJson';
import { type UnfenceOptions, hasFences, unfence } from '../../text/fences';
import { reframe, unframe } from '../../text/frame';
import { countLines } from '../../text/numbering';
import { OutcomeError } from './outcomeError';
import type { PlannedTask } from '../plan/plan';
import type { Outcome } from '../run/run';
import type { Insertion, Selection, TaskDefinition } from '../../tasks/task';

/** One piece of text that answers for a stretch of the selection. */
export interface AnswerPiece {
  readonly text: string;
  /** The stretch exactly as in the document. */
  readonly sourceText: string;
  /** One-based lines relative to the selection. */
  readonly startLine: number;
  readonly endLine: number;
  /** A worker's outcome, or the orchestrator's own words. */
  readonly source: UnfenceOptions['source'];
}

export interface AnswerContext {
  readonly task: TaskDefinition;
  readonly selection: Selection;
  readonly schema: JsonObject | null;
}

/** An outcome as a piece of the answer. */
export function outcomePiece(task: PlannedTask, text: string): AnswerPiece {
  return {
    text,
    sourceText: task.sourceText,
    startLine: task.startLine,
    endLine: task.endLine,
    source: 'outcome',
  };
}

/** The orchestrator's own answer for the whole selection. */
export function ownPiece(selection: Selection, text: string): AnswerPiece {
  return {
    text,
    sourceText: selection.text,
    startLine: 1,
    endLine: countLines(selection.text),
    source: 'own',
  };
}

/**
 * Makes a result out of the pieces of an answer, which come in the selection's order and cover it.
 *
 * Nothing is guessed: what cannot be read without doubt is an error, and the raw answer is shown.
 */
export async function readAnswer(
  pieces: readonly AnswerPiece[],
  context: AnswerContext,
): Promise<Outcome | OutcomeError> {
  if (pieces.length === 0 || pieces.some((piece) => piece.text.trim() === '')) {
    return new OutcomeError('answer-empty');
  }
  switch (context.task.answer) {
    case 'text':
      return { format: 'text', text: pieces.map((piece) => piece.text).join('\n\n') };
    case 'replacement':
      return readReplacement(pieces);
    case 'insertions':
      return readAllInsertions(pieces);
    case 'json':
      return readJson(pieces, context);
  }
}

function readReplacement(pieces: readonly AnswerPiece[]): Outcome | OutcomeError {
  let text = '';
  for (const { text: answer, sourceText, source } of pieces) {
    const { frame, body } = unframe(sourceText);
    const code = unfence(answer, { codeHasFences: hasFences(body), source });
    if (code.type === 'ambiguous') return new OutcomeError('answer-ambiguous');
    if (code.text.trim() === '') return new OutcomeError('answer-empty');
    text += reframe(frame, code.text);
  }
  return { format: 'replacement', text };
}

function readAllInsertions(pieces: readonly AnswerPiece[]): Outcome | OutcomeError {
  const insertions: Insertion[] = [];
  for (const { text, startLine, endLine, source } of pieces) {
    const json = readJsonAnswer(text, source);
    if (json instanceof OutcomeError) return json;
    const read = readInsertions(json.value, { first: startLine, last: endLine });
    if (read instanceof OutcomeError) return read;
    insertions.push(...read);
  }
  insertions.sort((one, other) => one.line - other.line);
  const doubled = insertions.find((one, index) => insertions[index - 1]?.line === one.line);
  if (doubled) {
    const message = `line ${doubled.line} is documented twice`;
    return new OutcomeError('answer-invalid', { problems: [{ path: '', message }] });
  }
  return { format: 'insertions', insertions };
}

async function readJson(
  pieces: readonly AnswerPiece[],
  { schema }: AnswerContext,
): Promise<Outcome | OutcomeError> {
  const values: unknown[] = [];
  let text = '';
  for (const piece of pieces) {
    const json = readJsonAnswer(piece.text, piece.source);
    if (json instanceof OutcomeError) return json;
    values.push(json.value);
    text = json.text;
  }
  const value = values.length === 1 ? values[0] : joinLists(values);
  if (value instanceof OutcomeError) return value;
  const problem = schema === null ? null : await checkSchema(value, schema);
  if (problem) return problem;
  // One answer keeps its own text: reading and writing it again could change long numbers.
  return {
    format: 'json',
    value,
    text: values.length === 1 ? text : JSON.stringify(value, null, 2),
  };
}

function joinLists(values: readonly unknown[]): unknown[] | OutcomeError {
  const wrong = values.findIndex((value) => !Array.isArray(value));
  if (wrong < 0) return (values as unknown[][]).flat();
  const message = `part ${wrong + 1} must be a list`;
  return new OutcomeError('answer-invalid', { problems: [{ path: '', message }] });
}
