import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FrameTemplate } from '../../../../src/openrouter/stream/frameTemplate';
import { decodeBody, describeEvents } from './decodeStream';

/** A delta of Chat Completions with everything that may stand beside its text. */
interface Delta {
  readonly content: string;
  readonly model: string;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly choice: Readonly<Record<string, unknown>>;
  readonly frame: Readonly<Record<string, unknown>>;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('"', '\\', '\\"', '","content":"', '}]}', '"content":"', '\u2028', '\ud800'),
);
const often = fc.constant({});
const delta: fc.Arbitrary<Delta> = fc.record({
  content: text,
  model: fc.constantFrom('a/one', 'a/one', 'a/one', 'b/two', '~c/three'),
  extra: fc.oneof(
    { weight: 6, arbitrary: often },
    fc.constantFrom({ reasoning: 'hm' }, { refusal: 'no' }, { content: null }, { role: 'a' }),
  ),
  choice: fc.oneof(
    { weight: 6, arbitrary: often },
    fc.constantFrom({ finish_reason: 'stop' }, { finish_reason: null }, { error: { code: 500 } }),
  ),
  frame: fc.oneof(
    { weight: 6, arbitrary: often },
    fc.constantFrom({ usage: { prompt_tokens: 1, cost: 0.1 } }, { usage: null }, { error: 'x' }),
  ),
});

function frameOf({ content, model, extra, choice, frame }: Delta): Record<string, unknown> {
  const choices = [{ index: 0, delta: { role: 'assistant', content, ...extra }, ...choice }];
  return { id: 'gen-1', model, choices, ...frame };
}

function events(frames: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const body = frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join('');
  const chunks = [Buffer.from(`${body}data: [DONE]\n\n`)];
  return describeEvents(decodeBody({ protocol: 'chat', contentType: 'text/event-stream', chunks }));
}

suite('frames that differ in their text only', () => {
  test('are read as if each were parsed, whatever stands around the text', () => {
    fc.assert(
      fc.property(fc.array(delta, { maxLength: 12 }), (deltas) => {
        const frames = deltas.map(frameOf);
        // A number of its own keeps a frame from being like any other, and means nothing.
        const unlike = frames.map((frame, n) => ({ ...frame, n }));
        assert.deepEqual(events(frames), events(unlike));
      }),
      { numRuns: 2_000, seed: 20_261 },
    );
  });

  const readText = (frame: unknown): string | null =>
    (frame as { content?: string | null }).content ?? null;

  function taught(data: string): FrameTemplate {
    const template = new FrameTemplate(readText);
    template.learn(data, JSON.parse(data));
    return template;
  }

  for (const [title, known, next, expected] of [
    ['another text', '{"content":"a","n":1}', '{"content":"b","n":1}', 'b'],
    ['no text', '{"content":"a","n":1}', '{"content":"","n":1}', ''],
    ['white space', '{"content": "a"}', '{"content": "b"}', 'b'],
    ['escapes', '{"content":"\\\\\\""}', '{"content":"\\u00e9\\n"}', 'é\n'],
    ['a different field', '{"content":"a","n":1}', '{"content":"b","n":2}', null],
    ['a second field', '{"content":"a"}', '{"content":"b","content":"c"}', null],
    ['a cut frame', '{"content":"a"}', '{"content":"}', null],
    ['a bad escape', '{"content":"a"}', '{"content":"\\x"}', null],
    ['a line feed in the text', '{"content":"a"}', '{"content":"\n"}', null],
    [
      'the text of a string inside',
      '{"q":"\\"content\\":\\"x\\"","content":"a"}',
      '{"q":"\\"content\\":\\"y\\"","content":"a"}',
      null,
    ],
    [
      'a key of the same name further in',
      '{"in":{"content":"i"},"content":"a"}',
      '{"in":{"content":"j"},"content":"a"}',
      null,
    ],
  ] as const) {
    test(`after ${known}: ${title}`, () => {
      assert.equal(taught(known).read(next), expected);
    });
  }

  test('a frame that is parsed makes the template forget', () => {
    const template = taught('{"content":"a"}');
    template.learn('{"model":"b"}', { model: 'b' });
    assert.equal(template.read('{"content":"c"}'), null);
  });

  test('a stream without a pattern costs a few lessons only', () => {
    let readings = 0;
    const template = new FrameTemplate((frame) => {
      readings += 1;
      return readText(frame);
    });
    for (let n = 0; n < 100; n += 1) {
      const data = `{"content":"a","n":${n}}`;
      assert.equal(template.read(data), null);
      template.learn(data, JSON.parse(data));
    }
    assert.ok(readings < 10, `${readings} readings`);
  });
});
