import { dataFrame, encodeFrame, type Encoder, type Frame } from '../stream/frame';
import type { Fault } from './fault';
import { isContent, replaceFirst } from './frames';

/** Encodes with another line end. */
function lineEnds(end: string): Encoder {
  return (frame) =>
    encodeFrame(frame).map((bytes) =>
      Buffer.from(Buffer.from(bytes).toString('utf8').replaceAll('\n', end)),
    );
}

/** Pieces of so few bytes that characters, lines and events are split. */
function inPieces(bytesPerPiece: number): Encoder {
  return (frame) =>
    encodeFrame(frame).flatMap((bytes) => {
      const pieces: Uint8Array[] = [];
      for (let start = 0; start < bytes.length; start += bytesPerPiece) {
        pieces.push(bytes.subarray(start, start + bytesPerPiece));
      }
      return pieces;
    });
}

/** JSON over several `data:` lines, which the format joins with line ends. */
function multiLine(frame: Frame): readonly Uint8Array[] {
  if (frame.kind !== 'data') return encodeFrame(frame);
  const lines = JSON.stringify(frame.payload, null, 1).split('\n');
  return [Buffer.from(`${lines.map((line) => `data: ${line}`).join('\n')}\n\n`)];
}

function noSpace(frame: Frame): readonly Uint8Array[] {
  return frame.kind === 'data'
    ? [Buffer.from(`data:${JSON.stringify(frame.payload)}\n\n`)]
    : encodeFrame(frame);
}

/** Field lines besides `data`, which the format allows. */
function withFields(frame: Frame): readonly Uint8Array[] {
  if (frame.kind !== 'data') return encodeFrame(frame);
  const event = typeof frame.payload['type'] === 'string' ? frame.payload['type'] : 'message';
  return [
    Buffer.from(`event: ${event}\nid: 1\nretry: 3000\ndata: ${JSON.stringify(frame.payload)}\n\n`),
  ];
}

/** A proxy that makes data of comments. */
function commentAsData(frame: Frame): readonly Uint8Array[] {
  return frame.kind === 'comment' ? [Buffer.from(`data: : ${frame.text}\n\n`)] : encodeFrame(frame);
}

const TEN_MEGABYTES = 10_000_000;

/** Bytes that are not UTF-8, in the middle of the first text. */
function breakUtf8(frame: Frame): readonly Frame[] {
  const [bytes] = encodeFrame(frame);
  if (!bytes) return [frame];
  const text = Buffer.from(bytes);
  const at = text.indexOf(
    Buffer.from(frame.kind === 'data' && 'type' in frame.payload ? '"delta":"' : '"content":"'),
  );
  const start = text.indexOf('"', text.indexOf(':', at)) + 1;
  return [
    {
      kind: 'raw',
      bytes: Buffer.concat([
        text.subarray(0, start),
        Buffer.from([0xff, 0xc3]),
        text.subarray(start),
      ]),
    },
  ];
}

/** Fields and events that no version of the API has yet. */
function fromTheFuture(frame: Frame): readonly Frame[] {
  if (frame.kind !== 'data') return [frame];
  const { payload } = frame;
  const stranger =
    'type' in payload
      ? dataFrame({ type: 'response.mood.delta', mood: 'curious', sequence_number: -1 })
      : dataFrame({ ...payload, choices: [{ index: 0, delta: { mood: 1 }, finish_reason: null }] });
  return [stranger, dataFrame({ ...payload, new_field: { nested: [1, null] } })];
}

/** Frames that are cut, joined or decorated in every way that a reader must bear. */
export const framingFaults = {
  crlf: { encode: lineEnds('\r\n') },
  cr: { encode: lineEnds('\r') },
  'split-writes': { encode: inPieces(3) },
  'multi-line-data': { encode: multiLine },
  'no-space': { encode: noSpace },
  'extra-fields': { encode: withFields },
  'comment-as-data': { encode: commentAsData },
  'invalid-json-frame': {
    filter: () =>
      replaceFirst(isContent, (frame) => [
        { kind: 'raw', bytes: Buffer.from('data: {"id": "gen-1", "choices": [\n\n') },
        frame,
      ]),
  },
  'invalid-utf8': { filter: () => replaceFirst(isContent, breakUtf8) },
  'long-line': {
    filter: () =>
      replaceFirst(isContent, (frame) => [
        dataFrame({
          ...('payload' in frame && 'type' in frame.payload
            ? { type: 'response.padding', sequence_number: -1 }
            : { object: 'chat.completion.chunk', choices: [] }),
          padding: 'x'.repeat(TEN_MEGABYTES),
        }),
        frame,
      ]),
  },
  'unknown-fields': { filter: () => fromTheFuture },
  /** One character a delta, so that every marker is split everywhere. */
  'marker-split': { pacing: { charsPerDelta: 1 } },
} as const satisfies Readonly<Record<string, Fault>>;
