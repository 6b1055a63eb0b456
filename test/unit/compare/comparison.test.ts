import assert from 'node:assert/strict';
import { type KeptRow, compare } from '../../../src/compare/comparison';
import type { Place } from '../../../src/compare/place';
import { BAR, chosenOf, isWorse, tallyOf } from '../../../src/compare/tally';
import { wilson } from '../../../src/compare/wilson';

/** Numbers from 0 to 1 that are the same for the same seed. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function place(number: number): Place {
  const selection = {
    text: `f${number}();\n`,
    languageId: 'typescript',
    startLine: 1,
    symbols: [],
  };
  return {
    id: `place-${number}`,
    part: { selection, before: '', after: '', isSettled: false },
    eol: '\n',
    reference: null,
  };
}

const PLACES = Array.from({ length: 48 }, (_, number) => place(number));

interface World {
  /** Quality by model: the share of answers that are proven. */
  readonly quality: Readonly<Record<string, number>>;
  readonly seed: number;
  /** By price, the cheapest first. */
  readonly models: readonly string[];
  readonly places?: readonly Place[];
  readonly known?: readonly KeptRow[];
  readonly stopAfter?: number;
  readonly prefer?: (answers: readonly [string, string]) => 'first' | 'second' | 'same';
}

/** An answer depends on seed, quality and place alone, whoever is asked when and under which name. */
async function run(world: World): Promise<{
  result: Awaited<ReturnType<typeof compare>>;
  asked: string[];
  kept: KeptRow[];
}> {
  const asked: string[] = [];
  const kept: KeptRow[] = [];
  const result = await compare(
    { models: world.models, places: world.places ?? PLACES, known: world.known ?? [] },
    {
      ask: (model, { id }) => {
        if (asked.length === world.stopAfter) {
          return Promise.resolve({ kind: 'stop', code: 'batch-limit' });
        }
        asked.push(`${model} ${id}`);
        const quality = world.quality[model] ?? 0;
        const number = Number(id.slice('place-'.length));
        const isGood = mulberry(world.seed * 7919 + number * 104_729 + quality * 1e6)() < quality;
        return Promise.resolve({
          kind: 'answer',
          text: `${model} at ${id}`,
          row: {
            model,
            place: id,
            isGood,
            code: isGood ? '' : 'proof-changed',
            costNanoUsd: 1000,
            durationMs: 10,
          },
        });
      },
      prefer: (_, answers) =>
        Promise.resolve({ kind: 'choice', choice: world.prefer?.(answers) ?? 'same' }),
      keep: (row) => {
        kept.push(row);
        return Promise.resolve();
      },
      onProgress: () => undefined,
    },
  );
  return { result, asked, kept };
}

const QUALITY = { 'a/good': 0.99, 'b/fair': 0.9, 'c/poor': 0.6 };

suite('Comparing workers of known quality', () => {
  const orders: readonly (readonly [string, readonly string[], string])[] = [
    ['the better the dearer', ['c/poor', 'b/fair', 'a/good'], 'b/fair'],
    ['the best is the cheapest', ['a/good', 'b/fair', 'c/poor'], 'a/good'],
    ['the worst in the middle', ['b/fair', 'c/poor', 'a/good'], 'b/fair'],
  ];
  for (const [name, models, right] of orders) {
    test(`${name}: the right one is chosen in at least 95 of 100 seeds`, async () => {
      let hits = 0;
      for (let seed = 0; seed < 100; seed++) {
        const { result } = await run({ quality: QUALITY, models, seed });
        if (result.chosen === right) hits++;
        // Whoever is known to be poor is never chosen.
        assert.notEqual(result.chosen, 'c/poor');
      }
      console.log(`      ${hits} of 100`);
      assert.ok(hits >= 95, `${hits} of 100`);
    });
  }

  test('other names change the verdict in at most 2 of 100 seeds', async () => {
    let changed = 0;
    for (let seed = 0; seed < 100; seed++) {
      const models = ['c/poor', 'b/fair', 'a/good'];
      const { result } = await run({ quality: QUALITY, models, seed });
      const renamed = { 'z/1': 0.99, 'y/2': 0.9, 'x/3': 0.6 };
      const other = await run({ quality: renamed, models: ['x/3', 'y/2', 'z/1'], seed });
      const names: Readonly<Record<string, string>> = {
        'z/1': 'a/good',
        'y/2': 'b/fair',
        'x/3': 'c/poor',
      };
      if (names[other.result.chosen ?? ''] !== (result.chosen ?? undefined)) changed++;
    }
    assert.ok(changed <= 2, `${changed} of 100`);
  });

  test('few places are too few to tell', async () => {
    const { result } = await run({
      quality: { 'a/good': 1, 'b/fair': 1 },
      models: ['a/good', 'b/fair'],
      seed: 1,
      places: PLACES.slice(0, 5),
    });
    assert.equal(result.chosen, null);
    assert.equal(tallyOf('a/good', result.answers).standing, 'open');
  });

  test('who is dearer than one that passes is not asked on', async () => {
    const { asked } = await run({
      quality: { 'a/good': 1, 'b/fair': 1 },
      models: ['a/good', 'b/fair'],
      seed: 1,
    });
    const count = (model: string): number => asked.filter((each) => each.startsWith(model)).length;
    assert.ok(count('a/good') >= 8);
    assert.ok(count('b/fair') <= count('a/good'));
    assert.ok(asked.length < 40, String(asked.length));
  });
});

