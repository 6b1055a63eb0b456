import { asRecord } from '../../../common/json';
import type { Insertion } from '../../../tasks/task';
import { isRefusal } from '../../../text/prose';
import { OutcomeError } from '../outcomeError';
import type { AnswerProblem } from '../../run/readingNotes';
import { commentWords } from './commentWords';
import type { DeclaredNames } from './declaredNames';
import { LINE_NAMES, NAME_NAMES, TEXT_NAMES, fieldOf, lineOf } from './entryFields';
import { entriesOf } from './entryList';
import type { Mended } from './mending';
import type { Mending } from '../../run/readingNotes';

/** Insertions that were read, and what of the answer could not be. */
export interface ReadInsertions extends Mended<readonly Insertion[]> {
  readonly leftOut: readonly AnswerProblem[];
}

/** Where insertions may go. */
export interface InsertionPlace {
  /** One-based lines, both included. */
  readonly first: number;
  readonly last: number;
  readonly languageId: string;
  /** Lines of the names that are declared there. */
  readonly names: DeclaredNames;
}

/**
 * Reads insertions out of a JSON value: `[[12,"…"],…]`, as workers are told to write it, or one of
 * the other forms that they give it: objects under many names, lines or names as keys, triples with
 * the declaration's name, a list inside of an object. Entries that cannot be read are left out and
 * named, as long as there is one that can.
 */
export function readInsertions(
  value: unknown,
  place: InsertionPlace,
): ReadInsertions | OutcomeError {
  const list = entriesOf(value, place.names);
  if (!list) {
    return new OutcomeError('answer-invalid', {
      problems: [{ path: '', message: 'must be a list' }],
    });
  }
  // A list that is said to go on is not all of it.
  if (list.value.some((entry) => typeof entry === 'string' && GOES_ON.test(entry))) {
    return new OutcomeError('answer-elided');
  }
  const mended = new Set<Mending>(list.mended);
  const insertions: Insertion[] = [];
  const leftOut: AnswerProblem[] = [];
  const raws = list.value.map((entry) => rawEntry(entry, place, mended));
  const shift = countsFromZero(raws, place) ? 1 : 0;
  if (shift > 0) mended.add('values');
  raws.forEach((raw, index) => {
    const read = readEntry(raw, { ...place, shift }, mended);
    if (read === 'nothing') return;
    if ('line' in read) insertions.push(read);
    else
      leftOut.push(
        ...read.problems.map((each) => ({ ...each, path: `${list.path}/${index}${each.path}` })),
      );
  });
  const single = withoutDoubles(insertions, mended, leftOut);
  if (single.length === 0 && leftOut.length > 0) {
    return new OutcomeError('answer-invalid', { problems: leftOut });
  }
  return { value: single, mended: [...mended], leftOut };
}

const GOES_ON = /^\W*(?:\.{3}|…)|(?:\.{3}|…)\W*$/;

type Entry = Insertion | 'nothing' | { readonly problems: readonly AnswerProblem[] };

interface RawEntry {
  readonly line: unknown;
  readonly text: unknown;
  readonly name: string | null;
  /** The names that the two values have in a path. */
  readonly paths: readonly [line: string, text: string];
}

function rawEntry(entry: unknown, place: InsertionPlace, mended: Set<Mending>): RawEntry {
  return Array.isArray(entry)
    ? pairEntry(entry as unknown[], place, mended)
    : objectEntry(asRecord(entry), place, mended);
}

/** A line zero shows that the first was counted as such, where all lines then declare something. */
function countsFromZero(raws: readonly RawEntry[], { first, names }: InsertionPlace): boolean {
  const lines = raws.map(({ line }) => lineOf(line));
  if (first !== 1 || lines.length < 2 || !lines.includes(0)) return false;
  return lines.every((line) => line !== null && names.isDeclaring(line + 1));
}

function readEntry(
  raw: RawEntry,
  place: InsertionPlace & { readonly shift: number },
  mended: Set<Mending>,
): Entry {
  // A declaration that needs none.
  if (
    raw.text === null ||
    (typeof raw.text === 'string' && raw.text.trim() === '' && typeof raw.line === 'number')
  ) {
    return raw.line === undefined ? problemsOf(raw, place) : 'nothing';
  }
  const counted = lineOf(raw.line);
  const given = counted === null ? null : counted + place.shift;
  const line = isLine(given, place)
    ? given
    : place.names.lineOf(raw.name ?? wordIn(raw.line), given);
  if (typeof raw.line === 'string') mended.add(given === null ? 'names' : 'values');
  const text = typeof raw.text === 'string' ? raw.text : null;
  if (line === null || !isLine(line, place) || text === null || text.trim() === '')
    return problemsOf(raw, place);
  const stand = standsForText(text);
  if (stand !== null) return { problems: [{ path: raw.paths[1], message: stand }] };
  const words = commentWords(text, place.languageId);
  words.mended.forEach((each) => mended.add(each));
  return { line, text: words.value, ...(raw.name === null ? {} : { name: raw.name }) };
}

