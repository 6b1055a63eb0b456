import { addRepeats, findSecrets } from './findSecrets';
import { type KnownSecret, repeatFinder } from './repeatedSecrets';
import {
  openPlaceholder,
  placeholder,
  placeholderLikePattern,
  placeholderPattern,
  placeholderShape,
  type PlaceholderShape,
} from './placeholders';
import type { SecretFinding, SecretKind } from './secretFinding';

/** What came of putting secrets back. */
export interface RestoredText {
  readonly text: string;
  /** Placeholders that were sent and did not come back: expected of a summary, a loss in an edit. */
  readonly missing: readonly string[];
  /** Texts with the run's nonce and a number that was not issued, or none: made up by a model. */
  readonly unknown: readonly string[];
}

/** Restores secrets in text that arrives in pieces, cut anywhere. */
export interface RestoringStream {
  /** Takes the next piece; gives what can be shown by now, which may be empty. */
  push(piece: string): string;
  /** Ends the stream: `text` is what was held back; the rest is about all pieces. */
  end(): RestoredText;
}

/** Counts of different secrets; kinds without any are absent. */
export type SecretCounts = Readonly<Partial<Record<SecretKind, number>>>;

/** The texts of one request with their secrets replaced, and the only way back. */
export interface MaskedTexts {
  /** In the order given, each with as many lines as before. */
  readonly texts: readonly string[];
  readonly secrets: SecretCounts;
  readonly secretCount: number;
  /** Placeholders that the texts contain, in the order of their numbers. */
  readonly placeholders: readonly string[];
  restore(text: string): RestoredText;
  /** Numbers of the placeholders in a text, in its order; null for what only looks like one. */
  placeholdersIn(text: string): readonly (number | null)[];
  restoringStream(): RestoringStream;
}

export interface MaskedText extends MaskedTexts {
  readonly text: string;
}

/** `maskTexts` for a single text. */
export function maskSecrets(text: string, nonce: string): MaskedText {
  const masked = maskTexts([text], nonce);
  return { ...masked, text: masked.texts[0] ?? '' };
}

/** What replacing finds: plain data, which can come from another thread. */
export interface ReplacedTexts {
  readonly texts: readonly string[];
  readonly secrets: SecretCounts;
  /** What the placeholders stand for, in the order of their numbers. */
  readonly values: readonly string[];
  readonly shape: PlaceholderShape;
}

/**
 * Replaces the secrets of all texts of a request by placeholders. The same secret gets the same
 * placeholder in all of them, and one that only the surroundings in one text gave away is masked in
 * the others too.
 *
 * @param nonce the run's nonce: letters and digits.
 */
export function maskTexts(texts: readonly string[], nonce: string): MaskedTexts {
  return withWayBack(replaceSecrets(texts, nonce));
}

/** The part of `maskTexts` that takes time. */
export function replaceSecrets(texts: readonly string[], nonce: string): ReplacedTexts {
  const found = texts.map((text) => findSecrets(text));
  const known = texts.flatMap((text, index) =>
    (found[index] ?? []).map((each) => secretOf(text, each)),
  );
  const repeats = repeatFinder(known);
  const findings = texts.map((text, index) => addRepeats(text, found[index] ?? [], repeats));
  const values = [
    ...new Set(
      texts.flatMap((text, index) =>
        (findings[index] ?? []).map(({ start, end }) => text.slice(start, end)),
      ),
    ),
  ];
  const shape = placeholderShape(unusedNonce(nonce, texts), values.length);
  const placeholderOf = new Map(
    values.map((value, index) => [value, placeholder(shape, index + 1)]),
  );
  return {
    texts: texts.map((text, index) => replaceAll(text, findings[index] ?? [], placeholderOf)),
    secrets: countByKind(texts, findings),
    values,
    shape,
  };
}

/** Masked texts with what puts their secrets back. */
export function withWayBack({ texts, secrets, values, shape }: ReplacedTexts): MaskedTexts {
  return {
    texts,
    secrets,
    secretCount: Object.values(secrets).reduce((sum, count) => sum + count, 0),
    placeholders: values.map((_, index) => placeholder(shape, index + 1)),
    restore: (text) => restore(text, shape, values),
    placeholdersIn: (text) => placeholdersIn(text, shape, values.length),
    restoringStream: () => restoringStream(shape, values),
  };
}

function secretOf(text: string, { start, end, kind, rule, block }: SecretFinding): KnownSecret {
  return { value: text.slice(start, end), kind, rule, ...(block === undefined ? {} : { block }) };
}

/** A nonce that no text contains in any case, so that none can hold what looks like a placeholder. */
function unusedNonce(nonce: string, texts: readonly string[]): string {
  if (!/^[A-Za-z0-9]+$/.test(nonce)) throw new Error('A nonce is made of letters and digits');
  let unused = nonce;
  const lowered = texts.map((text) => text.toLowerCase());
  while (lowered.some((text) => text.includes(unused.toLowerCase()))) unused += 'x';
  return unused;
}

function replaceAll(
  text: string,
  findings: readonly SecretFinding[],
  placeholderOf: ReadonlyMap<string, string>,
): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of findings) {
    parts.push(text.slice(at, start), placeholderOf.get(text.slice(start, end)) ?? '');
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** Lines of one private key count once, and so does a secret that stands in several places. */
function countByKind(
  texts: readonly string[],
  findings: readonly (readonly SecretFinding[])[],
): SecretCounts {
  const seen = new Set<string>();
  const counts: Partial<Record<SecretKind, number>> = {};
  findings.forEach((ofText, index) => {
    for (const { start, end, kind, block } of ofText) {
      const value = texts[index]?.slice(start, end) ?? '';
      const identity = block === undefined ? `value ${value}` : `block ${block}`;
      if (seen.has(identity)) continue;
      seen.add(identity);
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
  });
  return counts;
}

function restore(text: string, shape: PlaceholderShape, values: readonly string[]): RestoredText {
  const seen = new Set<number>();
  const unknown: string[] = [];
  const rest = text.replaceAll(placeholderPattern(shape), '\n');
  for (const [like] of rest.matchAll(placeholderLikePattern(shape))) unknown.push(like);
  const restored = text.replaceAll(placeholderPattern(shape), (found, number: string) => {
    const value = values[Number(number) - 1];
    if (value === undefined) unknown.push(found);
    else seen.add(Number(number));
    return value ?? found;
  });
  const missing = values.flatMap((_, index) =>
    seen.has(index + 1) ? [] : [placeholder(shape, index + 1)],
  );
  return { text: restored, missing, unknown };
}

function placeholdersIn(
  text: string,
  shape: PlaceholderShape,
  issued: number,
): readonly (number | null)[] {
  const whole = placeholderPattern(shape);
  return [...text.matchAll(placeholderLikePattern(shape))].map(({ index }) => {
    whole.lastIndex = index;
    const found = whole.exec(text);
    const number = found?.index === index ? Number(found[1]) : 0;
    return number >= 1 && number <= issued ? number : null;
  });
}

function restoringStream(shape: PlaceholderShape, values: readonly string[]): RestoringStream {
  const openLength = openPlaceholder(shape);
  let received = '';
  let held = '';
  return {
    push(piece) {
      received += piece;
      held += piece;
      const ready = held.slice(0, held.length - openLength(held));
      held = held.slice(ready.length);
      return ready === '' ? '' : restore(ready, shape, values).text;
    },
    end() {
      // What is held back is an unfinished placeholder at most, so there is nothing to restore in it.
      const text = held;
      held = '';
      return { ...restore(received, shape, values), text };
    },
  };
}
