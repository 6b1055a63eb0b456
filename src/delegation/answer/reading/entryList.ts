import { asRecord, parseJson } from '../../../common/json';
import type { DeclaredNames } from './declaredNames';
import { LINE_NAMES, NAME_NAMES, TEXT_NAMES, fieldOf, lineOf } from './entryFields';
import type { Mended } from './mending';

export interface EntryList extends Mended<readonly unknown[]> {
  readonly path: string;
}

/** What a value stands in. */
interface Around {
  readonly depth: number;
  /** The name of what its entries belong to, with a dot; or empty. */
  readonly owner: string;
}

const OUTERMOST: Around = { depth: 0, owner: '' };

/** The entries of an answer, whatever stands around them and in them; null when it has none. */
export function entriesOf(
  value: unknown,
  names: DeclaredNames,
  { depth, owner }: Around = OUTERMOST,
): EntryList | null {
  const list = outerEntries(value, names, { depth, owner });
  if (!list) return null;
  const all = list.value.flatMap((entry) => withInner(entry, names, depth));
  return all.length === list.value.length &&
    all.every((entry, index) => entry === list.value[index])
    ? list
    : { ...list, value: all, mended: ['names'] };
}

function outerEntries(
  value: unknown,
  names: DeclaredNames,
  { depth, owner }: Around,
): EntryList | null {
  if (typeof value === 'string' && depth < 2) {
    const inner = parseJson(value);
    return inner.ok && typeof inner.value === 'object'
      ? entriesOf(inner.value, names, { depth: depth + 1, owner })
      : null;
  }
  if (Array.isArray(value)) return listEntries(value as unknown[], names, { depth, owner });
  const record = asRecord(value);
  if (!record) return null;
  const keys = Object.keys(record);
  if (keys.length === 0) return null;
  if (fieldOf(record, TEXT_NAMES) && (fieldOf(record, LINE_NAMES) || fieldOf(record, NAME_NAMES))) {
    return { value: [record], mended: ['names'], path: '' };
  }
  const holders = keys.filter((key) => typeof record[key] === 'object' && record[key] !== null);
  const [holder] = holders;
  const isMap =
    (owner !== '' ||
      keys.some((key) => lineOf(key) !== null || names.lineOf(key, null) !== null)) &&
    keys.every((key) => typeof record[key] === 'string' || hasText(record[key]));
  const isHolder = holder !== undefined && holders.length === 1 && lineOf(holder) === null;
  if (isHolder && depth < 3 && !(isMap && hasText(record[holder]))) {
    const inner = entriesOf(record[holder], names, { depth: depth + 1, owner });
    return inner && { ...inner, path: `/${holder}${inner.path}` };
  }
  const pairs = keys.map((key) => [lineOf(key) ?? key, record[key]]);
  return isMap ? { value: pairs, mended: ['names'], path: '' } : null;
}

function hasText(value: unknown): boolean {
  return typeof fieldOf(asRecord(value) ?? {}, TEXT_NAMES)?.value === 'string';
}

/** An entry, or a name with what is said of it, and those that stand in it: a class with its methods. */
function withInner(entry: unknown, names: DeclaredNames, depth: number): readonly unknown[] {
  const [key, said] = Array.isArray(entry) ? (entry as unknown[]) : [];
  const record = asRecord(entry) ?? asRecord(said);
  if (!record || (Array.isArray(entry) && entry.length !== 2)) return [entry];
  const text = fieldOf(record, TEXT_NAMES);
  const owner = Array.isArray(entry) ? key : fieldOf(record, NAME_NAMES)?.value;
  const own = Array.isArray(entry) ? [key, text?.value] : entry;
  const known = [text, fieldOf(record, LINE_NAMES), fieldOf(record, NAME_NAMES)];
  const inner = Object.entries(record).flatMap(([name, value]) => {
    const isKnown = PART_OF_TEXT.test(name) || known.some((each) => each?.name === name);
    const around = { depth: depth + 1, owner: nameBefore(owner) };
    const entries =
      !isKnown && typeof value === 'object' && depth < 3 ? entriesOf(value, names, around) : null;
    return entries?.value.map((each) => ownedBy(each, around.owner)) ?? [];
  });
  return text || inner.length === 0 ? [own, ...inner] : inner;
}

/** What is said of a declaration's own parts. */
const PART_OF_TEXT = /param|arg|return|throw|raise|example|tag|since|see/i;

function nameBefore(owner: unknown): string {
  return typeof owner === 'string' && lineOf(owner) === null ? `${owner}.` : '';
}

/** An entry under the full name of what it documents, where it has a name. */
function ownedBy(entry: unknown, owner: string): unknown {
  const nameOf = (name: string): string => owner + name;
  if (Array.isArray(entry)) {
    const [first, ...rest] = entry as unknown[];
    return typeof first === 'string' && lineOf(first) === null ? [nameOf(first), ...rest] : entry;
  }
  const record = asRecord(entry);
  const name = record && fieldOf(record, NAME_NAMES);
  return name && typeof name.value === 'string'
    ? { ...record, [name.name]: nameOf(name.value) }
    : entry;
}

function listEntries(
  list: readonly unknown[],
  names: DeclaredNames,
  { depth, owner }: Around,
): EntryList | null {
  const [only] = list;
  const isNested =
    list.length === 1 &&
    Array.isArray(only) &&
    only.every((each) => typeof each === 'object' && each !== null);
  if (isNested && depth < 2) return entriesOf(only, names, { depth: depth + 1, owner });
  const plain = list.filter((each) => typeof each !== 'object' || each === null);
  // One pair without the list around it.
  if (plain.length === list.length && list.length >= 2 && list.length <= 3) {
    const isPair =
      lineOf(list[0]) !== null && typeof list[1] === 'string' && lineOf(list[1]) === null;
    if (isPair) return { value: [list], mended: ['names'], path: '' };
  }
  const maps = list.flatMap((each) => {
    const record = asRecord(each);
    const keys = Object.keys(record ?? {});
    return record && keys.length > 0 && keys.every((key) => lineOf(key) !== null)
      ? keys.map((key) => [Number(lineOf(key)), record[key]])
      : [each];
  });
  return { value: maps, mended: maps.length === list.length ? [] : ['names'], path: '' };
}
