import assert from 'node:assert/strict';
import { decodeBody, describeEvents } from './decodeStream';
import * as fc from 'fast-check';
import { Utf8Decoder } from '../../../../src/openrouter/stream/utf8';

function decode(chunks: readonly Buffer[]): { readonly text: string; readonly isBroken: boolean } {
  const decoder = new Utf8Decoder();
  let text = '';
  for (const chunk of chunks) {
    text += decoder.decode(chunk);
    if (decoder.isBroken) break;
  }
  return { text, isBroken: decoder.isBroken };
}

suite('Utf8Decoder', () => {
  test('gives back any text, however its bytes are cut', () => {
    const cuts = fc.array(fc.nat(60), { maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), cuts, (text, offsets) => {
        const bytes = Buffer.from(text);
        const ends = [...offsets.filter((end) => end < bytes.length), bytes.length];
        ends.sort((a, b) => a - b);
        const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
        assert.deepEqual(decode(chunks), { text: text.replace(/^\uFEFF/, ''), isBroken: false });
      }),
    );
  });

  test('agrees with the platform about what is UTF-8', () => {
    const strict = new TextDecoder('utf-8', { fatal: true });
    const byte = fc.oneof(fc.constantFrom(0x41, 0x80, 0xc3, 0xa4, 0xe2, 0xed, 0xf0), fc.nat(255));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (values) => {
        const bytes = Buffer.from([...values, 0x41]);
        let isValid = true;
        try {
          strict.decode(bytes);
        } catch {
          isValid = false;
        }
        assert.equal(decode([bytes]).isBroken, !isValid);
        assert.equal(decode(values.concat(0x41).map((one) => Buffer.of(one))).isBroken, !isValid);
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps the lines before the first broken one', () => {
    const bytes = Buffer.from('größer\nals\r\xffalles\n', 'latin1');
    const valid = Buffer.concat([Buffer.from('größer\nals\r'), Buffer.from([0xff, 0x0a])]);
    assert.deepEqual(decode([valid]), { text: 'größer\nals\r', isBroken: true });
    assert.deepEqual(decode([bytes]), { text: '', isBroken: true });
  });

  test('drops a byte order mark at the start only', () => {
    const mark = Buffer.from('\uFEFF');
    const expected = { text: 'a\uFEFFb', isBroken: false };
    assert.deepEqual(decode([mark, Buffer.from('a'), mark, Buffer.from('b')]), expected);
    assert.equal(decode([Buffer.from('a'), mark]).text, 'a\uFEFF');
    assert.equal(decode([mark.subarray(0, 1), mark.subarray(1), Buffer.from('a')]).text, 'a');
  });
});

suite('Broken bytes in a stream framed by CR', () => {
  test('what stood before them is told, wherever the pieces were cut', () => {
    const frame = (content: string): string =>
      `data: ${JSON.stringify({ id: 'gen-1', choices: [{ index: 0, delta: { content } }] })}\r\r`;
    const bytes = Buffer.concat([
      Buffer.from(frame('whole')),
      Buffer.from('data: {"choices":[{"delta":{'),
      Buffer.from([0xe8]),
      Buffer.from('"content":"x"}}]}\r\r'),
    ]);
    const body = { protocol: 'chat', contentType: 'text/event-stream' } as const;
    const expected = describeEvents(decodeBody({ ...body, chunks: [bytes] }));
    assert.ok(expected.includes('text "whole"'), expected.join(' | '));
    const end = Buffer.byteLength(frame('whole'));
    for (let cut = end; cut < bytes.length; cut++) {
      const chunks = [bytes.subarray(0, end), bytes.subarray(end, cut), bytes.subarray(cut)];
      assert.deepEqual(describeEvents(decodeBody({ ...body, chunks })), expected, `cut at ${cut}`);
    }
  });
});
