import assert from 'node:assert/strict';
import type { RunPorts, Verdict } from '../../../src/delegation/ports';
import type { RunEvent, RunResult } from '../../../src/delegation/run/run';
import type { StreamEvent } from '../../../src/openrouter/streamEvent';
import type { WireRequest } from '../../../src/openrouter/wire';
import { builtInTasks } from '../../../src/tasks/catalog';
import { type RequestChange, end, promptsOf, start, textDelta, update } from './kit';
import { type Running, begin, marker, usage } from './runKit';
import type { Script, Step } from './scriptedClient';

const TEXT = 'export const one = 1;\n';
export const DOCSTRING: RequestChange = {
  task: builtInTasks.docstring,
  text: TEXT,
  settings: { routing: 'worker-first' },
};
export const ANSWER = '[[1,"The number one."]]';
export const VERIFIED: Verdict = { isVerified: true };
export const WRONG: Verdict = { isVerified: false, reason: '2 code changes, first in line 1' };

export function bill(costNanoUsd: number | null): StreamEvent {
  return { type: 'usage-available', usage: { ...usage, costNanoUsd, toolCallsExecuted: null } };
}

/** A worker's whole answer as the request with the given number. */
export function answer(number: number, text = ANSWER, costNanoUsd: number | null = number): Step[] {
  return [
    { ...start, generationId: `gen-${number}` } as StreamEvent,
    textDelta(text),
    bill(costNanoUsd),
    { ...end(), generationId: `gen-${number}` } as StreamEvent,
  ];
}

export const delegated: Script = (request) => [
  { ...start, generationId: 'gen-3' } as StreamEvent,
  update({ taskName: 'docstring', outcome: ANSWER }),
  textDelta(marker(request, 'docstring')),
  bill(100),
  { ...end(), generationId: 'gen-3' } as StreamEvent,
];

export function judged(...verdicts: readonly (Verdict | Error)[]): NonNullable<RunPorts['prove']> {
  const left = [...verdicts];
  return () => {
    const next = left.shift();
    if (next === undefined) throw new Error('asked once too often');
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
}

export function beginJudged(
  scripts: readonly (Script | readonly Step[])[],
  prove: RunPorts['prove'],
  more: { readonly change?: RequestChange; readonly ports?: Partial<RunPorts> } = {},
): Running {
  const ports = { ...(prove ? { prove } : {}), ...more.ports };
  return begin({ change: more.change ?? DOCSTRING, scripts, ports });
}

export function input(request: WireRequest | undefined): string {
  assert.ok(request);
  return promptsOf(request).input;
}

export const steps = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'step-start' ? [`${event.step}:${event.rejected?.code ?? 'none'}`] : [],
  );

export function assertDone(result: RunResult): void {
  assert.equal(result.error, null);
  assert.deepEqual(result.outcome, {
    format: 'insertions',
    insertions: [{ line: 1, text: 'The number one.' }],
  });
}
