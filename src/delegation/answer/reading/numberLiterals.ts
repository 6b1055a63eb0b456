/** A string of JSON, or a number. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
/** Stands before a number that is written as it came; no text of a model begins with it. */
const MARK = '\0\0number:';
const MARKED = /"\\u0000\\u0000number:(-?\d[\d.eE+-]*)"/g;

/** How an answer writes its numbers, of which many have digits that reading them would lose. */
export class NumberLiterals {
  /** Of each number that is written otherwise than here; null where it is so in two ways. */
  readonly #literals = new Map<number, string | null>();

  constructor(json: string) {
    const plain = new Set<number>();
    for (const [token] of json.matchAll(TOKENS)) {
      if (token.startsWith('"')) continue;
      const value = Number(token);
      const known = this.#literals.get(value);
      if (String(value) === token) plain.add(value);
      else this.#literals.set(value, known === undefined || known === token ? token : null);
    }
    for (const value of plain) if (this.#literals.has(value)) this.#literals.set(value, null);
  }

  /** A number as the answer writes it; null when that cannot be told. */
  textOf(value: number): string | null {
    return this.#literals.has(value) ? (this.#literals.get(value) ?? null) : String(value);
  }

  /** A value as JSON with all digits; null when it cannot be told which they are. */
  write(value: unknown): string | null {
    const unclear: number[] = [];
    const marked = JSON.stringify(
      value,
      (_, part: unknown) => {
        if (typeof part !== 'number' || !this.#literals.has(part)) return part;
        const literal = this.textOf(part);
        if (literal === null && mayBeRounded(part)) unclear.push(part);
        return literal === null ? part : MARK + literal;
      },
      2,
    );
    return unclear.length > 0 ? null : marked.replace(MARKED, '$1');
  }
}

/** Whether a number has so many digits that it may have had more. */
function mayBeRounded(value: number): boolean {
  return String(Math.abs(value)).replace(/^0\.0*|e.*$|\./g, '').length > 15;
}

/** Whether a number that is written out is kept to its last digit. */
export function keepsDigits(literal: string): boolean {
  return plainDigits(literal) === plainDigits(String(Number(literal)));
}

function plainDigits(literal: string): string {
  const [, sign = '', whole = '', fraction = ''] =
    /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(literal) ?? [];
  return `${sign}${whole || '0'}.${fraction}`;
}
