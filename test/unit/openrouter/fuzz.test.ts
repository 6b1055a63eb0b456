import assert from 'node:assert/strict';
import { decodeBody, fixtureNames, readFixture, describeEvents } from './decodeStream';

const STREAMS = 5_000;
const SEED = 20_260_923;

/** Mulberry32: small, seeded, good enough to break things with. */
function randomSource(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = ReturnType<typeof randomSource>;

const STRANGE_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'constructor',
  '__proto__',
  [],
  [null],
  {},
  { text: 1 },
  { error: {} },
  '🙂',
];

/** Replaces one value somewhere in a JSON value. */
function withStrangeValue(value: unknown, random: Random): unknown {
  const isLeaf = typeof value !== 'object' || value === null || random(6) === 0;
  if (isLeaf) return STRANGE_VALUES[random(STRANGE_VALUES.length)];
  const copy = structuredClone(value) as Record<string, unknown>;
  const keys = Object.keys(copy);
  const key = keys[random(Math.max(1, keys.length))];
  if (key !== undefined) copy[key] = withStrangeValue(copy[key], random);
  return copy;
}

/** Changes the meaning of one frame, so that decoders see well-formed nonsense. */
function mutateFrame(bytes: Buffer, random: Random): Buffer {
  const lines = bytes.toString('utf8').split('\n');
  const frames = lines.flatMap((line, index) => (line.startsWith('data: {') ? [index] : []));
  const index = frames[random(Math.max(1, frames.length))];
  if (index === undefined) return bytes;
  try {
    const frame: unknown = JSON.parse(lines[index]!.slice('data: '.length));
    lines[index] = `data: ${JSON.stringify(withStrangeValue(frame, random))}`;
  } catch {
    // The fixture's own broken frame; it is broken enough.
  }
  return Buffer.from(lines.join('\n'));
}

/** Changes bytes without regard to what they mean. */
function mutateBytes(bytes: Buffer, random: Random, other: Buffer): Buffer {
  const at = random(bytes.length + 1);
  const end = Math.min(bytes.length, at + random(40));
  switch (random(5)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), Buffer.of(random(256)), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), other.subarray(random(other.length + 1))]);
    default:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from('\n\n'), bytes.subarray(at)]);
  }
}

function cutRandomly(bytes: Buffer, random: Random): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = at + 1 + random(1 + random(200));
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

suite('mutated streams', function () {
  this.timeout(60_000);
  const streams = fixtureNames.filter((name) => name.endsWith('.sse')).map(readFixture);

  for (const protocol of ['chat', 'responses'] as const) {
    test(`${STREAMS} of them neither crash the ${protocol} decoder nor confuse it about the end`, () => {
      const random = randomSource(SEED);
      const pick = (): Buffer => streams[random(streams.length)]!;
      const kinds = new Map<string, number>();
      for (let count = 0; count < STREAMS; count++) {
        let bytes = pick();
        for (let changes = random(4); changes >= 0; changes--) {
          bytes = random(2) === 0 ? mutateFrame(bytes, random) : mutateBytes(bytes, random, pick());
        }
        const body = { protocol, contentType: 'text/event-stream' };
        const lines = describeEvents(decodeBody({ ...body, chunks: cutRandomly(bytes, random) }));
        const terminals = lines.filter((line) => /^(end|error) /.test(line));
        assert.equal(terminals.length, 1, `stream ${count}`);
        assert.equal(lines.at(-1), terminals[0], `stream ${count}`);
        assert.deepEqual(lines, describeEvents(decodeBody({ ...body, chunks: [bytes] })));
        const kind = terminals[0]!.split(' ').slice(0, 2).join(' ');
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      // Otherwise the mutations are too tame or too wild to have tested anything.
      for (const kind of ['end stop', 'error interrupted', 'error unexpected-answer']) {
        assert.ok((kinds.get(kind) ?? 0) > STREAMS / 100, `too few of ${kind}`);
      }
    });
  }
});
