import type { SecretFinding } from './secretFinding';
import { characterClasses, entropyBits, mixesDigits } from './secretText';

/** A secret already found, in this text or in another one. */
export interface KnownSecret extends Omit<SecretFinding, 'start' | 'end'> {
  readonly value: string;
}

/** Finds known secrets where nothing but their value gives them away, such as in a comment. */
export interface RepeatFinder {
  find(text: string): SecretFinding[];
}

/** Shorter or plainer values than these occur by chance. */
function isDistinctive(value: string): boolean {
  return value.length >= 8 && characterClasses(value) >= 2;
}

/** A value by one word in it: where that word stands in a text, the value may stand around it. */
interface Anchored {
  readonly secret: KnownSecret;
  /** Characters of the value before the word. */
  readonly before: number;
}

/**
 * Values are looked up by the longest word in them, so that a text is read once however many there
 * are: thousands of secrets in a megabyte are an ordinary environment file.
 */
export function repeatFinder(secrets: readonly KnownSecret[]): RepeatFinder {
  const distinct = new Map(secrets.map((each) => [each.value, each]));
  const byWord = new Map<string, Map<string, Map<string, Anchored>>>();
  for (const secret of distinct.values()) {
    if (isDistinctive(secret.value)) addTo(byWord, secret);
  }
  const fragments = fragmentsOf([...distinct.values()]);
  return {
    find: (text) =>
      distinct.size === 0
        ? []
        : [...wholeText(text, distinct), ...wholeValues(text, byWord), ...partsOf(text, fragments)],
  };
}

/** A text that is a secret and nothing else, such as a field's: that is not by chance. */
function wholeText(text: string, secrets: ReadonlyMap<string, KnownSecret>): SecretFinding[] {
  const found = secrets.get(text);
  return found ? [placed(found, 0, text.length)] : [];
}

/** Per word, values of one place and length share a table, in which a piece of text is looked up. */
type ByWord = Map<string, Map<string, Map<string, Anchored>>>;

function addTo(byWord: ByWord, secret: KnownSecret): void {
  let longest = { word: '', before: 0 };
  for (const { 0: word, index } of secret.value.matchAll(/\w+/g)) {
    if (word.length > longest.word.length) longest = { word, before: index };
  }
  const shapes = getOr(byWord, longest.word, () => new Map<string, Map<string, Anchored>>());
  const shape = `${longest.before} ${secret.value.length}`;
  getOr(shapes, shape, () => new Map<string, Anchored>()).set(secret.value, {
    secret,
    before: longest.before,
  });
}

function wholeValues(text: string, byWord: ByWord): SecretFinding[] {
  const findings: SecretFinding[] = [];
  for (const { 0: word, index } of text.matchAll(/\w+/g)) {
    const shapes = byWord.get(word);
    if (!shapes) continue;
    for (const values of shapes.values()) {
      const [sample] = values.values();
      if (!sample) continue;
      const start = index - sample.before;
      const found = values.get(text.slice(start, start + sample.secret.value.length));
      if (!found || start < 0) continue;
      const end = start + found.secret.value.length;
      if (/\w/.test(text.charAt(start - 1)) || /\w/.test(text.charAt(end))) continue;
      findings.push(placed(found.secret, start, end));
    }
  }
  return findings;
}

/** What shows of a secret when a name or a line was cut: this many characters of it. */
const FRAGMENT = 12;
const MIN_RANDOM_LENGTH = 20;

/** Pieces of secrets that look random: whatever holds one is a part of that secret. */
function fragmentsOf(secrets: readonly KnownSecret[]): ReadonlyMap<string, KnownSecret> {
  const fragments = new Map<string, KnownSecret>();
  for (const secret of secrets) {
    const { value } = secret;
    if (value.length < MIN_RANDOM_LENGTH || !mixesDigits(value) || entropyBits(value) < 3) continue;
    // Beginning and end: what is cut has one of them. A text of another kind has neither.
    for (const piece of [value.slice(0, FRAGMENT), value.slice(-FRAGMENT)]) {
      if (mixesDigits(piece) && entropyBits(piece) >= 2.75) fragments.set(piece, secret);
    }
  }
  return fragments;
}

/** Words that begin or end like a secret, which is what is left of one that was cut. */
function partsOf(text: string, fragments: ReadonlyMap<string, KnownSecret>): SecretFinding[] {
  if (fragments.size === 0) return [];
  const findings: SecretFinding[] = [];
  for (const { 0: word, index } of text.matchAll(/[\w+/=.~-]{12,}/g)) {
    const known =
      fragments.get(word.slice(0, FRAGMENT)) ?? fragments.get(word.slice(-FRAGMENT)) ?? null;
    if (known) findings.push(placed(known, index, index + word.length));
  }
  return findings;
}

function placed({ kind, rule, block }: KnownSecret, start: number, end: number): SecretFinding {
  return { start, end, kind, rule, ...(block === undefined ? {} : { block }) };
}

function getOr<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
