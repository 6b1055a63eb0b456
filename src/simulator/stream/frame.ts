import type { Shapes } from './shapes';

/** A piece of an event stream before it is encoded; the control frames exist for faults. */
export type Frame =
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'data'; readonly payload: Readonly<Record<string, unknown>> }
  /** `data: [DONE]` */
  | { readonly kind: 'done' }
  /** Bytes that go out as they are. */
  | { readonly kind: 'raw'; readonly bytes: Uint8Array }
  /** Ends the response here; the rest of the stream is dropped. */
  | { readonly kind: 'cut' }
  /** Breaks the connection here. */
  | { readonly kind: 'reset' }
  /** From here on only comments go out, and the response does not end, until the client leaves. */
  | { readonly kind: 'stall' }
  /** From here on nothing goes out, and the response does not end, until the client leaves. */
  | { readonly kind: 'hang' };

export function dataFrame(payload: Readonly<Record<string, unknown>>): Frame {
  return { kind: 'data', payload };
}

/** Comment that the API sends while it works (API reference, streaming). */
const HEARTBEAT: Frame = { kind: 'comment', text: 'OPENROUTER PROCESSING' };
/** The same on Responses since July 2026. */
const BARE_HEARTBEAT: Frame = { kind: 'comment', text: '' };

export function heartbeatOf(protocol: 'chat' | 'responses', shapes: Shapes): Frame {
  return protocol === 'responses' && shapes === 'recorded' ? BARE_HEARTBEAT : HEARTBEAT;
}

/** How frames become bytes; each piece is written by itself. */
export type Encoder = (frame: Frame) => readonly Uint8Array[];

/** Plain SSE framing with LF. Control frames have no bytes. */
export function encodeFrame(frame: Frame): readonly Uint8Array[] {
  switch (frame.kind) {
    case 'comment':
      return [Buffer.from(frame.text === '' ? ':\n\n' : `: ${frame.text}\n\n`)];
    case 'data':
      return [Buffer.from(`data: ${JSON.stringify(frame.payload)}\n\n`)];
    case 'done':
      return [Buffer.from('data: [DONE]\n\n')];
    case 'raw':
      return [frame.bytes];
    case 'cut':
    case 'reset':
    case 'stall':
    case 'hang':
      return [];
  }
}