suite('Where proofs tie', () => {
  const models = ['a/cheap', 'b/dear'];
  const quality = { 'a/cheap': 1, 'b/dear': 1 };

  test('the cheaper one is chosen when nobody prefers the dearer', async () => {
    const { result } = await run({ quality, models, seed: 3 });
    assert.equal(result.chosen, 'a/cheap');
    assert.equal(result.judgements.length, 8);
  });

  test('a judge who likes what comes first prefers nobody', async () => {
    const { result } = await run({ quality, models, seed: 3, prefer: () => 'first' });
    assert.ok(result.judgements.every(({ preferred }) => preferred === 'neither'));
    assert.equal(result.chosen, 'a/cheap');
  });

  test('one that is worse beyond chance is passed over', async () => {
    const { result } = await run({
      quality,
      models,
      seed: 3,
      prefer: ([first]) => (first.startsWith('b/dear') ? 'first' : 'second'),
    });
    assert.equal(result.chosen, 'b/dear');
  });

  test('a few preferences are chance', () => {
    const rows = Array.from({ length: 4 }, (_, number) => ({
      cheaper: 'a',
      dearer: 'b',
      place: String(number),
      preferred: 'dearer' as const,
    }));
    assert.equal(isWorse({ cheaper: 'a', dearer: 'b' }, rows), false);
  });
});

suite('A comparison that was stopped', () => {
  const models = ['c/poor', 'b/fair', 'a/good'];

  test('says so, and keeps what it knows', async () => {
    const { result, kept } = await run({ quality: QUALITY, models, seed: 5, stopAfter: 10 });
    assert.equal(result.stopped, 'batch-limit');
    assert.equal(kept.length, 10);
    assert.equal(result.answers.length, 10);
  });

  test('goes on where it stood and asks nothing twice', async () => {
    const whole = await run({ quality: QUALITY, models, seed: 5 });
    const first = await run({ quality: QUALITY, models, seed: 5, stopAfter: 10 });
    const second = await run({ quality: QUALITY, models, seed: 5, known: first.kept });
    assert.equal(second.result.chosen, whole.result.chosen);
    const gates = second.asked.filter((each) => first.asked.includes(each));
    // Only texts that have to be read once more are asked for again.
    assert.ok(gates.length <= 16, String(gates.length));
  });

  test('what was asked of code that has changed since does not count', async () => {
    const first = await run({ quality: QUALITY, models, seed: 5, stopAfter: 10 });
    const places = PLACES.map((each) => ({ ...each, id: `${each.id}0` }));
    const { result } = await run({ quality: QUALITY, models, seed: 5, known: first.kept, places });
    assert.ok(result.answers.every(({ place: id }) => places.some((each) => each.id === id)));
  });
});

suite('Tallies', () => {
  test('intervals are those of Wilson', () => {
    const { low, high } = wilson(8, 8);
    assert.ok(Math.abs(low - 0.6756) < 0.001 && high === 1);
    assert.deepEqual(wilson(0, 0), { low: 0, high: 1 });
    assert.ok(Math.abs(wilson(0, 8).high - 0.3244) < 0.001);
  });

  test('eight good answers of eight are too few for the bar, sixteen are not', () => {
    assert.ok(wilson(8, 8).low < BAR);
    assert.ok(wilson(16, 16).low > BAR);
  });

  test('nobody is chosen of whom too little is known', () => {
    assert.equal(chosenOf(['a', 'b'], [], []), null);
  });
});
