import { type Form, type Span, candidateAfter, furtherPieces } from './assignedValues';
import type { SecretDetector, SecretFinding } from './secretFinding';
import { NAME_SEED, strengthOfName, type NameStrength } from './secretNames';
import {
  characterClasses,
  entropyBits,
  isExample,
  isNamePath,
  isPhrase,
  isReference,
  isTypeName,
  isWords,
  mixesDigits,
} from './secretText';

/** No name is longer than this on either side of the word that gave it away. */
const MAX_NAME = 80;

const NAME_CHARACTER = /[\w$.\p{L}\p{M}-]/u;

/**
 * Finds values assigned to names that announce a secret, in whatever way languages and file
 * formats assign: `password = "..."`, `"token": "..."`, `API_KEY=...`, `password: ...`,
 * `--password ...`, `setPassword("...")`, `<password>...</password>`.
 */
export const findAssignedSecrets: SecretDetector = (text) => {
  const findings: SecretFinding[] = [];
  let seenUpTo = 0;
  for (const seed of text.matchAll(NAME_SEED)) {
    if (seed.index < seenUpTo) continue;
    const name = nameAround(text, seed.index);
    seenUpTo = name.end;
    const strength = strengthOfName(text.slice(name.start, name.end));
    if (strength === null) continue;
    const candidate = candidateAfter(text, name);
    if (candidate === null) continue;
    const { form } = candidate;
    const pieces = [candidate, ...furtherPieces(text, candidate)];
    const value = pieces.map(({ start, end }) => text.slice(start, end)).join('');
    if (!looksSecret(value, strength, form)) continue;
    for (const { start, end } of pieces) {
      findings.push({ start, end, kind: 'password', rule: `assigned-${form}` });
      seenUpTo = end;
    }
  }
  return findings;
};

function nameAround(text: string, index: number): Span {
  let start = index;
  while (start > 0 && index - start < MAX_NAME && NAME_CHARACTER.test(text.charAt(start - 1)))
    start -= 1;
  let end = index;
  while (end < text.length && end - index < MAX_NAME && NAME_CHARACTER.test(text.charAt(end)))
    end += 1;
  return { start, end };
}

/** How many words a pass phrase has; where text of other kinds stands as well, more. */
const LEAST_WORDS: Readonly<Record<Form, number>> = {
  env: 1,
  quoted: 3,
  data: 4,
  strict: 4,
  loose: Infinity,
};

function looksSecret(value: string, strength: NameStrength, form: Form): boolean {
  if (value.length < 4 || isReference(value) || isExample(value)) return false;
  if (strength === 'phrase') return value.split(' ').length >= 12;
  if (form === 'env') return strength === 'strong' || (value.length >= 8 && !isName(value));
  if (/\s/.test(value)) return strength === 'strong' && isPhrase(value, LEAST_WORDS[form]);
  if (form === 'loose') return looksRandom(value, 'strict');
  if (strength === 'strong') return form === 'strict' ? looksTyped(value) : looksChosen(value);
  return looksRandom(value, form);
}

/** Words and numbers. */
function isPlain(value: string): boolean {
  return isWords(value) || /^[\d.,:]+$/.test(value);
}

/** What programs call things, with a number in it perhaps. */
function isName(value: string): boolean {
  return isPlain(value) || isNamePath(value) || isTypeName(value);
}

/** What a person picks as a password. A word alone is a label unless it is too long for one. */
function looksChosen(value: string): boolean {
  if (isWords(value)) return /^[a-z]{12,}$/.test(value) && entropyBits(value) > 3;
  // The key of a translation, such as login.step2.label.
  if (value.split('.').length >= 3 && isNamePath(value)) return false;
  return !/^\d{1,5}$/.test(value);
}

/** As `looksChosen`, where names and keywords of a program stand as often. */
function looksTyped(value: string): boolean {
  return value.length >= 6 && mixesDigits(value) && !isPlain(value);
}

/** What a machine made. */
function looksRandom(value: string, form: Form): boolean {
  if (value.length < 8 || isName(value)) return false;
  if (mixesDigits(value)) return entropyBits(value) >= 2.75;
  if (form === 'strict' || value.length < 16) return false;
  return characterClasses(value) >= 3 && entropyBits(value) >= 3.5;
}
