import type { JsonObject } from '../../openrouter/wire';
import {
  type IndentationStyle,
  convertIndentation,
  indentationStyleOf,
} from '../../text/indentation';
import { reframe, unframe } from '../../text/frame';
import { unfence } from '../../text/fences';
import { isAllSpoken, isDeclined, isRefusal } from '../../text/prose';
import { countLines } from '../../text/numbering';
import { DeclaredNames } from './reading/declaredNames';
import { readDocstrings } from './reading/docstrings';
import { fitToSchema } from './reading/fitToSchema';
import { type Mended, allMended } from './reading/mending';
import type { AnswerProblem, Mending, ReadingNotes } from '../run/readingNotes';
import { NumberLiterals } from './reading/numberLiterals';
import { peel } from './reading/peel';
import { readCode } from './reading/replacement';
import { type CompiledSchema, compileSchema } from './reading/schema';
import { readJson } from './reading/tolerantJson';
import { unwrapAnswer } from '../request/answerFormat';
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
}

export interface AnswerContext {
  readonly task: TaskDefinition;
  readonly selection: Selection;
  readonly schema: JsonObject | null;
}

/** An outcome as a piece of the answer. */
export function outcomePiece(task: PlannedTask, text: string): AnswerPiece {
  const { sourceText, startLine, endLine } = task;
  return { text, sourceText, startLine, endLine };
}

/** An answer for the whole selection. */
export function ownPiece(selection: Selection, text: string): AnswerPiece {
  return {
    text,
    sourceText: selection.text,
    startLine: 1,
    endLine: countLines(selection.text),
  };
}

