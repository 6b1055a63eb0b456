import type { SecretDetector, SecretFinding } from './secretFinding';
import { entropyBits } from './secretText';
import { developmentFormats } from './tokenFormats/development';
import { infrastructureFormats } from './tokenFormats/infrastructure';
import { serviceFormats } from './tokenFormats/services';

/** Documentation fills tokens up with one letter; real ones are random. */
const MIN_ENTROPY_BITS = 2.5;

/** All formats there are; nobody reads the tables by themselves. */
const FORMATS = [...developmentFormats, ...infrastructureFormats, ...serviceFormats];

const RULES = FORMATS.map(({ name, hint, pattern }) => ({
  name,
  hint,
  pattern: new RegExp(`(?:${pattern.source})(?![A-Za-z0-9])`, `g${pattern.flags}`),
}));

/** A key as it may be shown: `sk-or-…1234`. Of a short one nothing is shown. */
export function shownKey(key: string): string {
  return key.length < 16 ? '…' : `${publicStart(key)}…${key.slice(-4)}`;
}

/** What a key begins with by its provider's format; empty where none is known. */
function publicStart(key: string): string {
  const starts = FORMATS.map(({ hint }) => hint).filter(
    (hint) => hint.length > 2 && /[-_]$/.test(hint) && key.startsWith(hint),
  );
  return starts.reduce((longest, hint) => (hint.length > longest.length ? hint : longest), '');
}

/** Finds credentials by their published formats. */
export const findKnownTokens: SecretDetector = (text) => {
  const lowered = text.toLowerCase();
  const findings: SecretFinding[] = [];
  for (const { name, hint, pattern } of RULES) {
    if (!lowered.includes(hint)) continue;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const start = match.index;
      if (!standsAlone(text, start) || entropyBits(match[0]) < MIN_ENTROPY_BITS) {
        pattern.lastIndex = start + 1;
        continue;
      }
      findings.push({ start, end: start + match[0].length, kind: 'token', rule: name });
    }
  }
  return findings;
};

/**
 * Whether a token may begin here: no letter or digit stands before it. A letter that belongs to an
 * escape, as in `\nghp_...` inside a literal, is not a part of a word; a plus sign may be base64's.
 *
 * Asked here and not by a lookbehind, which would keep the engine from searching for the letters
 * that a pattern begins with.
 */
function standsAlone(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 5), start);
  return !/(?<!\\)[A-Za-z0-9]$|[A-Za-z0-9+/]{4}\+$/.test(before);
}
