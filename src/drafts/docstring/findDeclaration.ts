import type { Declaration } from '../../syntax/syntax';
import { lineAt, lineStarts, withoutEol } from '../../text/lines';
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

/** The one declaration of a name, whatever the line. */
export function findNamed(documented: DocumentedText, name: string): Declaration | null {
  const [only, ...others] = documented.declarations.filter((each) => each.name === name);
  return only && others.length === 0 ? only : null;
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
  if (name !== undefined) return name === declaration.name;
  return text.startsWith(`${declaration.name} `) || text.includes(`\`${declaration.name}\``);
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
