import assert from 'node:assert/strict';
import {
  cutRandomly,
  fuzzRuns,
  fuzzSeed,
  mutateBytes,
  mutateFrame,
  randomSource,
} from '../../support/mutate';
import { decodeBody, fixtureNames, readFixture, describeEvents } from './stream/decodeStream';

const STREAMS = fuzzRuns(5_000);

suite('mutated streams', function () {
  this.timeout(60_000 + STREAMS * 5);
  const streams = fixtureNames.filter((name) => name.endsWith('.sse')).map(readFixture);

  for (const protocol of ['chat', 'responses'] as const) {
    test(`${STREAMS} of them neither crash the ${protocol} decoder nor confuse it about the end`, () => {
      const random = randomSource(fuzzSeed);
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
