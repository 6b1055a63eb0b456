/** A whole number from 0 up to, not including, `below`. */
export type Random = (below: number) => number;

/** Mulberry32: small, seeded, good enough to break things with. */
export function randomSource(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

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
export function withStrangeValue(value: unknown, random: Random): unknown {
  const isLeaf = typeof value !== 'object' || value === null || random(6) === 0;
  if (isLeaf) return STRANGE_VALUES[random(STRANGE_VALUES.length)];
  const copy = structuredClone(value) as Record<string, unknown>;
  const keys = Object.keys(copy);
  const key = keys[random(Math.max(1, keys.length))];
  if (key !== undefined) copy[key] = withStrangeValue(copy[key], random);
  return copy;
}

/** Changes the meaning of one frame, so that decoders see well-formed nonsense. */
export function mutateFrame(bytes: Buffer, random: Random): Buffer {
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
export function mutateBytes(bytes: Buffer, random: Random, other: Buffer): Buffer {
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

/** Pieces of up to `longest` bytes, mostly much less. */
export function cutRandomly(bytes: Buffer, random: Random, longest = 200): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = at + 1 + random(1 + random(longest));
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

/** Drops, doubles, swaps or cuts frames, or puts comments between or inside them, as data too. */
export function mutateOrder(bytes: Buffer, random: Random): Buffer {
  const frames = bytes.toString('latin1').split('\n\n');
  const at = random(frames.length);
  const [one = '', other = ''] = [frames[at], frames[at + 1]];
  switch (random(7)) {
    case 0:
      frames.splice(at, 1);
      break;
    case 1:
      frames.splice(at, 0, one);
      break;
    case 2:
      frames.splice(at, 2, other, one);
      break;
    case 3:
      frames.splice(at, frames.length, one.slice(0, random(one.length + 1)));
      break;
    case 4:
      frames.splice(at, 0, ': OPENROUTER PROCESSING');
      break;
    case 5:
      frames.splice(at, 0, 'data: : OPENROUTER PROCESSING');
      break;
    default:
      return Buffer.from(frames.join(random(2) === 0 ? '\r\n\r\n' : '\r\r'), 'latin1');
  }
  return Buffer.from(frames.join('\n\n'), 'latin1');
}

/** How many mutants a test makes: more with DELEGATE_FUZZ_RUNS, as CONTRIBUTING describes. */
export function fuzzRuns(usually: number): number {
  const wanted = Number(process.env['DELEGATE_FUZZ_RUNS'] ?? NaN);
  return Number.isSafeInteger(wanted) && wanted > 0 ? wanted : usually;
}

/** Where the mutants start, so that a run can be had again: DELEGATE_FUZZ_SEED. */
export const fuzzSeed = Number(process.env['DELEGATE_FUZZ_SEED'] ?? 20_260_923);
