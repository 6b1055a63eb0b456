import type { Declaration } from '../../syntax/syntax';
import { lineAt, lineStarts, splitLines, withoutEol } from '../../text/lines';
import { hasName, nameParts, plainName } from '../../text/nameParts';
import type { DocumentedText } from './documentedText';

/** How far a worker's line numbers may be off. */
const MAX_DISTANCE = 2;

/**
 * The declaration that a zero-based line belongs to: one with its name on it, or else the innermost
 * one whose head, decorators and parameters included, is there.
 */
export function findDeclaration(documented: DocumentedText, line: number): Declaration | null {
  const starts = lineStarts(documented.text);
  const inHead = documented.declarations.filter((declaration) => {
    return declaration.startLine <= line && line <= lastHeadLine(declaration, starts);
  });
  const named = documented.declarations.filter((declaration) => {
    return nameLine(declaration, starts) === line;
  });
  // Of several on one line the outermost is meant: `export const a = { b: 1 }`.
  return (
    least(named, ({ depth, start }) => [depth, start]) ??
    least(inHead, ({ depth, start }) => [-depth, -start])
  );
}

/** A declaration in the neighbourhood of a line that begins none, for numbers that are off. */
export function findNearby(
  documented: DocumentedText,
  target: { readonly line: number; readonly text: string; readonly name?: string },
  isFree: (declaration: Declaration) => boolean,
): Declaration | null {
  const starts = lineStarts(documented.text);
  const near = documented.declarations.filter((declaration) => {
    if (declaration.documentation !== null || !isFree(declaration)) return false;
    const { startLine } = declaration;
    const last = lastHeadLine(declaration, starts);
    return target.line >= startLine - MAX_DISTANCE && target.line <= last + MAX_DISTANCE;
  });
  const [only, ...others] = near;
  if (!only || others.length > 0) return null;
  return isEmptyLine(documented, target.line) || tellsOf(target, only) ? only : null;
}

/**
 * The declaration that a worker named, together with a line that may be off: of several with the name
 * the one that belongs to what stands before it, or the nearest.
 *
 * @returns null when the name is none here, `unclear` when more than one can be meant.
 */
export function findNamed(
  documented: DocumentedText,
  target: { readonly line: number; readonly name: string },
): Declaration | 'unclear' | null {
  const parts = nameParts(target.name);
  const same = documented.declarations.filter((each) => plainName(each.name) === parts.at(-1));
  const owner = parts.at(-2) ?? '';
  const owned = same.filter((each) => owner !== '' && belongsTo(documented, each, owner));
  const starts = lineStarts(documented.text);
  const distanceOf = (declaration: Declaration): number =>
    Math.abs(nameLine(declaration, starts) - target.line);
  const meant = owned.length > 0 ? owned : same;
  const nearest = Math.min(...meant.map(distanceOf));
  const near = meant.filter((each) => distanceOf(each) === nearest);
  const [only] = near;
  if (!only) return null;
  const isClear = meant.length === 1 || (near.length === 1 && nearest <= MAX_DISTANCE);
  return isClear ? only : 'unclear';
}

/** Whether a name stands in the code, but neither on a line nor in the head of what begins there. */
export function isElsewhere(
  { text, lines }: DocumentedText,
  { line, name }: { readonly line: number; readonly name: string },
  onLine: Declaration | null,
): boolean {
  const plain = plainName(name);
  if (plain === '' || !hasName(text, plain)) return false;
  const { start, headEnd, end } = onLine ?? { start: 0, headEnd: 0, end: 0 };
  const head = text.slice(Math.max(0, start), Math.max(0, headEnd));
  // Behind a `typedef` the name comes last.
  const tail = splitLines(text.slice(0, Math.max(0, end))).at(-1) ?? '';
  return ![lines[line] ?? '', head, tail].some((words) => hasName(words, plain));
}

/** Whether a declaration stands in one of a name, or says in its head that it belongs to it. */
function belongsTo(documented: DocumentedText, declaration: Declaration, owner: string): boolean {
  const { start, end, headEnd } = declaration;
  const isWithin = documented.declarations.some(
    (each) => plainName(each.name) === owner && each.start < start && end <= each.end,
  );
  return isWithin || documented.text.slice(Math.max(0, start), headEnd).includes(owner);
}

/** Lines that no comment could be meant for: what they are near is. */
function isEmptyLine({ lines }: DocumentedText, line: number): boolean {
  return /^[\s)\]};,]*$/.test(withoutEol(lines[line] ?? ''));
}

/** Whether a documentation's words say which declaration they are about. */
function tellsOf(
  { text, name }: { readonly text: string; readonly name?: string },
  declaration: Declaration,
): boolean {
  if (name !== undefined) return plainName(name) === plainName(declaration.name);
  return text.startsWith(`${declaration.name} `) || text.includes(`\`${declaration.name}\``);
}

/** Whether a declaration begins on a line, or has its name there. */
export function beginsAt(
  { text }: DocumentedText,
  declaration: Declaration,
  line: number,
): boolean {
  return declaration.startLine === line || nameLine(declaration, lineStarts(text)) === line;
}

function lastHeadLine({ headEnd }: Declaration, starts: readonly number[]): number {
  return headEnd <= 0 ? -1 : lineAt(starts, headEnd - 1);
}

function nameLine({ nameStart }: Declaration, starts: readonly number[]): number {
  return nameStart < 0 ? -1 : lineAt(starts, nameStart);
}

/** The item with the least key, compared number by number; null of none. */
function least<T>(items: readonly T[], keyOf: (item: T) => readonly [number, number]): T | null {
  const sorted = [...items].sort((a, b) => {
    const [a0, a1] = keyOf(a);
    const [b0, b1] = keyOf(b);
    return a0 - b0 || a1 - b1;
  });
  return sorted[0] ?? null;
}
