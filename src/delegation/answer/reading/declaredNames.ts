import { declaredName } from '../../plan/declaredName';
import type { SelectionSymbol } from '../../../tasks/task';
import { splitLines } from '../../../text/lines';
import { hasName, nameParts, plainName } from '../../../text/nameParts';

/** How far from its line a declaration may stand that a model names with a line. */
const NEAR_LINES = 3;

/** Lines that are no deeper than the head of the block that they are in: blank ones, and its bracket. */
const OPENS = /^\s*[{(]?\s*$/;

function depthOf(line: string): number {
  return line.search(/\S/);
}

/** Lines of the names that a selection declares: to read answers that say names, not lines. */
export class DeclaredNames {
  readonly #lines: readonly string[];
  readonly #symbols: readonly SelectionSymbol[];
  readonly #byName = new Map<string, Set<number>>();

  constructor(text: string, symbols: readonly SelectionSymbol[]) {
    this.#lines = splitLines(text);
    this.#symbols = symbols;
    for (const { name, startLine } of symbols) {
      // A symbol begins with its decorators; the line of its name is where it is declared.
      const plain = plainName(name);
      const line = this.#lineWith(plain, startLine);
      this.#add(plain, line ?? startLine);
    }
    this.#lines.forEach((line, index) => {
      const name = declaredName(line);
      if (name !== null) this.#add(plainName(name), index + 1);
    });
  }

  /**
   * The line on which a name is declared, or on which a signature stands.
   *
   * @param near a line that was given with it: then the only one close by is meant.
   * @returns null when there is none, or more than one.
   */
  lineOf(name: string | null, near: number | null): number | null {
    if (name === null || name.trim() === '') return null;
    const lines = this.#linesOf(name);
    const close =
      near === null ? lines : lines.filter((line) => Math.abs(line - near) <= NEAR_LINES);
    const found = close.length > 0 ? close : lines;
    return found.length === 1 ? (found[0] ?? null) : null;
  }

  /** Whether a text is a name that the selection has, or its signature, rather than words. */
  isName(text: string): boolean {
    const name = plainName(text);
    if (this.#byName.has(name)) return true;
    if (name === '' || /\s/.test(name)) return this.#signatureLines(text).length > 0;
    return this.#lines.some((line) => hasName(line, name));
  }

  /** Whether a name is declared on a line. */
  isDeclaring(line: number): boolean {
    return [...this.#byName.values()].some((lines) => lines.has(line));
  }

  /** Lines of a name; of one with an owner that is known, only those of that owner. */
  #linesOf(name: string): number[] {
    const signatures = this.#signatureLines(name);
    // `get size()` says more than the name in it, and `total(list)` may be a call.
    if (signatures.length > 0 && /\s/.test(name.trim().replace(/\([\s\S]*$/, '')))
      return signatures;
    const lines = [...(this.#byName.get(plainName(name)) ?? signatures)];
    const owner = nameParts(name).at(-2);
    if (owner === undefined || owner === '') return lines;
    const naming = lines.filter((line) => (this.#lines[line - 1] ?? '').includes(owner));
    if (!this.#byName.has(owner)) return naming.length > 0 ? naming : lines;
    const owners = this.#symbols.filter((symbol) => plainName(symbol.name) === owner);
    const heads = owners.length > 0 ? [] : [...(this.#byName.get(owner) ?? [])];
    return lines.filter(
      (line) =>
        naming.includes(line) ||
        owners.some(({ startLine, endLine }) => startLine < line && line <= endLine) ||
        heads.some((head) => this.#isBelow(line, head)),
    );
  }

  /** Whether a line is in the block of one above it, as far as indentation tells. */
  #isBelow(line: number, head: number): boolean {
    const depth = depthOf(this.#lines[head - 1] ?? '');
    const between = this.#lines.slice(head, Math.max(head, line));
    return between.length > 0 && between.every((each) => OPENS.test(each) || depthOf(each) > depth);
  }

  #signatureLines(signature: string): number[] {
    const wanted = signature
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/\s*[{:]\s*$/, '');
    if (wanted.length < 3 || !/[\s(]/.test(wanted)) return [];
    const found: number[] = [];
    this.#lines.forEach((line, index) => {
      if (line.replace(/\s+/g, ' ').trim().startsWith(wanted)) found.push(index + 1);
    });
    return found;
  }

  #lineWith(name: string, from: number): number | null {
    for (let line = from; line < from + 8 && line <= this.#lines.length; line += 1) {
      if (declaredName(this.#lines[line - 1] ?? '') === name) return line;
    }
    return null;
  }

  #add(name: string, line: number): void {
    const lines = this.#byName.get(name) ?? new Set<number>();
    this.#byName.set(name, lines.add(line));
  }
}
