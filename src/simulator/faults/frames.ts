import { asArray, asRecord } from '../../common/json';
import type { Frame } from '../stream/frame';

/** What a frame is to a reader, in either protocol. */
export type FrameRole = 'content' | 'finish' | 'usage' | 'other';

/**
 * Tells frames apart. On chat, finish and usage are two chunks; on Responses the terminal event is
 * both and counts as `finish`.
 */
function roleOf(frame: Frame): FrameRole {
  if (frame.kind !== 'data') return 'other';
  const { payload } = frame;
  const type = payload['type'];
  if (typeof type === 'string') return roleOfEvent(type);
  const choice = asRecord(asArray(payload['choices'])[0]);
  if (payload['usage']) return 'usage';
  if (choice?.['finish_reason']) return 'finish';
  return asRecord(choice?.['delta'])?.['content'] ? 'content' : 'other';
}

function roleOfEvent(type: string): FrameRole {
  if (type === 'response.output_text.delta') return 'content';
  return type === 'response.completed' || type === 'response.incomplete' ? 'finish' : 'other';
}

/** The object that carries `usage` in a frame: the chunk itself, or the terminal response. */
export function withUsage(
  frame: Frame,
  change: (usage: Record<string, unknown>) => Record<string, unknown> | null | undefined,
): Frame {
  if (frame.kind !== 'data') return frame;
  const { payload } = frame;
  const response = asRecord(payload['response']);
  if (response && 'usage' in response) {
    return { ...frame, payload: { ...payload, response: replaceUsage(response, change) } };
  }
  return 'usage' in payload ? { ...frame, payload: replaceUsage(payload, change) } : frame;
}

function replaceUsage(
  owner: Readonly<Record<string, unknown>>,
  change: (usage: Record<string, unknown>) => Record<string, unknown> | null | undefined,
): Record<string, unknown> {
  const { usage, ...rest } = owner;
  const record = asRecord(usage);
  if (!record) return owner;
  const changed = change(record);
  return changed === undefined ? rest : { ...rest, usage: changed };
}

/** Lets frames through until one matches, then gives what comes in its place. */
export function replaceFirst(
  matches: (frame: Frame) => boolean,
  replacement: (frame: Frame) => readonly Frame[],
): (frame: Frame) => readonly Frame[] {
  let isDone = false;
  return (frame) => {
    if (isDone || !matches(frame)) return [frame];
    isDone = true;
    return replacement(frame);
  };
}

export function isContent(frame: Frame): boolean {
  return roleOf(frame) === 'content';
}

/** The frame with which an answer is over, but for its usage on chat. */
export function isFinish(frame: Frame): boolean {
  return roleOf(frame) === 'finish';
}

export function isUsage(frame: Frame): boolean {
  return roleOf(frame) === 'usage';
}
