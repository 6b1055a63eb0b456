import { declaredName } from '../../plan/declaredName';
import type { SelectionSymbol } from '../../../tasks/task';
import { splitLines } from '../../../text/lines';

/** How far from its line a declaration may stand that a model names with a line. */
const NEAR_LINES = 3;

/** Lines of the names that a selection declares: to read answers that say names, not lines. */
export class DeclaredNames {
  readonly #lines: readonly string[];
  readonly #byName = new Map<string, Set<number>>();

  constructor(text: string, symbols: readonly SelectionSymbol[]) {
    this.#lines = splitLines(text);
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
    const lines = [...(this.#byName.get(plainName(name)) ?? this.#signatureLines(name))];
    const close =
      near === null ? lines : lines.filter((line) => Math.abs(line - near) <= NEAR_LINES);
    const found = close.length > 0 ? close : lines;
    return found.length === 1 ? (found[0] ?? null) : null;
  }

  /** Whether a text is a declared name, or one that stands on a line, rather than words. */
  isName(text: string, line: number | null): boolean {
    const name = plainName(text);
    if (this.#byName.has(name)) return true;
    if (name === '' || /\s/.test(name)) return this.#signatureLines(text).length > 0;
    return line !== null && (this.#lines[line - 1] ?? '').includes(name);
  }

  /** Whether a name is declared on a line. */
  isDeclaring(line: number): boolean {
    return [...this.#byName.values()].some((lines) => lines.has(line));
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

/** The last part of a name, without its parameters: `Shop.total(list)` is `total`. */
function plainName(name: string): string {
  const bare = name
    .trim()
    .replace(
      /^(?:async\s+)?(?:function|def|class|method|func|fn|interface|type|enum|struct)\s+/i,
      '',
    )
    .replace(/\s*[(<:{][\s\S]*$/, '')
    .replaceAll('`', '');
  return (
    bare
      .split(/\.|::|#|->/)
      .at(-1)
      ?.trim() ?? bare
  );
}
