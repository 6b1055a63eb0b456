import assert from 'node:assert/strict';
import { fuzzSeed, randomSource } from '../support/mutate';
import { HurriedUser } from './hurriedUser';
import { useStage } from './stage';

/** How many random sequences are played; 500 by hand. */
const SEQUENCES = Number(process.env['DELEGATE_SEQUENCES'] ?? 4);
const STEPS = { least: 6, most: 16 };

suite('What is typed while the extension host stands still', () => {
  const stage = useStage({
    pacing: 'fast',
    settings: {
      'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
      'editor.unicodeHighlight.nonBasicASCII': false,
    },
  });

  test(`is never lost (${String(SEQUENCES)} sequences)`, async function () {
    this.timeout(60_000 + SEQUENCES * 30_000);
    const { workbench } = stage();
    let kept = 0;
    let unclear = 0;
    for (let at = 0; at < SEQUENCES; at += 1) {
      // Seeds that lie side by side draw alike at first.
      const random = randomSource((fuzzSeed + at) * 0x9e3779b1);
      const user = new HurriedUser(stage(), `hurried${String(at)}`, random);
      await user.begin();
      for (let left = STEPS.least + random(STEPS.most - STEPS.least); left > 0; left -= 1) {
        await user.step();
      }
      await user.settle();
      assert.deepEqual(user.twice(), [], user.done.join(' '));
      const told = (await workbench.notifications.messages()).join(' | ');
      assert.doesNotMatch(told, /failed to/i, user.done.join(' '));
      kept += user.kept.size;
      if (user.done.includes('unclear')) unclear += 1;
      await user.leave();
      if (process.env['DELEGATE_SEQUENCES']) console.log(at, user.kept.size, user.done.join(' '));
    }
    assert.ok(kept > SEQUENCES, `${String(kept)} characters were kept`);
    console.log(`${String(kept)} characters kept; ${String(unclear)} sequences end unclear.`);
  });
});
