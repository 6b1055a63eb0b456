import type { SecretDetector, SecretFinding } from './secretFinding';
import { entropyBits } from './secretText';
import { developmentFormats } from './tokenFormats/development';
import { infrastructureFormats } from './tokenFormats/infrastructure';
import { serviceFormats } from './tokenFormats/services';

/** Documentation fills tokens up with one letter; real ones are random. */
const MIN_ENTROPY_BITS = 2.5;

const RULES = [...developmentFormats, ...infrastructureFormats, ...serviceFormats].map(
  ({ name, hint, pattern }) => ({
    name,
    hint,
    pattern: new RegExp(`(?:${pattern.source})(?![A-Za-z0-9])`, `g${pattern.flags}`),
  }),
);

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