/** What a worker writes where documentation would stand, in brackets or as words for it. */
const STANDS_FOR_TEXT =
  /^(?:[^\p{L}\p{N}]*|[<[{(]+(?:your |the )?(?:docstring|doc ?comment|documentation|comment|text)(?: here)?[>\]})]+|(?:your |the )?(?:docstring|comment|documentation) (?:goes )?here\W*)$/iu;
/** A model that declines speaks of itself at once. */
const SPEAKS_OF_SELF = /^.{0,16}(?:\b(?:I|[Ii]ch|[Jj]e|AI)\b|no puedo|lo siento)/;

/** Why a text is not documentation; null when nothing speaks against it. */
function standsForText(text: string): string | null {
  if (STANDS_FOR_TEXT.test(text.trim())) return 'says nothing';
  return isRefusal(text) && SPEAKS_OF_SELF.test(text) ? 'declines' : null;
}

function isLine(line: number | null, { first, last }: InsertionPlace): line is number {
  return line !== null && Number.isInteger(line) && line >= first && line <= last;
}

function wordIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

const KIND =
  /^(?:function|method|class|const|constant|variable|field|property|interface|type|enum|struct|module|def|func|fn)$/i;

function pairEntry(
  entry: readonly unknown[],
  place: InsertionPlace,
  mended: Set<Mending>,
): RawEntry {
  const paths = ['/0', '/1'] as const;
  const [first, ...rest] = entry;
  if (Array.isArray(rest[0]) && rest[0].every((each) => typeof each === 'string')) {
    mended.add('names');
    return { line: first, text: rest[0].join('\n'), name: null, paths };
  }
  const all = rest.filter((each): each is string => typeof each === 'string');
  // What kind of declaration it is says nothing.
  const texts = all.length > 1 && KIND.test(all[0] ?? '') ? all.slice(1) : all;
  const [one, other] = texts;
  if (one === undefined || other === undefined) {
    // The last text, after an end of the lines perhaps; or the text before the line.
    const isTurned =
      typeof first === 'string' && lineOf(first) === null && typeof rest[0] === 'number';
    if (rest.length !== 1 || isTurned) mended.add('names');
    return isTurned
      ? { line: rest[0], text: first, name: null, paths }
      : { line: first, text: one ?? (rest.length > 0 ? rest[0] : undefined), name: null, paths };
  }
  mended.add('names');
  // `[12, "name", "text"]`, or a text in lines.
  const isName = place.names.isName(one);
  return isName
    ? { line: first, text: texts.slice(1).join('\n'), name: one, paths }
    : { line: first, text: texts.join('\n'), name: null, paths };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function objectEntry(
  record: Record<string, unknown> | null,
  place: InsertionPlace,
  mended: Set<Mending>,
): RawEntry {
  if (!record) return { line: undefined, text: undefined, name: null, paths: ['/line', '/text'] };
  const line = fieldOf(record, LINE_NAMES);
  const text = fieldOf(record, TEXT_NAMES);
  const values = Object.values(record);
  // Under names of another language: one number and texts can only be these.
  if ((!line || !text) && values.length > 1 && values.filter(isNumber).length === 1) {
    const texts = values.filter((value) => !isNumber(value));
    if (texts.every((value) => typeof value === 'string'))
      return pairEntry([values.find(isNumber), ...texts], place, mended);
  }
  const name = wordIn(fieldOf(record, NAME_NAMES)?.value);
  if ((line && line.name !== 'line') || (text && text.name !== 'text')) mended.add('names');
  const lines = text?.value;
  const isLines = Array.isArray(lines) && lines.every((each) => typeof each === 'string');
  return {
    line: line?.value ?? (name === null ? undefined : null),
    text: isLines ? lines.join('\n') : lines,
    name,
    paths: [`/${line?.name ?? 'line'}`, `/${text?.name ?? 'text'}`],
  };
}

function problemsOf({ line, text, paths }: RawEntry, place: InsertionPlace): Entry {
  const problems: AnswerProblem[] = [];
  if (!isLine(lineOf(line), place)) {
    problems.push({
      path: paths[0],
      message: `must be a whole number from ${place.first} to ${place.last}`,
    });
  }
  if (typeof text !== 'string' || text.trim() === '') {
    problems.push({ path: paths[1], message: 'must be a text' });
  }
  return { problems };
}

/** The same twice is once; two texts for one line leave open which is meant. */
function withoutDoubles(
  insertions: readonly Insertion[],
  mended: Set<Mending>,
  leftOut: AnswerProblem[],
): readonly Insertion[] {
  const byLine = new Map<number, Insertion[]>();
  for (const insertion of insertions) {
    const same = byLine.get(insertion.line) ?? [];
    if (same.some((each) => each.text.trim() === insertion.text.trim())) mended.add('duplicates');
    else byLine.set(insertion.line, [...same, insertion]);
  }
  const kept: Insertion[] = [];
  for (const [line, texts] of byLine) {
    if (texts.length === 1) kept.push(...texts);
    else leftOut.push({ path: '', message: `line ${line} is documented twice` });
  }
  return kept;
}
