import assert from 'node:assert/strict';

import { outcomeMarker } from '../../../src/delegation/run/markers';

import type { RunEvent, RunResult } from '../../../src/delegation/run/run';
import type { RunPorts } from '../../../src/delegation/ports';
import { runTask } from '../../../src/delegation/runTask';

import type { StreamEvent } from '../../../src/openrouter/streamEvent';
import type { Usage } from '../../../src/openrouter/usage';
import {
  type RequestChange,
  defaultModels,
  end,
  requestWith,
  start,
  textDelta,
  update,
} from './kit';
import { type Script, ScriptedClient, type Step, nonceOf } from './scriptedClient';
import { ManualClock } from '../../support/manualClock';

export const usage: Usage = {
  promptTokens: 1500,
  completionTokens: 60,
  totalTokens: 1560,
  cachedTokens: 0,
  costNanoUsd: 6_100_000,
  isByok: false,
  toolCallsExecuted: 1,
};
export const usageEvent: StreamEvent = { type: 'usage-available', usage };

export interface Running {
  readonly client: ScriptedClient;
  readonly clock: ManualClock;
  readonly events: RunEvent[];
  readonly controller: AbortController;
  readonly result: Promise<RunResult>;
}

export interface RunOptions {
  readonly change?: RequestChange;
  readonly scripts: readonly (Script | readonly Step[])[];
  readonly ports?: Partial<RunPorts>;
  readonly onEvent?: (event: RunEvent, running: { controller: AbortController }) => void;
}

export function begin({ change, scripts, ports, onEvent }: RunOptions): Running {
  const client = new ScriptedClient(...scripts);
  const clock = new ManualClock(1_000_000);
  const controller = new AbortController();
  const events: RunEvent[] = [];
  const result = runTask(
    requestWith(change),
    { client, clock, models: defaultModels, random: () => 0.5, ...ports },
    (event) => {
      events.push(event);
      onEvent?.(event, { controller });
    },
    controller.signal,
  );
  return { client, clock, events, controller, result };
}

export function run(
  scripts: readonly (Script | readonly Step[])[],
  change?: RequestChange,
): Promise<RunResult> {
  return begin({ scripts, ...(change ? { change } : {}) }).result;
}

export const marker = (request: Parameters<Script>[0], taskName = 'summarize'): string =>
  outcomeMarker(nonceOf(request), taskName);

/** A run as it should go. */
export const goodScript: Script = (request) => [
  start,
  { type: 'heartbeat-received' },
  update({ status: 'running', outcome: null }),
  update({ outcome: 'It adds numbers.' }),
  textDelta(marker(request).slice(0, 9)),
  textDelta(marker(request).slice(9)),
  usageEvent,
  end(),
];

export function codeOf(result: RunResult): string | undefined {
  assert.equal(result.status, 'failed');
  assert.equal(result.outcome, null);
  return result.error.code;
}

export function shownText(events: readonly RunEvent[]): string {
  return events.map((event) => (event.type === 'answer-delta' ? event.text : '')).join('');
}
