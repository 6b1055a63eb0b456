import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  byteByByte,
  cutAt,
  decodeFixture,
  describeEvents,
  fixtureNames,
  readFixture,
  whole,
} from './decodeStream';

/** White space before a JSON body becomes heartbeats only as far as it comes by itself. */
function withoutHeartbeats(name: string, lines: readonly string[]): readonly string[] {
  return name.endsWith('.json') ? lines.filter((line) => line !== 'heartbeat') : lines;
}

function expectedEvents(name: string): readonly string[] {
  const golden = readFixture(name.replace(/\.(sse|json)$/, '.events'));
  return golden.toString('utf8').trimEnd().split('\n');
}

suite('recorded streams', () => {
  for (const name of fixtureNames) {
    test(`${name} gives its events`, () => {
      const actual = describeEvents(decodeFixture(name, whole));
      assert.deepEqual(actual, expectedEvents(name));
    });

    test(`${name} gives the same events byte by byte`, () => {
      const actual = describeEvents(decodeFixture(name, byteByByte));
      assert.deepEqual(withoutHeartbeats(name, actual), expectedEvents(name));
    });

    test(`${name} gives the same events however it is cut`, () => {
      const parts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
      fc.assert(
        fc.property(parts, (cuts) => {
          const actual = describeEvents(decodeFixture(name, cutAt(cuts)));
          assert.deepEqual(withoutHeartbeats(name, actual), expectedEvents(name));
        }),
        { numRuns: 40 },
      );
    });
  }

  test('a stream that is cut anywhere ends in exactly one terminal event', () => {
    for (const name of fixtureNames) {
      const bytes = readFixture(name);
      for (let length = 0; length < bytes.length; length += 13) {
        const lines = describeEvents(decodeFixture(name, () => [bytes.subarray(0, length)]));
        const terminals = lines.filter((line) => /^(end|error) /.test(line));
        assert.equal(terminals.length, 1, `${name} cut at ${length}`);
        assert.equal(lines.at(-1), terminals[0]);
      }
    }
  });

  test('an answer that is cut before its end is never taken for a whole one', () => {
    const bytes = readFixture('responses-delegation.sse');
    const completed = bytes.indexOf('"type":"response.completed"');
    const doneItem = bytes.indexOf('"type":"message"', bytes.indexOf('content_part.done'));
    for (let length = 0; length < Math.min(doneItem, completed); length += 3) {
      const lines = describeEvents(
        decodeFixture('responses-delegation.sse', () => [bytes.subarray(0, length)]),
      );
      assert.match(lines.at(-1) ?? '', /^error interrupted end-of-body/, `cut at ${length}`);
    }
  });
});
