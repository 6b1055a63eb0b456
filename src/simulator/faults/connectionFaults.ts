import type { Frame } from '../stream/frame';
import type { Fault } from './fault';
import { isContent, isFinish, replaceFirst } from './frames';

/** Half of an event's bytes: the line neither ends nor parses. */
function half(frame: Frame): Frame {
  const text = frame.kind === 'data' ? `data: ${JSON.stringify(frame.payload)}` : '';
  return { kind: 'raw', bytes: Buffer.from(text.slice(0, Math.ceil(text.length / 2))) };
}

/** Connections that break, fall silent or never answer. */
export const connectionFaults = {
  'reset-before-headers': { intercept: () => ({ kind: 'reset' }) },
  'no-headers': { intercept: () => ({ kind: 'ignore' }) },
  /** One heartbeat, then no byte. The work goes on behind it, and is billed. */
  silence: { filter: () => (frame) => [frame, { kind: 'hang' }] },
  'silence-after-text': {
    filter: () => replaceFirst(isContent, (frame) => [frame, { kind: 'hang' }]),
  },
  'heartbeats-forever': { filter: () => (frame) => [frame, { kind: 'stall' }] },
  'heartbeats-after-text': {
    filter: () => replaceFirst(isContent, (frame) => [frame, { kind: 'stall' }]),
  },
  'reset-before-text': { filter: () => replaceFirst(isContent, () => [{ kind: 'reset' }]) },
  'reset-after-text': { filter: () => replaceFirst(isFinish, () => [{ kind: 'reset' }]) },
  'reset-mid-event': {
    filter: () => {
      let texts = 0;
      return (frame) => {
        if (!isContent(frame)) return [frame];
        texts += 1;
        return texts < 2 ? [frame] : [half(frame), { kind: 'reset' }];
      };
    },
  },
} as const satisfies Readonly<Record<string, Fault>>;