/**
 * Makes a result out of the pieces of an answer, which come in the selection's order and cover it.
 *
 * What can be read in one way only is read, however it was written, and the result says what was
 * mended. What cannot is an error, and the raw answer is shown.
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
      return readText(pieces);
    case 'replacement':
      return readReplacement(pieces, context);
    case 'file':
      return readFile(pieces, context);
    case 'insertions':
      return readAllInsertions(pieces, context);
    case 'json':
      return readAllJson(pieces, context);
  }
}

function notes(mended: readonly Mending[], leftOut: readonly AnswerProblem[] = []): ReadingNotes {
  return {
    ...(mended.length > 0 ? { mended } : {}),
    ...(leftOut.length > 0 ? { leftOut } : {}),
  };
}

/** A fence of these languages around a text for people is the model's. */
const TEXT_FENCE = /^\s*(?:`{3,}|~{3,})[ \t]*(?:markdown|md|text|txt|plaintext|plain)?[ \t]*\r?\n/i;

function readText(pieces: readonly AnswerPiece[]): Outcome | OutcomeError {
  const read = pieces.map(readTextPiece);
  if (read.some(({ value }) => value.trim() === '')) return new OutcomeError('answer-empty');
  const declining = read.find(({ value }) => isDeclined(value));
  if (declining) {
    return new OutcomeError('answer-declined', { explanation: declining.value.trim() });
  }
  return {
    format: 'text',
    text: read.map(({ value }) => value).join('\n\n'),
    ...notes(allMended(...read.map(({ mended }) => mended))),
  };
}

function readTextPiece({ text, sourceText }: AnswerPiece): Mended<string> {
  const peeled = peel(text, { code: '', languageId: 'markdown', about: sourceText });
  const head = TEXT_FENCE.exec(peeled.value)?.[0];
  // The line that a tag stood on is not an end of the text.
  const isPeeled = peeled.mended.length > 0;
  if (head === undefined) return isPeeled ? { ...peeled, value: peeled.value.trim() } : peeled;
  const fenced = unfence(peeled.value, '');
  // Without a language it may be code that was asked for.
  const isText = /[a-z]/i.test(head) || (fenced.type === 'fenced' && isAllSpoken(fenced.text));
  if (fenced.type !== 'fenced' || fenced.around !== '' || !isText) return peeled;
  return { value: fenced.text.replace(/\r?\n$/, ''), mended: peeled.mended };
}

function readReplacement(
  pieces: readonly AnswerPiece[],
  context: AnswerContext,
): Outcome | OutcomeError {
  const { languageId } = context.selection;
  const keepsWords = context.task.claim === 'layout-changed';
  const mended: (readonly Mending[])[] = [];
  let text = '';
  for (const { text: answer, sourceText } of pieces) {
    const { frame, body } = unframe(sourceText);
    const code = readCode(answer, { code: body, languageId, keepsWords });
    if (code instanceof OutcomeError) return code;
    // What all lines share is no level: with it the step from one to the next would be misread.
    const own = unframe(code.value).body;
    const indented = inOwnStyle(own, sourceText, context);
    mended.push(code.mended, indented === own ? [] : ['indentation']);
    text += reframe(frame, indented);
  }
  return { format: 'replacement', text, ...notes(allMended(...mended)) };
}

/** The text of a new file; nothing of the selection's frame or indentation is its own. */
function readFile(
  pieces: readonly AnswerPiece[],
  { selection: { languageId } }: AnswerContext,
): Outcome | OutcomeError {
  const code = readCode(pieces.map(({ text }) => text).join('\n'), { code: '', languageId });
  if (code instanceof OutcomeError) return code;
  return { format: 'file', text: `${code.value.trimEnd()}\n`, ...notes(code.mended) };
}

/** The new code in the document's indentation, where its own can be seen. */
function inOwnStyle(code: string, sourceText: string, { task, selection }: AnswerContext): string {
  const { languageId, indentation } = selection;
  const from = indentationStyleOf(code, languageId);
  const source =
    indentationStyleOf(unframe(sourceText).body, languageId) ??
    indentationStyleOf(sourceText, languageId);
  const to =
    task.claim === 'layout-changed'
      ? layoutStyle(source, indentation, from)
      : (source ?? indentation);
  return from && to ? convertIndentation(code, languageId, { from, to }) : code;
}

/** A formatter may choose how wide a level is, unless the editor says; not whether it is a tab. */
function layoutStyle(
  source: IndentationStyle | null,
  editor: IndentationStyle | undefined,
  answer: IndentationStyle | null,
): IndentationStyle | undefined {
  if (editor) return editor;
  if (!source || !answer || source.insertSpaces === answer.insertSpaces) return undefined;
  return source;
}

function readAllInsertions(
  pieces: readonly AnswerPiece[],
  { selection }: AnswerContext,
): Outcome | OutcomeError {
  const names = new DeclaredNames(selection.text, selection.symbols);
  const insertions: Insertion[] = [];
  const mended: (readonly Mending[])[] = [];
  const leftOut: AnswerProblem[] = [];
  for (const { text, sourceText, startLine, endLine } of pieces) {
    const place = { first: startLine, last: endLine, languageId: selection.languageId, names };
    const read = readDocstrings(text, sourceText, place);
    if (read instanceof OutcomeError) return read;
    insertions.push(...read.value);
    mended.push(read.mended);
    leftOut.push(...read.leftOut);
  }
  insertions.sort((one, other) => one.line - other.line);
  return { format: 'insertions', insertions, ...notes(allMended(...mended), leftOut) };
}

async function readAllJson(
  pieces: readonly AnswerPiece[],
  { schema }: AnswerContext,
): Promise<Outcome | OutcomeError> {
  const compiled = schema && (await compileSchema(schema));
  if (compiled instanceof OutcomeError) return compiled;
  const values: unknown[] = [];
  const mended: (readonly Mending[])[] = [];
  const texts: string[] = [];
  let isWrapped = false;
  for (const piece of pieces) {
    const json = readJson(piece.text, (value) => conforms(value, schema, compiled));
    if (json instanceof OutcomeError) return noJson(piece.text, schema) ?? json;
    const own = schema ? unwrapAnswer(json.value, schema) : json.value;
    isWrapped ||= own !== json.value;
    values.push(own);
    mended.push(json.mended);
    texts.push(json.text);
  }
  const value = values.length === 1 ? values[0] : joinLists(values);
  if (value instanceof OutcomeError) return value;
  const literals = new NumberLiterals(texts.join('\n'));
  const fitted =
    schema && compiled
      ? fitToSchema(value, schema, { compiled, literals })
      : { value, mended: [], leftOut: [] };
  if (!('value' in fitted)) return new OutcomeError('answer-invalid', { problems: fitted });
  // One answer keeps its own text: reading and writing it again could change long numbers.
  const isOwn = values.length === 1 && fitted.value === value && !isWrapped;
  const text = isOwn ? (texts[0] ?? '') : literals.write(fitted.value);
  if (text === null) {
    const message = 'two of its numbers differ in digits that would be lost';
    return new OutcomeError('answer-invalid', { problems: [{ path: '', message }] });
  }
  return {
    format: 'json',
    value: fitted.value,
    text,
    ...notes(allMended(...mended, fitted.mended), fitted.leftOut),
  };
}

function conforms(
  value: unknown,
  schema: JsonObject | null,
  compiled: CompiledSchema | null,
): boolean {
  if (!schema || !compiled) return typeof value === 'object' && value !== null;
  const literals = new NumberLiterals('');
  return 'value' in fitToSchema(unwrapAnswer(value, schema), schema, { compiled, literals });
}

const NOTHING_FOUND =
  /^(?:(?:nichts|keine?[rsn]?(?: \p{L}+){0,4}) (?:gefunden|vorhanden)|aucune?(?: \p{L}+){0,4} trouvée?s?|(?:nada|ning[uú]n[oa]?(?: \p{L}+){0,4}) encontrad[oa]s?|没有(?:找到|发现)?[^。\n]{0,20}|未(?:找到|发现)[^。\n]{0,20}|(?:見つかりませんでした|ありません)|없(?:음|습니다)|none|nothing|none found|nothing (?:was )?found|no (?:[\w-]+ ){1,6}(?:(?:was|were|are|is) )?(?:found|present|there)\b[^\n]*|there (?:are|is) no [^\n]*)[.!。]?$/iu;

/** What words in place of JSON mean: an empty list, or that the job was declined; else null. */
function noJson(answer: string, schema: JsonObject | null): Outcome | OutcomeError | null {
  const words = peel(answer, { code: '', languageId: 'json' }).value.trim();
  if (schema?.['type'] === 'array' && NOTHING_FOUND.test(words)) {
    return { format: 'json', value: [], text: '[]', mended: ['prose'] };
  }
  return isRefusal(words) ? new OutcomeError('answer-declined', { explanation: words }) : null;
}

function joinLists(values: readonly unknown[]): unknown[] | OutcomeError {
  const wrong = values.findIndex((value) => !Array.isArray(value));
  if (wrong < 0) return (values as unknown[][]).flat();
  const message = `part ${wrong + 1} must be a list`;
  return new OutcomeError('answer-invalid', { problems: [{ path: '', message }] });
}
