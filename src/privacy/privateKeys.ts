import type { SecretDetector, SecretFinding } from './secretFinding';

/** RFC 7468 labels, and those of OpenPGP and PuTTY files. */
const OPENING = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|^Private-Lines: ?\d+/gm;
const CLOSING = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|^Private-MAC:/gm;
const END_WITHOUT_START = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** No key that people keep in files is longer than this many characters. */
const MAX_BLOCK = 20_000;

/**
 * A run of key material: base64, with escaped line ends when the key sits in a string literal.
 * Shorter runs than this on a line of their own are the key's last line.
 */
const BODY =
  /(?<!\\)[A-Za-z0-9+/=]{16,}(?:\\[nr]+[A-Za-z0-9+/=]+)*|(?<=^[\s"'`>#*/]*)[A-Za-z0-9+/]+={0,2}(?=[\s"'`+,;\\nr]*$)/gm;

/**
 * Finds the bodies of private keys, line by line so that the text keeps its lines. The BEGIN and END
 * lines stay, as they tell a reader what was there. A selection may hold only a part of a key.
 */
export const findPrivateKeys: SecretDetector = (text) => {
  const findings: SecretFinding[] = [];
  let block = 0;
  let coveredUpTo = 0;
  let closings: readonly number[] | null = null;
  let next = 0;
  for (const opening of text.matchAll(OPENING)) {
    if (opening.index < coveredUpTo) continue;
    const start = opening.index + opening[0].length;
    // Each place is looked for once, however many openings have none of their own.
    closings ??= [...text.matchAll(CLOSING)].map(({ index }) => index);
    while ((closings[next] ?? Infinity) < start) next += 1;
    const end = closingAfter(text, start, closings[next] ?? Infinity);
    block += 1;
    findings.push(...bodyLines(text, start, end).map((span) => finding(span, block)));
    coveredUpTo = end;
  }
  for (const closing of text.matchAll(END_WITHOUT_START)) {
    if (closing.index <= coveredUpTo) continue;
    block += 1;
    const start = startOfTail(text, closing.index, coveredUpTo);
    findings.push(...bodyLines(text, start, closing.index).map((span) => finding(span, block)));
    coveredUpTo = closing.index;
  }
  return findings;
};

interface Span {
  readonly start: number;
  readonly end: number;
}

function finding(span: Span, block: number): SecretFinding {
  return { ...span, kind: 'private-key', rule: 'private-key', block };
}

/** Where the key ends: its END line, or the last line that still looks like key material. */
function closingAfter(text: string, start: number, closing: number): number {
  if (closing - start <= MAX_BLOCK) return closing;
  const rest = text.slice(start, start + MAX_BLOCK);
  let length = 0;
  for (const [line] of rest.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    if (length > 0 && !looksLikeBody(line)) break;
    length += line.length;
  }
  return start + length;
}

/** Where a key begins whose BEGIN line lies outside the text. */
function startOfTail(text: string, closingIndex: number, floor: number): number {
  const from = Math.max(floor, closingIndex - MAX_BLOCK);
  let start = closingIndex;
  for (const line of text.slice(from, closingIndex).split('\n').reverse()) {
    if (start !== closingIndex && !looksLikeBody(line)) break;
    start -= line.length + 1;
  }
  return Math.max(start, from);
}

/** Key material, an empty line, or one of the headers of RFC 1421. */
function looksLikeBody(line: string): boolean {
  return /^[\s"'`>#*]*(?:[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]+={1,2}|[A-Z][A-Za-z-]+: [^\n]*)?[\s"'`+,;\\nr]*$/.test(
    line,
  );
}

/** The runs of key material of a block; none when the block is code that speaks of keys. */
function bodyLines(text: string, start: number, end: number): Span[] {
  const block = text.slice(start, end);
  if (!/[A-Za-z0-9+/=]{40}/.test(block)) return [];
  return [...block.matchAll(BODY)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}
