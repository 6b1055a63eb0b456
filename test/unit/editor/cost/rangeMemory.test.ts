import assert from 'node:assert/strict';
import { RangeMemory } from '../../../../src/editor/cost/costPage/rangeMemory';

suite('the range that was chosen last', () => {
  test('an echo of an older write does not undo a newer one', async () => {
    const stored = new Map<string, unknown>();
    const finish: (() => void)[] = [];
    const memory = {
      get: (key: string) => stored.get(key),
      // As the editor does it: the value is there at once, and there again when the write is done.
      update: (key: string, value: unknown) => {
        stored.set(key, value);
        return new Promise<void>((resolve) => {
          finish.push(() => {
            stored.set(key, value);
            resolve();
          });
        });
      },
    };
    const first = new RangeMemory(memory);
    assert.equal(first.range, 'days-30');
    first.choose('month');
    first.choose('year');
    assert.equal(first.range, 'year');
    for (let turns = 0; turns < 20; turns++) {
      finish.pop()?.();
      await Promise.resolve();
    }
    assert.equal(new RangeMemory(memory).range, 'year');
  });
});
