import { findAssignedSecrets } from './assignments';
import { findBlockScalars } from './blockScalars';
import { findKnownTokens } from './knownTokens';
import { findKubernetesSecrets } from './kubernetesSecrets';
import { findPrivateKeys } from './privateKeys';
import type { RepeatFinder } from './repeatedSecrets';
import type { SecretDetector, SecretFinding } from './secretFinding';
import { findBySecretlint } from './secretlintRules';
import { findStructuredSecrets } from './structuredSecrets';

/** The more specific ones come first: of two findings that overlap, the earlier detector's stays. */
const DETECTORS: readonly SecretDetector[] = [
  findPrivateKeys,
  findStructuredSecrets,
  findKnownTokens,
  findKubernetesSecrets,
  findBlockScalars,
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
 * @param repeats finds the secrets of this text and of the others of its request.
 */
export function addRepeats(
  text: string,
  found: readonly SecretFinding[],
  repeats: RepeatFinder,
): SecretFinding[] {
  return sorted([...found, ...withoutOverlaps(repeats.find(text), found)]);
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
