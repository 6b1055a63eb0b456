import { asArray, asRecord } from '../../common/json';
import type { Move } from '../orchestrators/policy';
import { dataFrame, type Frame } from '../stream/frame';
import type { Fault, FrameFilter } from './fault';
import { isContent, isFinish, isUsage, replaceFirst, withUsage } from './frames';

const CUT: Frame = { kind: 'cut' };

function changingUsage(
  change: (usage: Record<string, unknown>) => Record<string, unknown> | null | undefined,
): Fault {
  return { filter: () => (frame) => [withUsage(frame, change)] };
}

function withoutCost(usage: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(usage).filter(([key]) => !key.startsWith('cost')));
}

/** Ends right before the finish; on Responses also without the message's own end. */
function endWithoutTerminal(): FrameFilter {
  return replaceFirst(
    (frame) => isFinish(frame) || isEventOf(frame, 'response.output_text.done'),
    () => [CUT],
  );
}

function isEventOf(frame: Frame, type: string): boolean {
  return frame.kind === 'data' && frame.payload['type'] === type;
}

/** Chat only: the finish reason comes again on the chunk that has the usage. */
function repeatFinish(): FrameFilter {
  let finish: unknown = null;
  return (frame) => {
    if (frame.kind !== 'data') return [frame];
    const choice = asRecord(asArray(frame.payload['choices'])[0]);
    if (!choice) return [frame];
    finish ??= choice['finish_reason'];
    return isUsage(frame)
      ? [dataFrame({ ...frame.payload, choices: [{ ...choice, finish_reason: finish }] })]
      : [frame];
  };
}

function withoutSecond(): FrameFilter {
  let deltas = 0;
  return (frame) => (isContent(frame) && ++deltas === 2 ? [] : [frame]);
}

/** Half of the answer's text and the finish reason `length`. */
function cutShort(move: Move) {
  const text = move.text.slice(0, Math.ceil(move.text.length / 2));
  return { move: { ...move, text }, finishReason: 'length' as const };
}

/** Streams that end too early, twice, oddly, or without saying what they cost. */
export const endFaults = {
  'end-without-terminal': { filter: endWithoutTerminal },
  'end-before-usage': {
    // On Responses the terminal event has the usage, so it is what is missing.
    filter: (protocol) =>
      protocol === 'chat'
        ? replaceFirst(isUsage, () => [CUT])
        : replaceFirst(isFinish, () => [CUT]),
  },
  'end-mid-json': {
    filter: () =>
      replaceFirst(isFinish, (frame) => [
        {
          kind: 'raw',
          bytes: Buffer.from(
            frame.kind === 'data' ? `data: ${JSON.stringify(frame.payload).slice(0, 40)}` : '',
          ),
        },
        CUT,
      ]),
  },
  'no-done': { filter: () => (frame) => (frame.kind === 'done' ? [CUT] : [frame]) },
  'duplicate-finish': { filter: repeatFinish },
  'finish-tool-calls': {
    lastTurn: (move) => ({ move: { ...move, text: '' }, finishReason: 'tool_calls' }),
  },
  length: { lastTurn: cutShort },
  'content-filter': {
    lastTurn: (move) => ({ move: { ...move, text: '' }, finishReason: 'content_filter' }),
  },
  'empty-answer': { lastTurn: (move) => ({ move: { ...move, text: '' }, finishReason: 'stop' }) },
  'usage-missing': changingUsage(() => undefined),
  'usage-null': changingUsage(() => null),
  'cost-absent': changingUsage(withoutCost),
  'cost-null': changingUsage((usage) => ({ ...usage, cost: null })),
  'cost-zero': changingUsage((usage) => ({ ...usage, cost: 0 })),
  /** The guide's spelling of the tool counter, instead of the schema's. */
  'usage-guide-spelling': changingUsage(({ server_tool_use_details: counters, ...usage }) => ({
    ...usage,
    ...(counters === undefined ? {} : { server_tool_use: counters }),
  })),
  byok: { isByok: true },
  /** Usage on a chunk without choices, as one page of the guide has it. */
  'usage-without-choices': {
    filter: () => (frame) =>
      frame.kind === 'data' && isUsage(frame)
        ? [dataFrame({ ...frame.payload, choices: [] })]
        : [frame],
  },
  /** No text delta comes: on Responses the text is in the items only, on chat nowhere. */
  'text-missing': { filter: () => (frame) => (isContent(frame) ? [] : [frame]) },
  /** The second text delta is lost: on Responses the items tell, on chat nothing does. */
  'piece-lost': { filter: withoutSecond },
} as const satisfies Readonly<Record<string, Fault>>;
