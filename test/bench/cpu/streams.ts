import type { Protocol } from '../../../src/openrouter/wire';

/** The body of a streamed answer, frame by frame, and the text that it brings. */
export interface StreamBody {
  readonly frames: readonly string[];
  readonly textCharacters: number;
}

/** Code and prose as answers have them: escapes, and now and then a character outside of ASCII. */
const SAMPLE = `/** Reads one record – or null when "the file" ends before it. */
export function readRecord(bytes: Buffer, at: number): Record | null {
  if (at + HEADER_BYTES > bytes.length) return null;
\tconst length = bytes.readUInt32LE(at + 4); // kept in naïve little-endian
  return { kind: bytes[at] ?? 0, length, text: bytes.toString('utf8', at + 8, at + 8 + length) };
}

The function returns early when fewer than \`HEADER_BYTES\` bytes are left, so that a file which is
still being written is read up to its last whole record. Costs: one look-up per record, ≈ 40 ns.

`;
const PIECE_CHARACTERS = [12, 24, 41, 33, 18, 52, 29];
const GENERATION_ID = 'gen-1774000000-Zq8mBv3TnYx0sLr5KcWd';
const MODEL = 'anthropic/claude-opus-5.5';
const ITEM_ID = 'msg_tmp_q8mbv3tnyx0';

/**
 * An answer whose body has at least `bytes` bytes of deltas.
 *
 * @param pieceScale 1 for pieces of a few dozen characters, as models write them.
 */
export function streamBody(protocol: Protocol, bytes: number, pieceScale = 1): StreamBody {
  const delta = protocol === 'chat' ? chatDelta : responsesDelta;
  const frames = protocol === 'chat' ? [] : responsesOpening();
  let text = '';
  let size = 0;
  for (let n = 0; size < bytes; n += 1) {
    const piece = pieceNumber(n, text.length, pieceScale);
    const frame = delta(piece, n);
    frames.push(frame);
    text += piece;
    size += frame.length;
  }
  frames.push(...(protocol === 'chat' ? chatEnd() : responsesEnd(text, frames.length)));
  return { frames, textCharacters: text.length };
}

function pieceNumber(n: number, position: number, scale: number): string {
  const from = position % SAMPLE.length;
  const length = (PIECE_CHARACTERS[n % PIECE_CHARACTERS.length] ?? 1) * scale;
  return SAMPLE.slice(from, from + length);
}

function frame(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** Shape as recorded from the API: every delta repeats the role and the head. */
function chatDelta(content: string, _n: number, finish: string | null = null): string {
  return frame({
    id: GENERATION_ID,
    provider: 'Anthropic',
    model: MODEL,
    object: 'chat.completion.chunk',
    created: 1774000000,
    choices: [
      {
        index: 0,
        delta: { role: 'assistant', content },
        finish_reason: finish,
        native_finish_reason: finish === null ? null : 'end_turn',
        logprobs: null,
      },
    ],
  });
}

function chatEnd(): string[] {
  const usage = {
    prompt_tokens: 1840,
    completion_tokens: 420,
    total_tokens: 2260,
    cost: 0.0061,
    is_byok: false,
    prompt_tokens_details: { cached_tokens: 0 },
    cost_details: {
      upstream_inference_cost: null,
      upstream_inference_prompt_cost: 0.0031,
      upstream_inference_completions_cost: 0.003,
    },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
  const last = JSON.parse(chatDelta('', 0).slice('data: '.length)) as Record<string, unknown>;
  return [chatDelta('', 0, 'stop'), frame({ ...last, usage }), 'data: [DONE]\n\n'];
}

function response(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    id: GENERATION_ID,
    object: 'response',
    created_at: 1774000000,
    model: MODEL,
    error: null,
    incomplete_details: null,
    tools: [],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    metadata: {},
    ...fields,
  };
}

function message(text: string, status: string): Record<string, unknown> {
  const content = text === '' ? [] : [{ type: 'output_text', text, annotations: [] }];
  return { id: ITEM_ID, type: 'message', role: 'assistant', status, content };
}

/** What comes on `/responses` before the first piece of text. */
export function responsesOpening(): string[] {
  const opened = response({ status: 'in_progress', output: [] });
  const at = { output_index: 0, item_id: ITEM_ID, content_index: 0 };
  const part = { type: 'output_text', text: '', annotations: [] };
  return [
    frame({ type: 'response.created', response: opened, sequence_number: 0 }),
    frame({ type: 'response.in_progress', response: opened, sequence_number: 1 }),
    frame({
      type: 'response.output_item.added',
      output_index: 0,
      item: message('', 'in_progress'),
      sequence_number: 2,
    }),
    frame({ type: 'response.content_part.added', ...at, part, sequence_number: 3 }),
  ];
}

/** A piece of text, the `n`-th from 0. */
export function responsesDelta(delta: string, n: number): string {
  return frame({
    type: 'response.output_text.delta',
    logprobs: [],
    output_index: 0,
    item_id: ITEM_ID,
    content_index: 0,
    delta,
    sequence_number: n + 4,
  });
}

/** The protocol tells the whole text four times more; `first` is the first frame's number. */
export function responsesEnd(text: string, first: number): string[] {
  const at = { output_index: 0, item_id: ITEM_ID, content_index: 0 };
  const part = { type: 'output_text', text, annotations: [] };
  const item = message(text, 'completed');
  const usage = {
    input_tokens: 1840,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 420,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 2260,
    cost: 0.0061,
    is_byok: false,
  };
  return [
    { type: 'response.output_text.done', ...at, text, logprobs: [] },
    { type: 'response.content_part.done', ...at, part },
    { type: 'response.output_item.done', output_index: 0, item },
    {
      type: 'response.completed',
      response: response({ status: 'completed', output: [item], usage }),
    },
  ].map((event, n) => frame({ ...event, sequence_number: first + n }));
}
