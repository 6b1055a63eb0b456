import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BenchResult } from './result';
import { versions } from './versions';

/** The bench for machines: the last figures of each part, and what they were measured with. */
export interface BenchReport {
  readonly versions: Readonly<Record<string, unknown>>;
  readonly parts: Record<string, { readonly at: string; readonly results: readonly BenchResult[] }>;
}

/** Reads the report of earlier runs; an empty one when there is none of this machine and versions. */
export function readReport(file: string): BenchReport {
  const now = versions();
  try {
    const earlier = JSON.parse(readFileSync(file, 'utf8')) as Partial<BenchReport>;
    if (earlier.parts && isDeepStrictEqual(earlier.versions, now)) {
      return { versions: now, parts: earlier.parts };
    }
  } catch {
    // There is none, or it is not readable: the parts are measured again.
  }
  return { versions: now, parts: {} };
}

export function writeReport(file: string, report: BenchReport): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(report, null, 2));
}
