import { hashOf } from '../batch/hash';
import type { Declaration, SyntaxTree } from '../syntax/syntax';
import { type Eol, dominantEol, lineStarts } from '../text/lines';
import type { Place } from './place';

/** Longer ones cost more and tell no more; in shorter ones there is nothing to get wrong. */
const MIN_LINES = 4;
const MAX_LINES = 60;

/** A file of the workspace as its grammar reads it. */
export interface ParsedFile {
  readonly languageId: string;
  readonly text: string;
  readonly tree: SyntaxTree;
}

/** Tasks that candidates can be compared on. */
export const COMPARED_TASKS = ['docstring', 'reformat', 'translateComments', 'summarize'] as const;
export type ComparedTask = (typeof COMPARED_TASKS)[number];

/** The places of one file that a task makes sense at; none in what the grammar does not read whole. */
export function placesIn(file: ParsedFile, task: ComparedTask): readonly Place[] {
  const { tree } = file;
  if (tree.hasErrors) return [];
  const declarations = tree.declarations.filter(
    ({ kind, startLine, endLine, depth }) =>
      (kind === 'function' || kind === 'method') &&
      depth <= 1 &&
      endLine - startLine + 1 >= MIN_LINES &&
      endLine - startLine + 1 <= MAX_LINES,
  );
  return declarations.flatMap((declaration) => placeAt(file, declaration, task) ?? []);
}

/**
 * Chooses places over many files: the first of each before the second of any, those with a reference
 * before those without, and otherwise by chance.
 *
 * @param random numbers from 0 up to, not including, 1; the same ones give the same choice.
 */
export function choosePlaces(
  files: readonly (readonly Place[])[],
  count: number,
  random: () => number,
): readonly Place[] {
  const queues = shuffled(files, random).map((places) => shuffled(places, random));
  const rounds: Place[] = [];
  for (let at = 0; queues.some((queue) => queue.length > at); at++) {
    rounds.push(...queues.flatMap((queue) => queue[at] ?? []));
  }
  const unique = [...new Map(rounds.map((place) => [place.id, place])).values()];
  const referenced = unique.filter(({ reference }) => reference !== null);
  const others = unique.filter(({ reference }) => reference === null);
  return [...referenced, ...others].slice(0, count);
}

function placeAt(file: ParsedFile, declaration: Declaration, task: ComparedTask): Place | null {
  const { text, tree } = file;
  const span = linesOf(text, declaration);
  switch (task) {
    case 'docstring':
      return declaration.documentation === null
        ? openPlace(file, declaration, span)
        : withoutDocumentation(file, declaration, span);
    case 'reformat':
      return tree.layoutMatters ? null : untidied(file, span);
    case 'translateComments':
      return tree.tokens.some(
        ({ kind, start, end }) => kind === 'comment' && start >= span.start && end <= span.end,
      )
        ? makePlace(file, span, { base: text.slice(span.start, span.end), reference: null })
        : null;
    case 'summarize':
      return makePlace(file, span, { base: text.slice(span.start, span.end), reference: null });
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function openPlace(file: ParsedFile, declaration: Declaration, span: Span): Place | null {
  if (declaration.documentationLine === null) return null;
  return makePlace(file, span, { base: file.text.slice(span.start, span.end), reference: null });
}

/** The code without its documentation, which is what an answer is held against. */
function withoutDocumentation(
  file: ParsedFile,
  { documentation }: Declaration,
  span: Span,
): Place | null {
  if (!documentation) return null;
  const { text } = file;
  const lines = wholeLines(text, documentation);
  // Where other things stand on its lines, taking it away would take them as well.
  const around =
    text.slice(lines.start, documentation.start) + text.slice(documentation.end, lines.end);
  if (around.trim() !== '') return null;
  const start = Math.min(span.start, lines.start);
  const base =
    text.slice(start, lines.start) + text.slice(lines.end, Math.max(span.end, lines.end));
  const reference = text.slice(documentation.start, documentation.end);
  return makePlace(file, { start, end: Math.max(span.end, lines.end) }, { base, reference });
}

/** The code with its indentation gone, but for what is inside of tokens; its own is the reference. */
function untidied(file: ParsedFile, span: Span): Place {
  const { text, tree } = file;
  const inside = tree.tokens.filter(({ start, end }) => text.slice(start, end).includes('\n'));
  const original = text.slice(span.start, span.end);
  const base = original.replace(/^[ \t]+/gm, (indentation, offset: number) => {
    const at = span.start + offset;
    return inside.some(({ start, end }) => start < at && at < end) ? indentation : '';
  });
  return makePlace(file, span, { base, reference: original });
}

function makePlace(
  { languageId, text }: ParsedFile,
  { start, end }: Span,
  { base, reference }: { readonly base: string; readonly reference: string | null },
): Place {
  const startLine = text.slice(0, start).split('\n').length;
  const eol: Eol = dominantEol(text) ?? '\n';
  return {
    id: hashOf(`${languageId}\0${base}`).slice(0, 16),
    part: {
      selection: { text: base, languageId, startLine, symbols: [] },
      before: text.slice(0, start),
      after: text.slice(end),
      isSettled: false,
    },
    eol,
    reference,
  };
}

/** The whole lines of a declaration, its documentation above included. */
function linesOf(text: string, { start, end, documentation }: Declaration): Span {
  const from = documentation === null ? start : Math.min(start, documentation.start);
  return wholeLines(text, { start: from, end });
}

function wholeLines(text: string, { start, end }: Span): Span {
  const starts = lineStarts(text);
  const first = starts.findLast((each) => each <= start) ?? 0;
  const next = starts.find((each) => each >= end && each > 0);
  return { start: first, end: next ?? text.length };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}
