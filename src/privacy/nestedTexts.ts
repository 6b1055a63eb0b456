/** The texts in a value that is made of plain objects and lists, and the value with others in place. */
export interface NestedTexts {
  /** Every string, the names of fields too, each once. */
  readonly texts: readonly string[];
  /**
   * Each string behind the name of its field, as `name = "text"`: the name may give away a secret that
   * the string alone does not.
   */
  readonly named: readonly string[];
}

/** Deeper values come from no form that we read; what lies below is left out of the request. */
const MAX_DEPTH = 40;

/** Words of JSON Schema below which a field's own value stands, so that the field's name counts. */
const VALUE_WORDS = new Set(['default', 'const', 'example', 'examples', 'enum', 'value']);

/** Collects the texts of a value. */
export function nestedTexts(value: unknown): NestedTexts {
  const texts = new Set<string>();
  const named = new Set<string>();
  const visit = (each: unknown, name: string, depth: number): void => {
    if (typeof each === 'string') {
      texts.add(each);
      const line = namedLine(name, each);
      if (line !== null) named.add(line);
    } else if (depth >= MAX_DEPTH) return;
    else if (Array.isArray(each)) for (const item of each) visit(item, name, depth + 1);
    else if (isPlain(each)) {
      for (const [key, item] of Object.entries(each)) {
        texts.add(key);
        visit(item, VALUE_WORDS.has(key) ? name : key, depth + 1);
      }
    }
  };
  visit(value, '', 0);
  return { texts: [...texts], named: [...named] };
}

/** The value with every string replaced; parts in which nothing changes stay the same objects. */
export function withTexts<T>(value: T, replaced: ReadonlyMap<string, string>): T {
  return replaceIn(value, replaced, 0) as T;
}

function replaceIn(value: unknown, replaced: ReadonlyMap<string, string>, depth: number): unknown {
  if (typeof value === 'string') return replaced.get(value) ?? value;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    if (depth >= MAX_DEPTH) return [];
    const items = list.map((item) => replaceIn(item, replaced, depth + 1));
    return items.some((item, index) => item !== list[index]) ? items : value;
  }
  if (!isPlain(value)) return value;
  if (depth >= MAX_DEPTH) return {};
  const entries = Object.entries(value);
  const next = entries.map(
    ([key, item]) => [replaced.get(key) ?? key, replaceIn(item, replaced, depth + 1)] as const,
  );
  const hasChanged = next.some(([key, item], index) => {
    const [oldKey, oldItem] = entries[index] ?? [];
    return key !== oldKey || item !== oldItem;
  });
  return hasChanged ? Object.fromEntries(next) : value;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function namedLine(name: string, text: string): string | null {
  if (name === '' || text.length > 4000 || /[\r\n]/.test(text)) return null;
  const quote = ['"', "'", '`'].find((each) => !text.includes(each));
  return quote === undefined ? null : `${name} = ${quote}${text}${quote}`;
}
