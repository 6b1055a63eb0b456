import type { FaultName } from '../../../src/simulator/faults/faults';
import type { Protocol } from '../../../src/openrouter/wire';
import { samples } from '../../integration/support/samples';

/** One run of the soak: a command on a file, and what happens to it. */
export interface SoakRun {
  readonly command: string;
  readonly args: readonly unknown[];
  /** Index of the file among `soakFiles`. */
  readonly file: number;
  readonly protocol: Protocol;
  readonly fault: FaultName | null;
  /** Whether it is cancelled once the answer has begun. */
  readonly isCancelled: boolean;
  /** What becomes of the draft, if one is made. */
  readonly draftCommand: 'delegate.applyDraft' | 'delegate.discardDraft';
}

/** Names and texts of the files that the soak works on. */
export const soakFiles = samples
  .filter(({ canBeDocumented }) => canBeDocumented)
  .map(({ extension, text }) => ({ name: `sample.${extension}`, text }));

/** Settings cost the editor time, so the protocol changes now and then only. */
const RUNS_OF_A_PROTOCOL = 50;

const REFORMAT = 'delegate.reformatSelection';

const jobs: readonly (readonly [command: string, ...args: readonly unknown[]])[] = [
  ['delegate.summarizeSelection'],
  ['delegate.draftDocstring'],
  [REFORMAT],
  ['delegate.extractFromSelection', { preset: 'todos' }],
  ['delegate.draftRefactor', { instruction: 'rename total to sum' }],
  ['delegate.runTask', { instruction: 'Count the lines' }],
];

/** Each ends at once, in a different way: refused, broken off, without an answer, without a bill. */
const faults: readonly FaultName[] = [
  '400',
  '402',
  'reset-after-text',
  'error-integer-code',
  'response-failed',
  'end-without-terminal',
  'invalid-utf8',
  'length',
  'content-filter',
  'worker-failed-all',
  'unknown-marker',
  'usage-null',
];

/** An answer that begins and never ends; only Cancel ends it in time. */
const ENDLESS: FaultName = 'heartbeats-after-text';

/** The `index`-th run; the periods have no common factor, so that everything meets everything. */
export function soakRun(index: number): SoakRun {
  const [command, ...args] = jobs[index % jobs.length] ?? [REFORMAT];
  const isCancelled = index % 11 === 10;
  const isFaulty = index % 7 === 6;
  const fault = faults[Math.floor(index / 7) % faults.length] ?? null;
  return {
    command,
    args,
    file: Math.floor(index / jobs.length) % soakFiles.length,
    protocol: Math.floor(index / RUNS_OF_A_PROTOCOL) % 2 === 0 ? 'responses' : 'chat',
    fault: isCancelled ? ENDLESS : isFaulty ? fault : null,
    isCancelled,
    // Apply asks about what is not proven; of a reformat the layout is.
    draftCommand: command === REFORMAT ? 'delegate.applyDraft' : 'delegate.discardDraft',
  };
}
