import { findAssignedSecrets } from './assignments';
import { findKnownTokens } from './knownTokens';
import { findKubernetesSecrets } from './kubernetesSecrets';
import { findPrivateKeys } from './privateKeys';
import type { SecretDetector, SecretFinding } from './secretFinding';
import { findBySecretlint } from './secretlintRules';
import { characterClasses } from './secretText';
import { findStructuredSecrets } from './structuredSecrets';

/** A secret already found, in this text or in another one. */
export interface KnownSecret extends Omit<SecretFinding, 'start' | 'end'> {
  readonly value: string;
}

/** The more specific ones come first: of two findings that overlap, the earlier detector's stays. */
const DETECTORS: readonly SecretDetector[] = [
  findPrivateKeys,
  findStructuredSecrets,
  findKnownTokens,
  findKubernetesSecrets,
  findAssignedSecrets,
  // Last, because some of its rules report the name together with the value.
  findBySecretlint,
];

/**
 * Finds the secrets of a text with all detectors.
 *
 * @returns findings in order of their offsets, without overlaps, none across a line end.
 */
export function findSecrets(text: string): SecretFinding[] {
  let accepted: SecretFinding[] = [];
  for (const detect of DETECTORS) {
    accepted = sorted([...accepted, ...withoutOverlaps(detect(text), accepted)]);
  }
  return accepted;
}

/**
 * Adds the further places where a secret stands without what gave it away, such as in a comment.
 *
 * @param found what `findSecrets` gave for this text.
 * @param known the secrets to look for: those of this text and of the others of its request.
 */
export function findKnown(
  text: string,
  found: readonly SecretFinding[],
  known: readonly KnownSecret[],
): SecretFinding[] {
  return sorted([...found, ...withoutOverlaps(findRepeats(text, known), found)]);
}

function sorted(findings: readonly SecretFinding[]): SecretFinding[] {
  return [...findings].sort((left, right) => left.start - right.start || right.end - left.end);
}

/** Those of `candidates` that touch neither `occupied` nor one another. */
function withoutOverlaps(
  candidates: readonly SecretFinding[],
  occupied: readonly SecretFinding[],
): SecretFinding[] {
  const kept: SecretFinding[] = [];
  let next = 0;
  let coveredUpTo = 0;
  for (const candidate of sorted(candidates)) {
    while (next < occupied.length && (occupied[next]?.end ?? 0) <= candidate.start) next += 1;
    const nextStart = occupied[next]?.start ?? Infinity;
    if (
      candidate.start < coveredUpTo ||
      candidate.end > nextStart ||
      candidate.start >= candidate.end
    )
      continue;
    kept.push(candidate);
    coveredUpTo = candidate.end;
  }
  return kept;
}

/** Shorter or plainer values than these occur by chance. */
function isDistinctive(value: string): boolean {
  return value.length >= 8 && characterClasses(value) >= 2;
}

function findRepeats(text: string, secrets: readonly KnownSecret[]): SecretFinding[] {
  const repeats: SecretFinding[] = [];
  for (const { value, kind, rule, block } of new Map(
    secrets.map((each) => [each.value, each]),
  ).values()) {
    if (!isDistinctive(value)) continue;
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      const end = at + value.length;
      if (/\w/.test(text.charAt(at - 1)) || /\w/.test(text.charAt(end))) continue;
      repeats.push({ start: at, end, kind, rule, ...(block === undefined ? {} : { block }) });
    }
  }
  return repeats;
}
